"""Records a PyTorch optimizer as it runs.

    recorder = goldstep.torch.Recorder(optimizer, names=model.named_parameters())
    for batch in batches:
        optimizer.zero_grad()
        loss(model, batch).backward()
        recorder.step()                     # in place of optimizer.step()
    for report in recorder.check():
        print(report)

A parameter group is one trace: hyperparameters belong to a group.
"""

from __future__ import annotations

import functools
import os
import types
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import torch

from goldstep.library import SIZES, GoldstepError, Report
from goldstep.trace import Trace, encode

StateSource = str | Callable[[dict[str, Any]], Any]
"""Where a state is: a key of ``optimizer.state[parameter]``, or a function of that dictionary (None: not held)."""

HyperSource = str | tuple[str, int] | Callable[[dict[str, Any]], float]
"""Where a hyperparameter is: an option of the group, one number of an option, or a function of the group."""


class Layout(NamedTuple):
    """What of an optimizer is what of a rule."""

    rule: str | Callable[[dict[str, Any]], str]  # or a function of the group
    state: Mapping[str, StateSource]
    hyper: Mapping[str, HyperSource]
    refused: tuple[str, ...] = ()  # options for which there is no rule when they are set


def _same(*names: str) -> dict[str, HyperSource]:
    return {name: name for name in names}


_ADAM_STATE = {"m": "exp_avg", "v": "exp_avg_sq"}
_ADAM_HYPER = {"beta1": ("betas", 0), "beta2": ("betas", 1)} | _same("lr", "eps", "weight_decay")

KNOWN: dict[type[torch.optim.Optimizer], Layout] = {
    torch.optim.SGD: Layout(
        "sgdm_torch", {"b": "momentum_buffer"}, _same("lr", "momentum", "dampening", "weight_decay", "nesterov")),
    torch.optim.Adagrad: Layout(
        "adagrad_torch", {"s": "sum"},
        _same("lr", "lr_decay", "weight_decay", "eps") | {"initial_accumulator": "initial_accumulator_value"}),
    torch.optim.Adadelta: Layout(
        "adadelta_torch", {"e": "square_avg", "u": "acc_delta"}, _same("lr", "rho", "eps", "weight_decay")),
    torch.optim.RMSprop: Layout(
        "rmsprop_torch", {"v": "square_avg", "a": "grad_avg", "b": "momentum_buffer"},
        _same("lr", "alpha", "eps", "weight_decay", "momentum", "centered")),
    torch.optim.Adam: Layout(
        lambda group: "amsgrad_torch" if group["amsgrad"] else "adam_torch",
        _ADAM_STATE | {"v_max": "max_exp_avg_sq"}, _ADAM_HYPER, ("decoupled_weight_decay",)),
    torch.optim.AdamW: Layout("adamw", _ADAM_STATE, _ADAM_HYPER, ("amsgrad",)),
    torch.optim.Adamax: Layout("adamax_torch", {"m": "exp_avg", "u": "exp_inf"}, _ADAM_HYPER),
    torch.optim.NAdam: Layout(
        "nadam_torch", _ADAM_STATE | {"mu_product": "mu_product"}, _ADAM_HYPER | _same("momentum_decay"),
        ("decoupled_weight_decay",)),
    torch.optim.RAdam: Layout("radam_torch", _ADAM_STATE, _ADAM_HYPER, ("decoupled_weight_decay",)),
}

_FORMATS = {torch.float64: "binary64", torch.float32: "binary32", torch.float16: "binary16", torch.bfloat16: "bfloat16"}


