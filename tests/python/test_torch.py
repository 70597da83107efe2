"""The recorder against PyTorch itself: what it says happened is what an unrecorded twin does."""

import copy
import struct

import pytest
import torch

import goldstep
from goldstep.torch import KNOWN, Recorder
from goldstep.trace import decode, encode

OPTIONS = {
    torch.optim.SGD: dict(lr=0.1, momentum=0.9, dampening=0.5, weight_decay=0.1),
    torch.optim.Adagrad: dict(lr=0.1, lr_decay=0.1, weight_decay=0.1, initial_accumulator_value=0.25),
    torch.optim.Adadelta: dict(rho=0.8, weight_decay=0.1),
    torch.optim.RMSprop: dict(alpha=0.9, momentum=0.5, centered=True, weight_decay=0.1),
    torch.optim.Adam: dict(betas=(0.8, 0.9), amsgrad=True, weight_decay=0.1),
    torch.optim.AdamW: dict(betas=(0.8, 0.9), weight_decay=0.1),
    torch.optim.Adamax: dict(betas=(0.8, 0.9), weight_decay=0.1),
    torch.optim.NAdam: dict(betas=(0.8, 0.9), momentum_decay=0.1, weight_decay=0.1),
    torch.optim.RAdam: dict(betas=(0.8, 0.9), weight_decay=0.1),
}
RULES = dict(zip(OPTIONS, ["sgdm_torch", "adagrad_torch", "adadelta_torch", "rmsprop_torch", "amsgrad_torch", "adamw",
                           "adamax_torch", "nadam_torch", "radam_torch"]))


def parameters(dtype=torch.float32):
    torch.manual_seed(1)
    return [torch.nn.Parameter(torch.randn(2, 3, dtype=dtype)), torch.nn.Parameter(torch.randn(4, dtype=dtype))]


def set_gradients(params, seed):
    torch.manual_seed(seed)
    for p in params:
        p.grad = torch.randn_like(p)


def run(optimizer, step, steps=4):
    """Takes steps with gradients that depend on nothing; the learning rate falls after every second."""
    params = [p for group in optimizer.param_groups for p in group["params"]]
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2, gamma=0.5)
    for seed in range(steps):
        set_gradients(params, seed)
        step()
        scheduler.step()


def sgd(**options):
    return torch.optim.SGD(parameters(), **dict(lr=0.1) | options)


def hyper_at(trace, step):
    return {name: value for at in sorted(trace.hyper) if at <= step for name, value in trace.hyper[at].items()}


# --- every known optimizer ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("foreach", [False, True])
@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.__name__)
def test_recorded_is_what_an_unrecorded_twin_does(kind, foreach, dtype):
    recorder = Recorder(kind(parameters(dtype), foreach=foreach, **OPTIONS[kind]))
    run(recorder.optimizer, recorder.step)
    (trace,) = recorder.traces
    assert trace.rule == RULES[kind]
    assert trace.format == ("binary32" if dtype == torch.float32 else "binary64")
    assert len(trace.steps) == recorder.steps + 1 == 5

    twin_params = parameters(dtype)
    twin = kind(twin_params, foreach=foreach, **OPTIONS[kind])
    step = 0
    for p, held in zip(twin_params, trace.steps[0].values()):
        assert held["x"] == encode(p, trace.format)

    def compare():
        nonlocal step
        step += 1
        gradients = [encode(p.grad, trace.format) for p in twin_params]
        group = {**twin.param_groups[0]}
        twin.step()
        for p, gradient, (name, held) in zip(twin_params, gradients, trace.steps[step].items()):
            expected = {"g": gradient, "x": encode(p, trace.format)}
            for quantity, key in KNOWN[kind].state.items():
                if key in twin.state[p]:
                    expected[quantity] = encode(twin.state[p][key], trace.format_of(quantity))
            assert held == expected, (step, name)
        for name, value in hyper_at(trace, step).items():
            option = KNOWN[kind].hyper[name]
            assert value == (group[option] if isinstance(option, str) else group[option[0]][option[1]]), name

    run(twin, compare)
    assert step == 4


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.__name__)
def test_every_state_of_the_rule_is_recorded(kind):
    recorder = Recorder(kind(parameters(), **OPTIONS[kind]))
    run(recorder.optimizer, recorder.step)
    assert set(recorder.traces[0].steps[4]["p0"]) == {"g", "x", *KNOWN[kind].state}


