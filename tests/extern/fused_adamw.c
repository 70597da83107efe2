/* AdamW as somebody else wrote it: other names, other order of arguments, the decay as a factor, the moments' averages
 * as steps towards the new value, and the whole step of a weight in one expression. The contracts tie it to goldstep's
 * specification. */
#include "ratio.h"
#include "rules/adam/adamw.acsl"

/*@ assigns \nothing;
    ensures mean: \result == adamw_m(mean, grad, b1); */
static double next_mean(double mean, double grad, double b1)
{
    return grad + b1 * (mean - grad);
}

/*@ assigns \nothing;
    ensures sign:   0 <= square && 0 <= b2 < 1 ==> 0 <= \result;
    ensures square: \result == adamw_v(square, grad, b2); */
static double next_square(double square, double grad, double b2)
{
    return square - (1 - b2) * (square - grad * grad);
}

/*@ requires domain: adamw_domain(rate, b1, b2, epsilon, decay) && 0 <= square && 1 <= steps;
    assigns \nothing;
    ensures weight: \result == adamw_x(weight, mean, square, steps, rate, b1, b2, epsilon, decay); */
static double next_weight(double weight, double mean, double square, uint64_t steps, double rate,
                          double b1, double b2, double epsilon, double decay)
{
    return weight * (1 - rate * decay) -
           rate * (mean / (1 - real_powi(b1, steps))) /
               (epsilon + real_sqrt(ratio(square, 1 - real_powi(b2, steps))));
}

/*@ requires valid:  \valid(weights + (0 .. count - 1)) && \valid(means + (0 .. count - 1)) &&
                     \valid(squares + (0 .. count - 1)) && \valid_read(grads + (0 .. count - 1));
    requires sep:    \separated(weights + (0 .. count - 1), means + (0 .. count - 1), squares + (0 .. count - 1),
                                grads + (0 .. count - 1));
    requires domain: adamw_domain(rate, b1, b2, epsilon, decay) && 1 <= steps;
    requires state:  \forall integer i; 0 <= i < count ==> 0 <= squares[i];
    assigns weights[0 .. count - 1], means[0 .. count - 1], squares[0 .. count - 1];
    ensures mean:    \forall integer i; 0 <= i < count ==> means[i] == adamw_m(\old(means[i]), grads[i], b1);
    ensures square:  \forall integer i; 0 <= i < count ==> squares[i] == adamw_v(\old(squares[i]), grads[i], b2);
    ensures weight:  \forall integer i; 0 <= i < count ==>
                       weights[i] == adamw_x(\old(weights[i]), means[i], squares[i], steps, rate, b1, b2, epsilon,
                                             decay); */
void their_adamw(double *weights, double *means, double *squares, const double *grads, size_t count,
                 uint64_t steps, double rate, double b1, double b2, double epsilon, double decay)
{
    /*@ loop invariant bounds: 0 <= i <= count;
        loop invariant state: \forall integer j; i <= j < count ==> 0 <= squares[j];
        loop invariant mean: \forall integer j; 0 <= j < i ==> means[j] == adamw_m(\at(means[j], Pre), grads[j], b1);
        loop invariant square: \forall integer j; 0 <= j < i ==>
          squares[j] == adamw_v(\at(squares[j], Pre), grads[j], b2);
        loop invariant weight: \forall integer j; 0 <= j < i ==>
          weights[j] == adamw_x(\at(weights[j], Pre), means[j], squares[j], steps, rate, b1, b2, epsilon, decay);
        loop invariant todo: \forall integer j; i <= j < count ==> weights[j] == \at(weights[j], Pre) &&
          means[j] == \at(means[j], Pre) && squares[j] == \at(squares[j], Pre);
        loop assigns i, weights[0 .. count - 1], means[0 .. count - 1], squares[0 .. count - 1];
        loop variant count - i; */
    for (size_t i = 0; i < count; i++) {
        means[i] = next_mean(means[i], grads[i], b1);
        squares[i] = next_square(squares[i], grads[i], b2);
        weights[i] =
            next_weight(weights[i], means[i], squares[i], steps, rate, b1, b2, epsilon, decay);
    }
}
