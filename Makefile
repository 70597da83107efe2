# Every task is a target; `make help` lists them. All that is built goes under $(BUILD).

CC = gcc
PYTHON = /usr/bin/python3
BUILD = build
CFLAGS = -O2 -g
# Contraction would fuse a * b + c into one rounding: the reference is to be read as it is written.
FLAGS = -std=c11 -Wall -Wextra -Werror -Wconversion -ffp-contract=off -MMD -MP $(SANITIZE)
ORACLE_FLAGS = $(FLAGS) -D_GNU_SOURCE -fPIC -fopenmp -Ioracle
REF_FLAGS = $(FLAGS) -pedantic -Iref -Ispec
LIBS = -fopenmp -ljansson -lmd -lmpfi -lmpfr -lgmp -lm
JOBS = $(shell nproc)

SPECS := $(sort $(shell find spec -name '*.acsl'))
# What makes steps: the rules and schedules.
STEPS := $(filter-out spec/theorems/% spec/objectives/%,$(SPECS))
REF := $(sort $(shell find ref -name '*.c'))
# oracle/emit/kernels.c is a program of the build; oracle/eval/classifier.c is compiled as the kernels are.
ORACLE := $(sort $(shell find oracle -name '*.c' -not -path 'oracle/cli/*' -not -path oracle/emit/kernels.c \
    -not -path oracle/eval/classifier.c))