def test_hyperparameters():
    recorder = Recorder(torch.optim.Adam(parameters(), betas=(0.5, 0.75)))
    run(recorder.optimizer, recorder.step)
    assert recorder.traces[0].rule == "adam_torch"
    assert recorder.traces[0].hyper == {
        0: {"lr": 1e-3, "beta1": 0.5, "beta2": 0.75, "eps": 1e-8, "weight_decay": 0.0}, 3: {"lr": 5e-4}}


def test_flags_are_numbers():
    recorder = Recorder(sgd(momentum=0.9, nesterov=True))
    run(recorder.optimizer, recorder.step)
    assert recorder.traces[0].hyper[0] == {
        "lr": 0.1, "momentum": 0.9, "dampening": 0.0, "weight_decay": 0.0, "nesterov": 1.0}


def test_a_state_that_is_not_held_is_not_recorded():
    recorder = Recorder(sgd())
    run(recorder.optimizer, recorder.step)
    assert all(set(step["p0"]) <= {"x", "g"} for step in recorder.traces[0].steps)


def test_initial_state_is_recorded_where_there_is_one():
    recorder = Recorder(torch.optim.Adagrad(parameters(), initial_accumulator_value=0.5))
    run(recorder.optimizer, recorder.step)
    assert list(decode(recorder.traces[0].steps[0]["p1"]["s"], "binary32")) == [0.5] * 4
    assert recorder.traces[0].hyper[0]["initial_accumulator"] == 0.5


def test_a_state_is_recorded_in_its_own_format():
    recorder = Recorder(torch.optim.NAdam(parameters(torch.float64)))
    run(recorder.optimizer, recorder.step)
    recorded = recorder.traces[0].steps[4]["p0"]["mu_product"]
    mu_product = next(iter(recorder.optimizer.state.values()))["mu_product"]
    assert mu_product.dtype == torch.float32
    assert recorder.traces[0].formats == {"mu_product": "binary32"}
    assert recorded == struct.pack("<f", mu_product.item())


class Mixed(torch.optim.Optimizer):
    """AdamW with low-precision parameters: computed in float32, the states kept there, and x rounded once."""

    def __init__(self, params, late=False):
        super().__init__(params, dict(lr=0.01, betas=(0.9, 0.99), eps=1e-6, weight_decay=0.1))
        self.late = late  # also rounds the moment before it is used

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                if not state:
                    state.update(step=0, exp_avg=torch.zeros(p.shape), exp_avg_sq=torch.zeros(p.shape))
                state["step"] += 1
                (a, b), g, m, v = group["betas"], p.grad.float(), state["exp_avg"], state["exp_avg_sq"]
                m.mul_(a).add_(g, alpha=1 - a)
                v.mul_(b).addcmul_(g, g, value=1 - b)
                if self.late:
                    m.copy_(m.to(p.dtype))
                c1, c2 = 1 - a ** state["step"], 1 - b ** state["step"]
                x = p.float() * (1 - group["lr"] * group["weight_decay"])
                p.copy_(x - group["lr"] * (m / c1) / ((v / c2).sqrt() + group["eps"]))


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_mixed_formats(library, tmp_path, dtype, late):
    layout = KNOWN[torch.optim.AdamW]
    recorder = Recorder(Mixed(parameters(dtype), late), rule="adamw", state=layout.state, hyper=layout.hyper,
                        format="binary32")
    run(recorder.optimizer, recorder.step)
    (trace,) = recorder.traces
    own = "bfloat16" if dtype == torch.bfloat16 else "binary16"
    assert (trace.format, trace.formats) == ("binary32", {"x": own, "g": own})
    report = trace.check()
    deviating = {row["quantity"] for row in report.data["modes"][0]["tensors"] if row["deviates"]}
    assert deviating == ({"m"} if late else set()), str(report)
    assert report.conforms is not late
    for suffix in ("jsonl", "safetensors"):
        trace.save(tmp_path / f"t.{suffix}")
        assert goldstep.check(tmp_path / f"t.{suffix}").data == report.data


@pytest.mark.parametrize("foreach", [False, True])
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float64])
@pytest.mark.parametrize("kind, options", [(torch.optim.SGD, dict(momentum=0.9)), (torch.optim.AdamW, dict(eps=1e-3))])
def test_real_optimizers_in_their_own_format(library, kind, options, dtype, foreach):
    recorder = Recorder(kind(parameters(dtype), lr=0.1, foreach=foreach, **options))
    run(recorder.optimizer, recorder.step)
    (report,) = recorder.check()
    assert report.conforms, str(report)