class Recorder:
    """Records the steps of ``optimizer``: gradients, parameters, states and the hyperparameters in force.

    Record either by ``recorder.step()`` in place of ``optimizer.step()``, or by ``with Recorder(optimizer) as
    recorder:`` around code that calls ``optimizer.step()``.

    ``rule``, ``state``, ``hyper``: needed for an optimizer that is not torch.optim's own; for a subclass of one,
    ``rule`` is, and the others are its parent's unless they are given. For example
    ``rule="adamw", state={"m": "exp_avg"}, hyper={"lr": "lr", "beta1": ("betas", 0)}``; a source may be a function
    (StateSource, HyperSource). A state that the optimizer does not hold at a step is not recorded.

    ``format``: what the optimizer computes in, where that is not the parameters' own format: "binary32" for one that
    keeps bfloat16 parameters and binary32 states. Each array is recorded in the format that it has.

    ``low``: in mixed precision, where ``optimizer`` steps master weights, the model's narrower copies of them: one for
    each of its parameters, in order (``model.parameters()``), or a mapping from a parameter to its copy. They are
    recorded as ``x_low``, as they are when the next step begins, or when the traces are asked for: copy before that.

    ``names``: the parameters' names in order, or pairs of a name and a parameter (``model.named_parameters()``);
    without it they are "p0", "p1", ... in the order of the groups. A parameter that never has a gradient is left
    out. A group with maximize=True is recorded with the negated gradient, which is exact.

    Raises GoldstepError where the run cannot be recorded: an optimizer without a rule, or one that has taken steps
    already; a group of several dtypes, or of one that is no floating-point format; a parameter with a gradient at
    one step and none at another; a parameter or state that something else changes between two steps; a copy that has
    not its parameter's shape or no narrower format, or a group with copies of several formats.
    """

    def __init__(
        self,
        optimizer: torch.optim.Optimizer,
        rule: str | None = None,
        state: Mapping[str, StateSource] | None = None,
        hyper: Mapping[str, HyperSource] | None = None,
        names: Iterable[str] | Iterable[tuple[str, torch.Tensor]] | None = None,
        format: str | None = None,
        low: Iterable[torch.Tensor] | Mapping[torch.Tensor, torch.Tensor] | None = None,
    ) -> None:
        self.optimizer = optimizer
        self._format = format
        self.steps = 0
        self._layout = _layout(optimizer, rule, state, hyper)
        self._names = _names(optimizer, names)
        self._low = _low(self._names, low)
        self._traces = [self._trace(group) for group in optimizer.param_groups]
        self._patched: types.MethodType | None = None
        self._original = optimizer.step
        for parameter in self._names:
            if _has_stepped(optimizer.state.get(parameter, {})):
                raise GoldstepError("the optimizer has taken steps already: record it from its first step on")

    @property
    def traces(self) -> list[Trace]:
        """One trace a parameter group, in order; a group without gradients has none."""
        self._record_low()
        return [trace for trace in self._traces if trace.steps]

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Takes one step of the optimizer and records it; returns what the optimizer returns.

        The optimizer must evaluate ``closure``, if there is one, exactly once.
        """
        step = self.optimizer.step if self._patched is None else self._original
        return self._recorded(step, closure)

    def check(self) -> list[Report]:
        """The verdicts on ``traces``."""
        return [trace.check() for trace in self.traces]

    def save(self, path: str | os.PathLike[str]) -> list[Path]:
        """Writes ``traces`` to ``path`` (see Trace.save) and returns the files; several groups are numbered from 0,
        as in run.0.safetensors."""
        path = Path(path)
        traces = self.traces
        paths = [path] if len(traces) == 1 else [
            path.with_suffix(f".{index}{path.suffix}") for index in range(len(traces))]
        for trace, file in zip(traces, paths):
            trace.save(file)
        return paths

    def __enter__(self) -> Recorder:
        original = self._original = self.optimizer.step

        @functools.wraps(original)  # keeps the mark by which a scheduler knows its own wrapper
        def step(optimizer: torch.optim.Optimizer, closure: Callable[[], Any] | None = None) -> Any:
            if self._patched is None:  # a scheduler made inside the block has kept this function
                return original() if closure is None else original(closure)
            return self._recorded(original, closure)

        self._patched = types.MethodType(step, self.optimizer)  # schedulers wrap bound methods only
        self.optimizer.step = self._patched
        return self

    def __exit__(self, *exception: object) -> None:
        if self.optimizer.step is self._patched:
            self.optimizer.step = self._original
        self._patched = None

    def _trace(self, group: dict[str, Any]) -> Trace:
        for option in self._layout.refused:
            if group.get(option):
                raise GoldstepError(f"{type(self.optimizer).__name__} with {option}={group[option]} has no rule yet")
        dtypes = {parameter.dtype for parameter in group["params"]}
        if len(dtypes) > 1:
            listed = ", ".join(sorted(map(str, dtypes)))
            raise GoldstepError(f"the parameters of a group have one dtype, not {listed}: make a group of each")
        dtype = dtypes.pop() if dtypes else torch.float32
        if dtype not in _FORMATS:
            raise GoldstepError(f"parameters are float64, float32, float16 or bfloat16, not {dtype}")
        copies = {self._low[parameter].dtype for parameter in group["params"] if parameter in self._low}
        if len(copies) > 1:
            raise GoldstepError(f"low: the copies of a group have one dtype, not {', '.join(sorted(map(str, copies)))}")
        rule = self._layout.rule
        return Trace(rule(group) if callable(rule) else rule, self._format or _FORMATS[dtype])

    def _recorded(self, step: Callable[..., Any], closure: Callable[[], Any] | None) -> Any:
        if closure is None:
            self._before()
            result = step()
        else:
            evaluated = False

            def observed() -> Any:
                nonlocal evaluated
                if evaluated:
                    raise GoldstepError("an optimizer that evaluates its closure more than once cannot be recorded")
                evaluated = True
                loss = closure()
                self._before()
                return loss

            result = step(observed)
        self.steps += 1
        for trace, parameters in zip(self._traces, self._parameters):
            for parameter in parameters:
                for quantity, value in self._held(parameter).items():
                    self._add(trace, self.steps, self._names[parameter], quantity, value)
        return result

    def _before(self) -> None:
        """Records what the next step is given, and the copies of what the last one made."""
        self._record_low()
        groups = self.optimizer.param_groups
        if len(groups) != len(self._traces):
            raise GoldstepError("a parameter group was added after the recorder was made")
        parameters = [[parameter for parameter in group["params"] if parameter.grad is not None] for group in groups]
        if self.steps == 0:
            self._parameters = parameters
        for now, recorded in zip(parameters, self._parameters):
            for parameter in set(now) ^ set(recorded):
                raise GoldstepError(f"{self._names.get(parameter, 'a new parameter')} has a gradient at some steps "
                                    f"and none at step {self.steps + 1} or before: not supported yet")
        for group, trace, recorded in zip(groups, self._traces, self._parameters):
            if recorded:
                self._record_hyper(group, trace)
            for parameter in recorded:
                self._record_inputs(parameter, trace, bool(group.get("maximize")))

    def _record_hyper(self, group: dict[str, Any], trace: Trace) -> None:
        for name, source in self._layout.hyper.items():
            try:
                value = _option(group, source)
            except (KeyError, IndexError, TypeError) as error:
                raise GoldstepError(f"hyperparameter {name}: the group has no number {source!r}") from error
            if self.steps == 0:
                trace.set_hyper(0, name, value)
            elif value != self._in_force(trace, name):
                trace.set_hyper(self.steps + 1, name, value)

    @staticmethod
    def _in_force(trace: Trace, name: str) -> float:
        return next(trace.hyper[step][name] for step in sorted(trace.hyper, reverse=True) if name in trace.hyper[step])

    def _record_inputs(self, parameter: torch.Tensor, trace: Trace, maximize: bool) -> None:
        name = self._names[parameter]
        for quantity, value in self._held(parameter).items():
            if self.steps == 0:
                self._add(trace, 0, name, quantity, value)
            elif encode(value, trace.format_of(quantity)) != trace.steps[self.steps][name].get(quantity):
                raise GoldstepError(f"{name}: {quantity} changed between steps {self.steps} and {self.steps + 1}, "
                                    "outside of the optimizer")
        if parameter.grad.is_sparse:
            raise GoldstepError(f"{name}: a sparse gradient is not supported")
        self._add(trace, self.steps + 1, name, "g", -parameter.grad if maximize else parameter.grad)

    def _record_low(self) -> None:
        """The copies of the last step's parameters, in the place of what was recorded of them before."""
        for trace, parameters in zip(self._traces, self._parameters if self.steps else ()):
            for parameter in parameters:
                if parameter in self._low:
                    copy = self._low[parameter]
                    own = trace.formats.setdefault("x_low", _FORMATS[copy.dtype])
                    trace.steps[self.steps][self._names[parameter]]["x_low"] = encode(copy, own)

    @staticmethod
    def _add(trace: Trace, step: int, name: str, quantity: str, value: Any) -> None:
        """Adds an array, in the format that it has when the quantity is first seen."""
        own = _FORMATS.get(getattr(value, "dtype", None), trace.format)
        if own != trace.format and not any(quantity in tensor for tensors in trace.steps for tensor in tensors.values()):
            trace.formats[quantity] = own
        trace.add(step, name, quantity, value)

    def _held(self, parameter: torch.Tensor) -> dict[str, Any]:
        """The iterate and the states that the optimizer holds of a parameter."""
        held = {"x": parameter}
        state = self.optimizer.state.get(parameter, {})
        for quantity, source in self._layout.state.items():
            value = source(state) if callable(source) else state.get(source)
            if value is not None:
                held[quantity] = value
        return held


