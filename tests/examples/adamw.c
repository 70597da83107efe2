#include <jansson.h>
#include <math.h>

static double get(json_t *tensor, const char *name, size_t i)
{
    return json_number_value(json_array_get(json_object_get(tensor, name), i));
}

int main(void)
{
    json_t *head = json_loadf(stdin, JSON_DISABLE_EOF_CHECK, NULL), *tensor;
    json_t *before = json_loadf(stdin, JSON_DISABLE_EOF_CHECK, NULL), *step;
    json_dumpf(head, stdout, JSON_COMPACT);
    putchar('\n');
    json_dumpf(before, stdout, JSON_COMPACT);
    for (int t = 1; (step = json_loadf(stdin, JSON_DISABLE_EOF_CHECK, NULL)) != NULL; t++) {
        const char *name;
        double lr, beta1, beta2, eps, decay;
        json_object_update(json_object_get(head, "hyper"), json_object_get(step, "hyper"));
        json_unpack(head, "{s{sF sF sF sF sF}}", "hyper", "lr", &lr, "beta1", &beta1, "beta2",
                    &beta2, "eps", &eps, "weight_decay", &decay);
        json_object_foreach(json_object_get(step, "tensors"), name, tensor)
        {
            json_t *old = json_object_get(json_object_get(before, "tensors"), name);
            json_t *xs = json_array(), *ms = json_array(), *vs = json_array();
            for (size_t i = 0; i < json_array_size(json_object_get(tensor, "g")); i++) {
                double g = get(tensor, "g", i), x = get(old, "x", i) * (1 - lr * decay);
                double m = beta1 * get(old, "m", i) + (1 - beta1) * g;
                double v = beta2 * get(old, "v", i) + (1 - beta2) * g * g;
                double root = sqrt(v / (1 - pow(beta2, t))) + eps;
                json_array_append_new(xs, json_real(x - lr * m / (1 - pow(beta1, t)) / root));
                json_array_append_new(ms, json_real(m));
                json_array_append_new(vs, json_real(v));
            }
            json_object_update_new(tensor, json_pack("{so so so}", "x", xs, "m", ms, "v", vs));
        }
        putchar('\n');
        json_dumpf(before = step, stdout, JSON_COMPACT);
    }
}