# --- mixed precision: master weights and their low copies ---


def truncated(x):
    return (x.view(torch.int32) & ~0xFFFF).view(torch.float32)


def two_bits_lost(x):
    return (x.view(torch.int32) & ~0x3FFFF).view(torch.float32)


def train(dtype=torch.bfloat16, kind=torch.optim.AdamW, convert=torch.clone, way="list", block=False):
    """A model of `dtype` whose master weights `kind` steps; `convert` makes of them what is copied to the model."""
    torch.manual_seed(1)
    model = torch.nn.Linear(3, 2).to(torch.bfloat16)
    data, low = torch.randn(5, 3).bfloat16(), [*model.parameters()]
    masters = [torch.nn.Parameter(p.detach().float()) for p in low]
    if dtype == torch.float16:  # no matrix products on a processor: beside the bfloat16 model, to copy to
        low = [p.detach().half() for p in low]
    recorder = Recorder(kind(masters, lr=0.1), names=["weight", "bias"],
                        low={"list": iter(low), "mapping": dict(zip(masters, low))}[way])
    for _ in range(4):
        model.zero_grad()
        (model(data) ** 2).sum().backward()
        for master, p in zip(masters, model.parameters()):
            master.grad = p.grad.float()
        if block:
            with recorder:
                recorder.optimizer.step()
        else:
            recorder.step()
        with torch.no_grad():
            for master, p, copy in zip(masters, model.parameters(), low):
                p.copy_(master)
                copy.copy_(convert(master))
    return recorder


def low_rows(report):
    return [row for row in report.data["modes"][0]["tensors"] if row["quantity"] == "x_low"]


@pytest.mark.parametrize("kind", [torch.optim.AdamW, torch.optim.SGD])
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@pytest.mark.parametrize("way, block", [("list", False), ("mapping", True)])
def test_low_copies(library, tmp_path, way, block, dtype, kind):
    recorder = train(dtype, kind, way=way, block=block)
    (trace,) = recorder.traces
    own = "bfloat16" if dtype == torch.bfloat16 else "binary16"
    assert (trace.format, trace.formats) == ("binary32", {"x_low": own})
    report = trace.check()
    assert report.conforms, str(report)
    assert [(row["tensor"], row["format"], row["exact"], row["coordinates"]) for row in low_rows(report)] == [
        ("weight", own, 24, 24), ("bias", own, 8, 8)]
    (path,) = recorder.save(tmp_path / "run.safetensors")
    assert goldstep.check(path).data == report.data


def test_low_copies_that_are_truncated(library):
    """Less than an ulp from x, so faithful; the report shows it."""
    (report,) = train(convert=truncated).check()
    assert report.conforms
    assert all(row["faithful"] > 0 and 0.5 < row["worst_ulps"] < 1 for row in low_rows(report))


def test_low_copies_that_lose_bits(library):
    (trace,) = train(convert=two_bits_lost).traces
    report = trace.check()
    assert not report.conforms
    assert {row["quantity"] for row in report.data["modes"][0]["tensors"] if row["deviates"]} == {"x_low"}
    assert "x_low is not x rounded to bfloat16: step 1, weight.x_low[" in str(trace.diagnose())


def test_low_copies_as_they_are_when_the_traces_are_read(library):
    recorder = train()
    low = next(iter(recorder._low.values()))
    with torch.no_grad():
        low.zero_()
    (report,) = recorder.check()
    assert [row["deviates"] for row in low_rows(report)] == [6, 0]
    assert low_rows(report)[0]["first_deviation"]["step"] == 4


def test_low_copies_of_some(library):
    first, second = parameters()
    recorder = Recorder(torch.optim.SGD([{"params": [first]}, {"params": [second]}], lr=0.1),
                        low={second: second.detach().bfloat16()})
    set_gradients([first, second], 0)
    recorder.step()
    assert [trace.formats for trace in recorder.traces] == [{}, {"x_low": "bfloat16"}]
    assert [report.conforms for report in recorder.check()] == [True, False]  # it was never copied


