# The second opinion: the oracle's exact reading against Arb and GMP's rational numbers.

SECOND := $(patsubst tests/%.c,$(BUILD)/tests/%.o,$(wildcard tests/second/*.c))

$(BUILD)/tests/second/run: $(SECOND) $(OBJECTS)
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(CHECK_LIBS) -lflint-arb -lflint $(LIBS)

.PHONY: soak-second
soak-second: packages-test $(BUILD)/tests/second/run ## compare the oracle with Arb and rationals at many points (POINTS=, SEED=)
	GOLDSTEP_SECOND_POINTS=$(or $(POINTS),20000) GOLDSTEP_SECOND_SEED=$(or $(SEED),$$(date +%s)) $(BUILD)/tests/second/run
