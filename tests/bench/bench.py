"""How fast `goldstep check` judges one AdamW step in binary32, beside a plain MPFR loop and mpmath: make bench."""

import argparse
import os
import subprocess
import tempfile
import time

import mpmath
import numpy as np
import torch

from goldstep.torch import Recorder

MPMATH_COORDINATES = 5000  # mpmath's rate does not depend on how many there are; a million would take minutes


def record(coordinates: int, path: str) -> torch.nn.Parameter:
    """One real step of torch.optim.AdamW, as a trace."""
    torch.manual_seed(1)
    x = torch.nn.Parameter(torch.randn(coordinates))
    x.grad = torch.randn(coordinates)
    recorder = Recorder(torch.optim.AdamW([x]))
    recorder.step()
    recorder.save(path)
    return x


def timed(action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def mpmath_loop(x: np.ndarray, g: np.ndarray) -> None:
    mpmath.mp.prec = 128
    lr, beta1, beta2, eps, decay = map(mpmath.mpf, (1e-3, 0.9, 0.999, 1e-8, 1e-2))
    for x_i, g_i in zip(x.tolist(), g.tolist()):
        x_i, g_i = mpmath.mpf(x_i), mpmath.mpf(g_i)
        m, v = (1 - beta1) * g_i, (1 - beta2) * (g_i * g_i)
        x_i = x_i - lr * decay * x_i - lr * (m / (1 - beta1)) / (mpmath.sqrt(v / (1 - beta2)) + eps)
        [float(np.float32(float(value))) for value in (x_i, m, v)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", help="the folder of goldstep and mpfr_loop")
    parser.add_argument("--coordinates", type=int, default=1_000_000)
    options = parser.parse_args()
    count = options.coordinates
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "adamw.safetensors")
        x = record(count, trace)
        check = timed(lambda: subprocess.run([f"{options.build}/goldstep", "check", trace], check=True, stdout=subprocess.DEVNULL))
        loop = timed(lambda: subprocess.run([f"{options.build}/mpfr_loop", trace], check=True, stdout=subprocess.DEVNULL))
    some = min(MPMATH_COORDINATES, count)
    mp = timed(lambda: mpmath_loop(x.detach().numpy()[:some], x.grad.numpy()[:some])) * count / some
    print(f"One AdamW step in binary32, {count} coordinates, one core; x, m and v each judged.")
    print(f"{'judge':<42} {'seconds':>9} {'coordinates/s':>14} {'time, MPFR loop = 1':>20}")
    for name, seconds in (
        ("goldstep check (state given, free-running)", check),
        ("plain MPFR loop, 128 bits", loop),
        (f"mpmath, 128 bits (scaled from {some})", mp),
    ):
        print(f"{name:<42} {seconds:9.2f} {count / seconds:14.0f} {seconds / loop:20.2f}")


if __name__ == "__main__":
    main()
