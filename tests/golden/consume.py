"""Judges a small AdamW by its golden vectors in binary64: consume.py adamw.json; exit status 1 where it fails."""

import json
import math
import sys


def adamw(x, m, v, g, t, lr, beta1, beta2, eps, weight_decay):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    root = math.sqrt(v / (1 - beta2**t)) + eps
    return {"x": x - lr * weight_decay * x - lr * m / (1 - beta1**t) / root, "m": m, "v": v}


judged = failed = 0
with open(sys.argv[1]) as file:
    groups = json.load(file)["groups"]
for group in (group for group in groups if group["format"] == "binary64"):
    for test in (test for test in group["tests"] if test["result"] == "defined"):
        x, m, v = (float.fromhex(test["before"][name][0]) for name in ("x", "m", "v"))
        after = adamw(x, m, v, float.fromhex(test["inputs"]["g"][0]), test["t"], **group["hyper"])
        for name, got in after.items():
            expected, budget = float.fromhex(test["after"][name][0]), test["budget"][name][0]
            judged += 1
            if got != expected and budget is not None and not abs(got - expected) <= budget * math.ulp(expected):
                failed += 1
                print(f"test {test['id']} ({test['comment']}): {name}: got {got.hex()}, expected {expected.hex()}")
print(f"{judged} results, {failed} outside their budget")
sys.exit(failed > 0 or judged == 0)
