# Every task is a target; `make help` lists them. All that is built goes under build/.

CC = gcc
PYTHON = /usr/bin/python3
BUILD = build
CFLAGS = -O2 -g
# Contraction would fuse a * b + c into one rounding: the reference is to be read as it is written.
FLAGS = -std=c11 -Wall -Wextra -Werror -Wconversion -ffp-contract=off $(SANITIZE)
ORACLE_FLAGS = $(FLAGS) -D_GNU_SOURCE -Ioracle
REF_FLAGS = $(FLAGS) -pedantic -Iref -Ispec
LIBS = -ljansson -lmpfi -lmpfr -lgmp -lm

SPECS := $(sort $(shell find spec -name '*.acsl'))
REF := $(sort $(shell find ref -name '*.c'))
ORACLE := $(sort $(shell find oracle -name '*.c' -not -path 'oracle/cli/*'))
CLI := $(sort $(wildcard oracle/cli/*.c))
HEADERS := $(sort $(shell find spec ref oracle tests -name '*.h' -o -name '*.acsl'))

.PHONY: all
all: $(BUILD)/goldstep $(BUILD)/libgoldstep.so ## build the command and the library

include tests/tests.mk

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile tests/tests.mk | expand -t 16 | sort

# --- the oracle ---

$(BUILD)/builtin.c: $(SPECS) oracle/speclang/embed
	@mkdir -p $(@D)
	oracle/speclang/embed $(SPECS) >$@.new
	mv $@.new $@

OBJECTS = $(ORACLE:oracle/%.c=$(BUILD)/oracle/%.o) $(BUILD)/builtin.o

$(BUILD)/builtin.o: $(BUILD)/builtin.c $(HEADERS)
	$(CC) $(CFLAGS) $(ORACLE_FLAGS) -fPIC -c $< -o $@

$(BUILD)/oracle/%.o: oracle/%.c $(HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(ORACLE_FLAGS) -fPIC -c $< -o $@

$(BUILD)/libgoldstep.so: $(OBJECTS) oracle/goldstep.map
	$(CC) $(CFLAGS) $(SANITIZE) -shared -Wl,--version-script=oracle/goldstep.map -o $@ $(OBJECTS) $(LIBS)

$(BUILD)/goldstep: $(CLI:oracle/%.c=$(BUILD)/oracle/%.o) $(OBJECTS)
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

# --- the reference, in both number types ---

$(BUILD)/ref64/%.o: ref/%.c $(HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(REF_FLAGS) -c $< -o $@

$(BUILD)/ref32/%.o: ref/%.c $(HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(REF_FLAGS) -DGOLDSTEP_REAL_FLOAT -c $< -o $@

.PHONY: clean
clean: ## remove all that was built
	rm -rf $(BUILD)
