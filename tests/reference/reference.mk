# The references against the oracle, and the reference's libm against MPFR, each in both number types.

$(BUILD)/tests/bindings: $(BUILD)/tests/reference/bindings.o $(OBJECTS)
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

$(BUILD)/tests/references.c: $(BUILD)/tests/bindings
	$< >$@.new
	mv $@.new $@

REFERENCE_FLAGS = $(REF_FLAGS) -Itests/reference
REFERENCE_TEST_FLAGS = $(ORACLE_FLAGS) $(CHECK_FLAGS) -Iref -Ispec -Itests/reference

$(BUILD)/tests/references64.o: $(BUILD)/tests/references.c
	$(CC) $(CFLAGS) $(REFERENCE_FLAGS) -c $< -o $@

$(BUILD)/tests/references32.o: $(BUILD)/tests/references.c
	$(CC) $(CFLAGS) $(REFERENCE_FLAGS) -DGOLDSTEP_REAL_FLOAT -c $< -o $@

$(BUILD)/tests/reference/%64.o: tests/reference/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(REFERENCE_TEST_FLAGS) -c $< -o $@

$(BUILD)/tests/reference/%32.o: tests/reference/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(REFERENCE_TEST_FLAGS) -DGOLDSTEP_REAL_FLOAT -c $< -o $@

$(BUILD)/tests/reference64 $(BUILD)/tests/reference32: \
    $(BUILD)/tests/reference%: $(BUILD)/tests/reference/test_reference%.o
$(BUILD)/tests/golden64 $(BUILD)/tests/golden32: $(BUILD)/tests/golden%: $(BUILD)/tests/reference/test_golden%.o

$(BUILD)/tests/reference64 $(BUILD)/tests/reference32 $(BUILD)/tests/golden64 $(BUILD)/tests/golden32:
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(CHECK_LIBS) $(LIBS)

REFERENCES64 = $(BUILD)/tests/references64.o $(REF:ref/%.c=$(BUILD)/ref64/%.o) $(OBJECTS)
REFERENCES32 = $(BUILD)/tests/references32.o $(REF:ref/%.c=$(BUILD)/ref32/%.o) $(OBJECTS)
$(BUILD)/tests/reference64 $(BUILD)/tests/golden64: $(REFERENCES64)
$(BUILD)/tests/reference32 $(BUILD)/tests/golden32: $(REFERENCES32)

$(BUILD)/tests/real64 $(BUILD)/tests/real32: $(BUILD)/tests/real%: $(BUILD)/tests/reference/test_real%.o
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(CHECK_LIBS) $(LIBS)

$(BUILD)/tests/real64: $(patsubst %,$(BUILD)/ref64/%.o,real compare vector)
$(BUILD)/tests/real32: $(patsubst %,$(BUILD)/ref32/%.o,real compare vector)