CLI := $(sort $(wildcard oracle/cli/*.c))
RESULTS := $(sort $(shell find proofs/results -name '*.goals' -not -path '*/canaries/*' -not -path '*/facts/*'))

.PHONY: all
all: $(BUILD)/goldstep $(BUILD)/libgoldstep.so ## build the command and the library

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile $$(find tests -name '*.mk') | sort | expand -t 16

.PHONY: clean
clean: ## remove all that was built
	rm -rf $(BUILD)

# --- Debian packages: `make PACKAGES-…` installs what is missing, as root or with sudo ---

PACKAGES = gcc libc6-dev pkg-config libmpfr-dev libmpfi-dev libgmp-dev libjansson-dev libmd-dev
PACKAGES_test = check coq gnuplot-nox libflint-arb-dev python3-jsonschema python3-pytest python3-numpy python3-torch
PACKAGES_demo = python3-numpy python3-torch python3-sklearn
PACKAGES_peers = $(PACKAGES_demo)
PACKAGES_rates = gnuplot-nox
PACKAGES_kill = gcc python3-numpy
PACKAGES_bench = python3-numpy python3-torch python3-mpmath
PACKAGES_prove = frama-c-base why3 z3 cvc4 gappa coq libcoq-flocq python3
PACKAGES_lint = clang-format cppcheck
PACKAGES_coverage = $(PACKAGES_test) lcov

.PHONY: packages-%
packages-%:
	@.ci/install $(PACKAGES) $(PACKAGES_$*)

# --- the oracle ---

OBJECTS = $(ORACLE:oracle/%.c=$(BUILD)/oracle/%.o) $(BUILD)/builtin.o $(KERNELS)

$(BUILD)/builtin.c: $(SPECS) oracle/speclang/embed
	@mkdir -p $(@D)
	oracle/speclang/embed $(SPECS) >$@.new
	mv $@.new $@

$(BUILD)/builtin.o: $(BUILD)/builtin.c
	$(CC) $(CFLAGS) $(ORACLE_FLAGS) -c $< -o $@

$(BUILD)/oracle/%.o: oracle/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(ORACLE_FLAGS) -c $< -o $@

# The fast path: a program of the build writes each rule's kernel, in C, which is compiled for each width of arithmetic and,
# on x86-64, for processors with AVX2 and FMA. Builds for tests share these objects: KERNELS_BUILD is where they are made.
KERNELS_BUILD = $(BUILD)
NAMES = $(basename $(notdir $(STEPS)))
RULES = $(basename $(notdir $(filter spec/rules/%,$(SPECS))))
VARIANTS = single_portable pair_portable \
    $(if $(filter x86_64%,$(shell $(CC) -dumpmachine)),single_avx2 pair_avx2)
KERNELS = $(NAMES:%=$(KERNELS_BUILD)/kernels/%.o) $(KERNELS_BUILD)/kernels/table.o \
    $(foreach name,$(RULES) classifier,$(VARIANTS:%=$(KERNELS_BUILD)/kernels/$(name).%.o))
KERNEL_WRITER = $(filter $(BUILD)/oracle/speclang/% $(BUILD)/oracle/eval/%,$(ORACLE:oracle/%.c=$(BUILD)/oracle/%.o)) \
    $(patsubst %,$(BUILD)/oracle/%.o,error c_locale emit/kernel emit/kernels) $(BUILD)/builtin.o

$(BUILD)/write-kernels: $(KERNEL_WRITER)
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

$(KERNELS_BUILD)/kernels/.written: $(KERNELS_BUILD)/write-kernels
	@mkdir -p $(@D)
	$< $(@D)
	touch $@

# The writer leaves alone what does not change.
$(NAMES:%=$(KERNELS_BUILD)/kernels/%.c) $(KERNELS_BUILD)/kernels/table.c: $(KERNELS_BUILD)/kernels/.written
	@:

$(KERNELS_BUILD)/kernels/%.o: $(KERNELS_BUILD)/kernels/%.c
	$(CC) $(CFLAGS) $(ORACLE_FLAGS) -c $< -o $@

# compiled_as WIDTH_PROCESSOR: how a kernel is compiled for it. Bounds in binary64 hold with contraction too; pairs of numbers,
# and the classifier, are exact by how they are written.
define compiled_as
COMPILE_$(1) = $$(CC) $$(CFLAGS) $$(ORACLE_FLAGS) -fno-math-errno -DKERNEL_VARIANT=$(1) \
    $(if $(filter pair_%,$(1)),-DKERNEL_PAIR_WIDTH) $(if $(filter %_avx2,$(1)),-mavx2 -mfma) -c
$(KERNELS_BUILD)/kernels/%.$(1).o: $(KERNELS_BUILD)/kernels/%.c
	$$(COMPILE_$(1)) $(if $(filter single_%,$(1)),-ffp-contract=fast) $$< -o $$@
$(KERNELS_BUILD)/kernels/classifier.$(1).o: oracle/eval/classifier.c
	@mkdir -p $$(@D)
	$$(COMPILE_$(1)) $$< -o $$@
endef
$(foreach variant,$(VARIANTS),$(eval $(call compiled_as,$(variant))))

$(BUILD)/libgoldstep.so: $(OBJECTS) oracle/goldstep.map
	$(CC) $(CFLAGS) $(SANITIZE) -shared -Wl,--version-script=oracle/goldstep.map -o $@ $(OBJECTS) $(LIBS)

$(BUILD)/proved.c: $(RESULTS) oracle/cli/proved
	@mkdir -p $(@D)
	oracle/cli/proved $(RESULTS) >$@.new
	mv $@.new $@

$(BUILD)/proved.o: $(BUILD)/proved.c
	$(CC) $(CFLAGS) $(ORACLE_FLAGS) -c $< -o $@

$(BUILD)/goldstep: $(CLI:oracle/%.c=$(BUILD)/oracle/%.o) $(BUILD)/proved.o $(OBJECTS)
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

# --- the reference, in both number types ---

$(BUILD)/ref64/%.o: ref/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(REF_FLAGS) -c $< -o $@

$(BUILD)/ref32/%.o: ref/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(REF_FLAGS) -DGOLDSTEP_REAL_FLOAT -c $< -o $@

# --- the proofs: each file's results stand in proofs/results, under a key of all that they depend on ---

# ref/real.c is the trusted base: calls of libm, whose contracts are admitted.
PROVED := $(filter-out ref/real.c,$(REF))
# What takes more than the contracts of a rule to prove stands under the rule's path in proofs/.
PROVED += $(sort $(shell find proofs/rules -name '*.c'))
# What is proved in Coq: facts about the emitted specifications, theorems, analysis.
COQ := $(sort $(shell find proofs -name '*.v'))
ifdef RULE
PROVED := $(filter %/$(subst .,_,$(RULE)).c,$(PROVED))
COQ := $(filter %/$(subst .,_,$(RULE)).v,$(COQ))
endif
# The longest first.
GOALS = $(if $(COQ),goals/coq) $(PROVED:%.c=goals/%)
CANARIES = $(if $(RULE),,$(patsubst proofs/canaries/%.c,canary/%,$(wildcard proofs/canaries/*.c)))

.PHONY: prove prove-cold prove-extern mutate test-proofs $(GOALS) $(CANARIES)
prove: packages-prove $(BUILD)/goldstep $(BUILD)/why3.conf ## prove the reference against the specification (RULE=NAME: one rule)
	@[ -n "$(PROVED)$(COQ)" ] || { echo "no reference or Coq file is called $(RULE)" >&2; exit 2; }
	@status=0; $(MAKE) --no-print-directory -k -j$$(($(JOBS) + 2)) $(CANARIES) $(GOALS) || status=1; \
	    proofs/ledger --to $(BUILD) $(PROVED) $(COQ) && exit $$status

prove-cold: ## the same, as if nothing had been proved before
	@$(MAKE) --no-print-directory prove COLD=--cold

$(filter goals/ref/%,$(GOALS)): goals/ref/%:
	@proofs/prove $(COLD) ref/$*.c proofs/results/$*.goals
	@proofs/errors $(COLD) ref/$*.c proofs/results/$*.errors

$(filter goals/proofs/%,$(GOALS)): goals/proofs/%:
	@proofs/prove $(COLD) proofs/$*.c proofs/results/facts/$*.goals

goals/coq:
	@proofs/coq $(COLD)

$(CANARIES): canary/%:
	@proofs/canaries/check $(COLD) proofs/canaries/$*.c

mutate: packages-prove packages-test $(BUILD)/goldstep $(BUILD)/why3.conf ## prove and test wrong references (RULE=NAME: one rule)
	@proofs/mutate $(filter ref/%,$(PROVED))

test-proofs: packages-prove packages-test $(BUILD)/goldstep $(BUILD)/why3.conf ## test the proof tools
	$(PYTEST) tests/proofs

prove-extern: packages-prove $(BUILD)/goldstep $(BUILD)/why3.conf ## prove your own C: SRC=your.c FUN=your_function RULE=adamw
	@proofs/extern "$(SRC)" "$(FUN)" "$(RULE)" $(READINGS)

$(BUILD)/why3.conf: proofs/provers proofs/gappa.drv proofs/cvc4.drv
	@mkdir -p $(@D)
	proofs/provers $@

# --- lints ---

C_FILES = $(shell find ref oracle tests -name '*.[ch]')

.PHONY: lint
lint: packages-lint ## check the format, the code, the literals, and that each rule has its files
	clang-format --dry-run -Werror $(C_FILES)
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --error-exitcode=1 \
	    --suppress=missingInclude -DKERNEL_VARIANT=single_portable -Ioracle -Iref -Ispec oracle ref tests
	proofs/lint

-include tests/tests.mk
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