def _layout(
    optimizer: torch.optim.Optimizer,
    rule: str | None,
    state: Mapping[str, StateSource] | None,
    hyper: Mapping[str, HyperSource] | None,
) -> Layout:
    kind = type(optimizer)
    parent = next((KNOWN[base] for base in kind.__mro__ if base in KNOWN), None)
    if rule is None and kind in KNOWN:
        return KNOWN[kind]._replace(**{key: value for key, value in (("state", state), ("hyper", hyper)) if value})
    if rule is None:
        raise GoldstepError(f"{kind.__name__} is not one of torch.optim's own optimizers: name its rule=")
    if parent is not None:
        return Layout(rule, parent.state if state is None else state, parent.hyper if hyper is None else hyper)
    if state is None or hyper is None:
        raise GoldstepError(f"{kind.__name__} is not a kind of optimizer that goldstep knows: "
                            "say where its state= and hyper= are")
    return Layout(rule, state, hyper)


def _names(
    optimizer: torch.optim.Optimizer, names: Iterable[str] | Iterable[tuple[str, torch.Tensor]] | None
) -> dict[torch.Tensor, str]:
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    if names is None:
        return {parameter: f"p{index}" for index, parameter in enumerate(parameters)}
    listed = list(names)
    if all(isinstance(name, str) for name in listed):
        listed = list(zip(listed, parameters)) if len(listed) == len(parameters) else []
    named = {parameter: name for name, parameter in listed}
    if not named.keys() >= set(parameters) or len(set(named.values())) != len(named):
        raise GoldstepError("names: each of the optimizer's parameters needs a name of its own")
    return {parameter: named[parameter] for parameter in parameters}


