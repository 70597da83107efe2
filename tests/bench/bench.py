"""How fast `goldstep check` judges one AdamW step in binary32, beside PyTorch's own step, a plain MPFR loop and mpmath:
make bench."""

import argparse
import os
import subprocess
import tempfile
import time

import mpmath
import numpy as np
import torch

from goldstep.torch import Recorder

MPMATH_COORDINATES = 5000  # mpmath's rate does not depend on how many there are; ten million would take minutes
BYTES = 7 * 4  # of a coordinate: x and g before the step, m and v with it, and x, m and v after it


def optimizer(coordinates: int) -> tuple[torch.nn.Parameter, torch.optim.AdamW]:
    torch.manual_seed(1)
    x = torch.nn.Parameter(torch.randn(coordinates))
    x.grad = torch.randn(coordinates)
    return x, torch.optim.AdamW([x])


def record(coordinates: int, path: str) -> torch.nn.Parameter:
    """One real step of torch.optim.AdamW, as a trace."""
    x, adamw = optimizer(coordinates)
    recorder = Recorder(adamw)
    recorder.step()
    recorder.save(path)
    return x


def timed(action, runs: int = 1) -> float:
    """The shortest of some runs, in seconds."""
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def run(command: list[str], threads: int = 1) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": str(threads)})


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
    parser.add_argument("--coordinates", type=int, default=10_000_000)
    options = parser.parse_args()
    count = options.coordinates
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "adamw.safetensors")
        x = record(count, trace)
        check = [f"{options.build}/goldstep", "check", trace]
        one = timed(lambda: run(check), 5)
        two = timed(lambda: run(check, 2), 5)
        loop = timed(lambda: run([f"{options.build}/mpfr_loop", trace]))
    some = min(MPMATH_COORDINATES, count)
    mp = timed(lambda: mpmath_loop(x.detach().numpy()[:some], x.grad.numpy()[:some])) * count / some
    adamw = optimizer(count)[1]
    step = timed(adamw.step, 5)
    source = np.ones(count * BYTES // 8)
    floor = timed(lambda: source.sum(), 5)
    print(f"One AdamW step in binary32, {count} coordinates; x, m and v each judged.")
    print(f"{'':<42} {'seconds':>9} {'coordinates/s':>14} {'time, PyTorch = 1':>18}")
    for name, seconds in (
        ("goldstep check, one thread", one),
        ("goldstep check, two threads", two),
        ("PyTorch's own step, one thread", step),
        ("plain MPFR loop, 128 bits", loop),
        (f"mpmath, 128 bits (scaled from {some})", mp),
        ("reading all numbers from memory", floor),
    ):
        print(f"{name:<42} {seconds:9.3f} {count / seconds:14.0f} {seconds / step:18.2f}")
    print(f"goldstep check on one thread is {loop / one:.0f} times as fast as the MPFR loop and {mp / one:.0f} times as fast "
          f"as mpmath; two threads are {one / two:.2f} times as fast as one.")


if __name__ == "__main__":
    main()
