/* Judges a small SGD by its golden vectors in binary32: consume sgd.json; exit status 1 where it fails. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double get(json_t *test, const char *part, const char *name)
{
    json_t *list = json_object_get(json_object_get(test, part), name);
    return strtod(json_string_value(json_array_get(list, 0)), NULL);
}

int main(int argc, char **argv)
{
    size_t i, k, judged = 0, failed = 0;
    json_t *group, *test, *file = argc == 2 ? json_load_file(argv[1], 0, NULL) : NULL;
    json_array_foreach(json_object_get(file, "groups"), i, group)
    {
        int format = strcmp(json_string_value(json_object_get(group, "format")), "binary32");
        double lr = json_number_value(json_object_get(json_object_get(group, "hyper"), "lr"));
        json_array_foreach(json_object_get(group, "tests"), k, test)
        {
            json_t *bound = json_object_get(json_object_get(test, "budget"), "x");
            if (format != 0 || bound == NULL) /* another format, or undefined */
                continue;
            float got =
                (float)get(test, "before", "x") - (float)lr * (float)get(test, "inputs", "g");
            double expected = get(test, "after", "x");
            double ulp = ldexp(1, (int)fmax(expected != 0 ? logb(expected) : -126, -126) - 23);
            json_t *budget = json_array_get(bound, 0); /* null admits any result */
            judged++;
            if (got == expected || json_is_null(budget) ||
                fabs(got - expected) <= json_number_value(budget) * ulp)
                continue;
            failed++;
            printf("test %lld: got %a, expected %a\n",
                   json_integer_value(json_object_get(test, "id")), got, expected);
        }
    }
    printf("%zu results, %zu outside their budget\n", judged, failed);
    return failed > 0 || judged == 0;
}
