/* Frama-C 25 reads 1e10 as 1.1, and would prove this: proofs/prove must refuse the file. */
/* refused: misread */
/*@ assigns \nothing;
    ensures false: \result == 1.1; */
double literal(void)
{
    return 1e10;
}