@pytest.mark.parametrize("low, message", [
    (lambda a, b: [a.bfloat16()], "low: 1 copies for the optimizer's 2 parameters; each needs one"),
    (lambda a, b: {a.bfloat16(): a}, "low: a key is a parameter of the optimizer"),
    (lambda a, b: {a: "a"}, "low: the copy of p0 is a tensor, not a str"),
    (lambda a, b: [a.bfloat16(), b[:3].bfloat16()], r"low: the copy of p1 has shape \[3\], not \[4\]"),
    (lambda a, b: [a.bfloat16(), b.int()], "the copy of p1 is in torch.int32, which is no narrower format"),
    (lambda a, b: [a.bfloat16(), b.double()], "the copy of p1 is in torch.float64, which is no narrower format"),
    (lambda a, b: [a, b], "the copy of p0 is in torch.float32, which is no narrower format than its torch.float32"),
    (lambda a, b: [a.bfloat16(), b.half()], "the copies of a group have one dtype, not torch.bfloat16, torch.float16"),
])
def test_low_copies_that_do_not_fit(low, message):
    params = parameters()
    with pytest.raises(goldstep.GoldstepError, match=message):
        Recorder(torch.optim.SGD(params, lr=0.1), low=low(*params))


# --- gradients ----------------------------------------------------------------------------------------------------


def test_maximize_records_the_negated_gradient():
    recorder = Recorder(sgd(maximize=True))
    run(recorder.optimizer, recorder.step, steps=1)
    set_gradients(parameters(), 0)
    gradient = recorder.optimizer.param_groups[0]["params"][0].grad
    assert recorder.traces[0].steps[1]["p0"]["g"] == encode(-gradient, "binary32")


def test_the_gradient_is_taken_before_the_step():
    # foreach=True adds the decay to p.grad itself
    recorder = Recorder(torch.optim.Adam(parameters(), weight_decay=0.5, foreach=True))
    (p, _) = recorder.optimizer.param_groups[0]["params"]
    set_gradients([p, _], 0)
    gradient = p.grad.clone()
    recorder.step()
    assert recorder.traces[0].steps[1]["p0"]["g"] == encode(gradient, "binary32")


def test_a_parameter_that_never_has_a_gradient_is_left_out():
    first, second = parameters()
    recorder = Recorder(torch.optim.SGD([first, second], lr=0.1))
    for seed in range(2):
        set_gradients([second], seed)
        recorder.step()
    assert [list(step) for step in recorder.traces[0].steps] == [["p1"]] * 3


@pytest.mark.parametrize("with_gradient", [[0, 1], [1, 0]])
def test_a_gradient_at_some_steps_only(with_gradient):
    params = parameters()
    recorder = Recorder(torch.optim.SGD(params, lr=0.1))
    for index, has in enumerate(with_gradient):
        set_gradients(params, 0)
        params[1].grad = params[1].grad if has else None
        if index == 0:
            recorder.step()
    with pytest.raises(goldstep.GoldstepError, match="p1 has a gradient at some steps and none at step 2 or before"):
        recorder.step()


def test_a_sparse_gradient():
    embedding = torch.nn.Embedding(3, 2, sparse=True)
    recorder = Recorder(torch.optim.SGD(embedding.parameters(), lr=0.1))
    embedding(torch.tensor([1])).sum().backward()
    with pytest.raises(goldstep.GoldstepError, match="sparse"):
        recorder.step()


# --- groups, names, ways of use -------------------------------------------------------------------------------------


def test_a_trace_per_group(tmp_path):
    first, second = parameters()
    third = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    recorder = Recorder(torch.optim.SGD(
        [{"params": [first]}, {"params": [second], "lr": 1.0, "maximize": True}, {"params": [third], "momentum": 0.5}],
        lr=0.1))
    run(recorder.optimizer, recorder.step)
    assert [list(trace.steps[1]) for trace in recorder.traces] == [["p0"], ["p1"], ["p2"]]
    assert [trace.hyper[0]["lr"] for trace in recorder.traces] == [0.1, 1.0, 0.1]
    assert [trace.hyper[3] for trace in recorder.traces] == [{"lr": 0.05}, {"lr": 0.5}, {"lr": 0.05}]
    assert [trace.format for trace in recorder.traces] == ["binary32", "binary32", "binary64"]
    files = recorder.save(tmp_path / "run.safetensors")
    assert [file.name for file in files] == ["run.0.safetensors", "run.1.safetensors", "run.2.safetensors"]
    assert all(file.exists() for file in files)


