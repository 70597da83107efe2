# The tests, the demo, the coverage and the benchmark.

CHECK_FLAGS = $(shell pkg-config --cflags check)
CHECK_LIBS = $(shell pkg-config --libs check) -lpthread
SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=undefined

# Where the Python tests find what is built.
PYTEST = BUILD=$(BUILD) PYTHONPATH=oracle/python $(PYTHON) -B -m pytest -q -p no:cacheprovider

UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%.o,$(wildcard tests/unit/*.c))

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(ORACLE_FLAGS) $(CHECK_FLAGS) -c $< -o $@

$(BUILD)/tests/unit/run: $(UNIT_TESTS) $(OBJECTS)
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(CHECK_LIBS) $(LIBS)

$(BUILD)/tests/fuzz_trace: $(BUILD)/tests/fuzz/fuzz_trace.o $(OBJECTS)
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

SOAK = $(BUILD)/tests/soak/soak
SOAK_COORDINATES = 10000000
SOAK_BY_BOTH = 600000

$(SOAK): $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/soak/*.c)) $(OBJECTS)
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

include tests/reference/reference.mk
include tests/second/second.mk

C_TESTS = $(addprefix $(BUILD)/tests/,unit/run second/run reference64 reference32 golden64 golden32 real64 real32)

.PHONY: test
test: packages-test ## run all tests, then the C tests and the command's under ASan and UBSan
	@$(MAKE) --no-print-directory -j$(JOBS) all c-tests
	@$(MAKE) --no-print-directory run-c-tests
	$(PYTEST) tests/python
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=$(BUILD)/sanitized KERNELS_BUILD=$(BUILD) SANITIZE="$(SANITIZERS)" all c-tests
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/sanitized KERNELS_BUILD=$(BUILD) SANITIZE="$(SANITIZERS)" run-c-tests run-fuzz run-command-tests
	@echo "All tests passed, those in C and of the command under ASan and UBSan too."

.PHONY: c-tests run-c-tests run-fuzz run-command-tests
c-tests: $(C_TESTS) $(BUILD)/tests/fuzz_trace $(SOAK)

run-c-tests: c-tests
	@set -e; for test in $(C_TESTS); do echo "$$test"; CK_VERBOSITY=normal $$test; done
	$(SOAK) 500 500 1

run-fuzz: $(BUILD)/tests/fuzz_trace $(BUILD)/goldstep
	@for rule in adamw nadam cosine; do $(BUILD)/goldstep gen $$rule --steps 3 >$(BUILD)/$$rule.jsonl; done
	@$(BUILD)/tests/fuzz_trace 1 20000 $(BUILD)/adamw.jsonl $(BUILD)/nadam.jsonl $(BUILD)/cosine.jsonl

# Not those in process: Python cannot load a library under ASan.
run-command-tests: $(BUILD)/goldstep
	$(PYTEST) -k "not from_python" $(addprefix tests/python/test_,cli.py diagnose.py emit.py golden.py rates.py rules.py)

# The vectors of each specification stand under its path in tests/golden.
.PHONY: golden
golden: $(BUILD)/goldstep ## write the golden vectors of every rule and schedule
	@set -e; for path in $(STEPS:spec/%.acsl=%); do mkdir -p tests/golden/$$(dirname $$path); \
	    $(BUILD)/goldstep golden $$(basename $$path) >$(BUILD)/golden.json; \
	    cp $(BUILD)/golden.json tests/golden/$$path.json; done

.PHONY: soak
soak: packages-test $(SOAK) ## judge every rule in random orders: no false alarm, no miss; what goes to MPFR (SOAK_COORDINATES=N)
	$(SOAK) $(SOAK_COORDINATES) $(SOAK_BY_BOTH) 1

.PHONY: demo
demo: packages-demo all ## train with real PyTorch optimizers and three wrong ones, and judge them
	@PYTHONPATH=oracle/python $(PYTHON) -B tests/demo/demo.py

.PHONY: rates
rates: packages-rates $(BUILD)/goldstep ## run the theorems on test problems, and compare with their bounds
	@mkdir -p $(BUILD)/rates
	@status=0; $(BUILD)/goldstep rates --csv $(BUILD)/rates/rates.csv >$(BUILD)/rates/table.txt || status=$$?; \
	    { echo "# Theorems on test problems"; echo; sed 's/^/    /' $(BUILD)/rates/table.txt; } >$(BUILD)/rates/table.md; \
	    grep 'runs: ' $(BUILD)/rates/table.txt; exit $$status
	@$(BUILD)/goldstep rates gd_convex_tight --problem huber --plot $(BUILD)/rates/gd_convex_tight.svg >$(BUILD)/rates/table.txt
	@rm $(BUILD)/rates/table.txt

include tests/peers/peers.mk

.PHONY: coverage
coverage: packages-coverage ## measure line coverage, and fail under coverage/thresholds
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=$(BUILD)/covered KERNELS_BUILD=$(BUILD) CFLAGS="-O0 -g" SANITIZE=--coverage all c-tests
	@coverage/measure $(BUILD)/covered

$(BUILD)/mpfr_loop: $(BUILD)/tests/bench/mpfr_loop.o $(OBJECTS)
	$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

.PHONY: bench
bench: packages-bench all $(BUILD)/mpfr_loop ## time the check beside a plain MPFR loop and mpmath
	@PYTHONPATH=oracle/python $(PYTHON) -B tests/bench/bench.py $(BUILD)

.PHONY: kill
kill: packages-kill all ## judge the museum's wrong optimizers, and write which check finds which
	@$(PYTHON) -B tests/museum/kill.py --write
