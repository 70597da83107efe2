import json
import math
import sys

head, before, *steps = map(json.loads, sys.stdin)
print(json.dumps(head), json.dumps(before), sep="\n")
h = head["hyper"]
for line in steps:
    h |= line.get("hyper", {})
    c1, c2 = 1 - h["beta1"] ** line["step"], 1 - h["beta2"] ** line["step"]
    for name, new in line["tensors"].items():
        old = before["tensors"][name]
        new["m"] = [h["beta1"] * m + (1 - h["beta1"]) * g for m, g in zip(old["m"], new["g"])]
        new["v"] = [h["beta2"] * v + (1 - h["beta2"]) * g * g for v, g in zip(old["v"], new["g"])]
        new["x"] = [x * (1 - h["lr"] * h["weight_decay"]) - h["lr"] * m / c1 / (math.sqrt(v / c2) + h["eps"])
                    for x, m, v in zip(old["x"], new["m"], new["v"])]
    before = line
    print(json.dumps(line))