def test_a_rule_per_group():
    first, second = parameters()
    recorder = Recorder(torch.optim.Adam([{"params": [first]}, {"params": [second], "amsgrad": True}]))
    assert [trace.rule for trace in recorder._traces] == ["adam_torch", "amsgrad_torch"]


def test_a_group_without_gradients_has_no_trace(tmp_path):
    first, second = parameters()
    recorder = Recorder(torch.optim.SGD([{"params": [first]}, {"params": [second]}], lr=0.1))
    set_gradients([second], 0)
    recorder.step()
    (trace,) = recorder.traces
    assert list(trace.steps[1]) == ["p1"]
    assert recorder.save(tmp_path / "run.jsonl") == [tmp_path / "run.jsonl"]


def test_names():
    model = torch.nn.Linear(2, 1)
    for names in (model.named_parameters(), ["weight", "bias"]):
        recorder = Recorder(torch.optim.SGD(model.parameters(), lr=0.1), names=names)
        set_gradients(model.parameters(), 0)
        recorder.step()
        assert list(recorder.traces[0].steps[1]) == ["weight", "bias"]


@pytest.mark.parametrize("names", [["w"], ["w", "w"], ["w", "b", "c"], [("w", torch.zeros(1))]])
def test_names_that_do_not_fit(names):
    with pytest.raises(goldstep.GoldstepError, match="a name of its own"):
        Recorder(sgd(), names=names)


def test_block_records_what_step_records():
    stepped = Recorder(sgd(momentum=0.9))
    run(stepped.optimizer, stepped.step)
    with Recorder(sgd(momentum=0.9)) as recorder:
        run(recorder.optimizer, lambda: recorder.optimizer.step())
    assert recorder.traces[0].steps == stepped.traces[0].steps
    assert recorder.traces[0].hyper == stepped.traces[0].hyper


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("scheduler_first", [False, True])
def test_block_and_scheduler(scheduler_first):
    optimizer = sgd()
    params = optimizer.param_groups[0]["params"]
    if scheduler_first:
        scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    with Recorder(optimizer) as recorder:
        if not scheduler_first:
            scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
        for seed in range(2):
            set_gradients(params, seed)
            optimizer.step()
            scheduler.step()
        set_gradients(params, 2)
        recorder.step()
        scheduler.step()
    before = copy.deepcopy(params)
    optimizer.step()
    scheduler.step()
    assert not torch.equal(before[0], params[0])
    assert recorder.steps == 3
    assert [hyper["lr"] for hyper in recorder.traces[0].hyper.values()] == [0.1, 0.05, 0.025]


def test_closure():
    optimizer = sgd()
    params = optimizer.param_groups[0]["params"]
    recorder = Recorder(optimizer)

    def closure():
        optimizer.zero_grad()
        loss = sum((p**2).sum() for p in params)
        loss.backward()
        return loss

    before = encode(2 * params[0], "binary32")
    assert recorder.step(closure) > 0
    with recorder:
        assert optimizer.step(closure) > 0
    assert len(recorder.traces[0].steps) == 3
    assert recorder.traces[0].steps[1]["p0"]["g"] == before


def test_a_closure_evaluated_twice():
    recorder = Recorder(torch.optim.LBFGS(parameters()), rule="gd", state={}, hyper={"lr": "lr"})
    params = recorder.optimizer.param_groups[0]["params"]

    def closure():
        recorder.optimizer.zero_grad()
        loss = sum((p**4).sum() for p in params)
        loss.backward()
        return loss

    with pytest.raises(goldstep.GoldstepError, match="closure more than once"):
        recorder.step(closure)


# --- other optimizers -----------------------------------------------------------------------------------------------


class Plain(torch.optim.Optimizer):
    """Gradient descent with its own names for everything."""

    def __init__(self, params, rate):
        super().__init__(params, {"rates": [rate, 0.0]})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                p -= group["rates"][0] * p.grad
                self.state[p]["inner"] = {"sum": p.grad.clone()}


class Renamed(torch.optim.Adam):
    pass


