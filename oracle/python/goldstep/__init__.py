"""goldstep: judge an implementation of a gradient-method update rule against its specification.

    import goldstep

    trace = goldstep.Trace("adamw", "binary32", {"lr": 0.01})
    trace.add(0, "w", "x", w)
    for step in range(1, 31):
        trace.add(step, "w", "g", gradient)
        w = my_optimizer(w, gradient)
        trace.add(step, "w", "x", w)
    print(trace.check())

``goldstep.torch.Recorder`` builds the trace of a PyTorch optimizer. The package needs nothing beyond the standard
library and libgoldstep; NumPy and PyTorch are used where the caller has them.
"""

from goldstep.library import Diagnosis, GoldstepError, Report, check, diagnose
from goldstep.trace import Trace

__all__ = ["Diagnosis", "GoldstepError", "Report", "Trace", "check", "diagnose"]