def _low(
    names: Mapping[torch.Tensor, str], low: Iterable[torch.Tensor] | Mapping[torch.Tensor, torch.Tensor] | None
) -> dict[torch.Tensor, torch.Tensor]:
    if low is not None and not isinstance(low, Mapping):
        listed = list(low)
        if len(listed) != len(names):
            raise GoldstepError(f"low: {len(listed)} copies for the optimizer's {len(names)} parameters; "
                                "each needs one, or give a mapping")
        low = dict(zip(names, listed))
    copies = dict(low or {})
    for parameter, copy in copies.items():
        if parameter not in names:
            raise GoldstepError("low: a key is a parameter of the optimizer, and not its copy or another tensor")
        name = names[parameter]
        if not isinstance(copy, torch.Tensor):
            raise GoldstepError(f"low: the copy of {name} is a tensor, not a {type(copy).__name__}")
        if copy.shape != parameter.shape:
            raise GoldstepError(f"low: the copy of {name} has shape {list(copy.shape)}, not {list(parameter.shape)}")
        own, wide = _FORMATS.get(copy.dtype), _FORMATS.get(parameter.dtype, "binary64")
        if own is None or SIZES[own] >= SIZES[wide]:
            raise GoldstepError(f"low: the copy of {name} is in {copy.dtype}, which is no narrower format than its "
                                f"{parameter.dtype}")
    return copies


def _has_stepped(state: Mapping[str, Any]) -> bool:
    if "step" in state:
        return float(state["step"]) > 0
    return state.get("momentum_buffer") is not None  # SGD keeps no count, but makes its buffer at the first step


def _option(group: dict[str, Any], source: HyperSource) -> float:
    if callable(source):
        return float(source(group))
    if isinstance(source, str):
        return float(group[source])
    name, index = source
    return float(group[name][index])