@pytest.mark.parametrize("rate", [("rates", 0), lambda group: group["rates"][0]])
def test_a_foreign_optimizer(rate):
    optimizer = Plain(parameters(), 0.5)
    recorder = Recorder(optimizer, rule="sgd", hyper={"lr": rate},
                        state={"s": lambda state: state["inner"]["sum"] if state else None})
    params = optimizer.param_groups[0]["params"]
    for seed in range(2):
        set_gradients(params, seed)
        recorder.step()
    (trace,) = recorder.traces
    assert trace.rule == "sgd"
    assert trace.hyper == {0: {"lr": 0.5}}
    assert set(trace.steps[0]["p0"]) == {"x"}
    assert trace.steps[2]["p0"]["s"] == trace.steps[2]["p0"]["g"]


def test_a_subclass_names_its_rule():
    recorder = Recorder(Renamed(parameters()), rule="adam")
    run(recorder.optimizer, recorder.step)
    assert recorder.traces[0].rule == "adam"
    assert recorder.traces[0].hyper[0]["beta2"] == 0.999
    assert set(recorder.traces[0].steps[1]["p0"]) == {"g", "x", "m", "v"}


def test_a_known_optimizer_by_another_rule():
    recorder = Recorder(sgd(), rule="sgd", hyper={"lr": "lr"}, state={})
    run(recorder.optimizer, recorder.step)
    assert recorder.traces[0].rule == "sgd"
    assert recorder.traces[0].hyper[0] == {"lr": 0.1}


def test_optimizers_without_a_rule():
    with pytest.raises(goldstep.GoldstepError, match="Renamed is not one of torch.optim's own"):
        Recorder(Renamed(parameters()))
    with pytest.raises(goldstep.GoldstepError, match="ASGD is not one of torch.optim's own optimizers"):
        Recorder(torch.optim.ASGD(parameters()))
    with pytest.raises(goldstep.GoldstepError, match="say where its state= and hyper= are"):
        Recorder(Plain(parameters(), 0.5), rule="sgd")
    with pytest.raises(goldstep.GoldstepError, match="AdamW with amsgrad=True has no rule yet"):
        Recorder(torch.optim.AdamW(parameters(), amsgrad=True))


@pytest.mark.parametrize("source", ["lr", ("rates", 2), ("lr", 0), "rates"])
def test_a_hyperparameter_that_is_not_there(source):
    recorder = Recorder(Plain(parameters(), 0.5), rule="sgd", state={}, hyper={"lr": source})
    set_gradients(recorder.optimizer.param_groups[0]["params"], 0)
    with pytest.raises(goldstep.GoldstepError, match="hyperparameter lr: the group has no number"):
        recorder.step()


# --- runs that cannot be recorded -----------------------------------------------------------------------------------


def test_dtypes():
    with pytest.raises(goldstep.GoldstepError, match="one dtype, not torch.float32, torch.float64"):
        Recorder(torch.optim.SGD([*parameters(), *parameters(torch.float64)], lr=0.1))
    for dtype in (torch.complex64,):
        with pytest.raises(goldstep.GoldstepError, match=f"float16 or bfloat16, not {dtype}"):
            Recorder(torch.optim.SGD(parameters(dtype), lr=0.1))


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.__name__)
def test_an_optimizer_that_has_taken_steps(kind):
    optimizer = kind(parameters(), **OPTIONS[kind])
    run(optimizer, lambda: optimizer.step(), steps=1)
    with pytest.raises(goldstep.GoldstepError, match="from its first step on"):
        Recorder(optimizer)


def test_a_parameter_may_change_before_the_first_step_only():
    recorder = Recorder(sgd())
    params = recorder.optimizer.param_groups[0]["params"]
    with torch.no_grad():
        params[0].zero_()
    set_gradients(params, 0)
    recorder.step()
    assert recorder.traces[0].steps[0]["p0"]["x"] == bytes(24)
    with torch.no_grad():
        params[0].zero_()
    with pytest.raises(goldstep.GoldstepError, match="p0: x changed between steps 1 and 2"):
        recorder.step()


def test_a_group_that_is_added_later():
    recorder = Recorder(sgd())
    recorder.optimizer.add_param_group({"params": parameters()})
    with pytest.raises(goldstep.GoldstepError, match="group was added"):
        recorder.step()


# --- the verdict ----------------------------------------------------------------------------------------------------


def test_check(library):
    first, second = parameters()
    recorder = Recorder(torch.optim.AdamW([{"params": [first]}, {"params": [second], "lr": 0.1}]))
    run(recorder.optimizer, recorder.step)
    reports = recorder.check()
    assert [report.data["rule"] for report in reports] == ["adamw", "adamw"]
    assert all(report.conforms for report in reports), "\n".join(map(str, reports))
