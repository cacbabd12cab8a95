# make run     install what is missing, build, start the demo province
# make check   every test (ASan + UBSan); make check-unit, check-scenarios, check-api, check-web: a part
# make bench   ratios against what does the least; make fuzz: a minute for each fuzz target
# One test:    make build/asan/tests/base/test_arena && build/asan/tests/base/test_arena
#
# V=release (default), V=asan, V=fuzz choose the build; each has its own folder below build/.

V ?= release
B := build/$(V)

# A module may use those below it; each folder of src/ becomes one archive. tests/layers holds includes to it.
MODULES := base logic schema terms statechart task db store flow http api jobs main
uses_base       :=
uses_logic      := base
uses_schema     := base
uses_terms      := base
uses_statechart := base
uses_task       := base
uses_db         := task base
uses_store      := db task base
uses_flow       := store db task statechart terms schema logic base
uses_http       := task base
uses_api        := flow http store db task statechart terms schema logic base
uses_jobs       := flow store db task statechart terms schema logic base
uses_main       := api jobs http flow store db task statechart terms schema logic base

PKGS := libevent libevent_pthreads json-c libjwt libsodium libcurl libmariadb libcrypto libpcre2-8 libical
ifneq ($(shell command -v pkg-config),)
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
endif

CC := gcc
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror
CFLAGS := -std=gnu11 -g $(WARN) -Iinclude -D_GNU_SOURCE $(PKG_CFLAGS) -MMD -MP
LDLIBS := $(PKG_LIBS) -lm -lpthread
SAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

ifeq ($(V),asan)
CFLAGS += -O1 $(SAN)
LDFLAGS += $(SAN)
else ifeq ($(V),fuzz)
CC := clang
CFLAGS += -O1 $(SAN) -fsanitize=fuzzer-no-link
LDFLAGS += $(SAN)
else
CFLAGS += -O2 -Wframe-larger-than=8192 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDFLAGS += -pie -Wl,-z,relro,-z,now
endif

archives = $(foreach m,$(1) $(uses_$(1)),$(B)/$(m).a)
objects = $(patsubst src/%.c,$(B)/obj/%.o,$(sort $(wildcard src/$(1)/*.c)))

.PHONY: all
all: $(B)/lienthong

$(B)/lienthong: $(call archives,main)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

define module
$(B)/$(1).a: $(call objects,$(1))
	@mkdir -p $$(@D) && rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach m,$(MODULES),$(eval $(call module,$(m))))

$(B)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

# tests/unit/MODULE/test_SUBJECT.c stands on MODULE and what it uses, on nothing above.
UNIT := $(sort $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/*/test_*.c)))
define unit_test
$(1): tests/unit/$(patsubst $(B)/tests/%,%,$(1)).c $(call archives,$(patsubst %/,%,$(dir $(patsubst $(B)/tests/%,%,$(1)))))
	@mkdir -p $$(@D)
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -MF $$@.d -o $$@ $$< $$(filter %.a,$$^) $$(LDLIBS) -lcmocka
endef
$(foreach t,$(UNIT),$(eval $(call unit_test,$(t))))

# Each test says how many passed; one that fails does not keep the others from running.
.PHONY: check-unit run-unit
check-unit:
	@$(MAKE) --no-print-directory V=asan run-unit
run-unit: $(UNIT)
	@failed=0; for t in $(UNIT); do echo "== $$t"; $$t 2>&1 || failed=1; done; exit $$failed

# The half of flow that decides: it needs neither database nor tasks.
PURE_FLOW := $(patsubst src/%.c,$(B)/obj/%.o,$(shell grep -l '"flow_priv.h"' $$(grep -L '"flow_db.h"' src/flow/*.c))) \
	$(foreach m,terms statechart schema logic base,$(B)/$(m).a)

# Random steps over random machines (tests/soak): make soak STEPS=10000000
STEPS ?= 100000
$(B)/soak: $(wildcard tests/soak/*.c) $(wildcard tests/soak/*.h) $(call archives,statechart)
	$(CC) $(CFLAGS) $(LDFLAGS) -MF $@.d -o $@ $(filter %.c %.a,$^) $(LDLIBS)
.PHONY: soak
soak:
	@$(MAKE) --no-print-directory V=asan build/asan/soak
	ASAN_OPTIONS=quarantine_size_mb=16 build/asan/soak $(STEPS)

# Stories of the workflows (tests/scenarios/README.md).
SCENARIOS := $(sort $(wildcard tests/scenarios/*.scn))
$(B)/run-scenario: $(wildcard tests/scenarios/*.c) $(wildcard tests/scenarios/*.h) $(PURE_FLOW)
	$(CC) $(CFLAGS) $(LDFLAGS) -MF $@.d -o $@ $(filter %.c %.o %.a,$^) $(LDLIBS)

.PHONY: check-scenarios
check-scenarios: $(B)/run-scenario
	@$< --all . $(SCENARIOS)
	@RUNNER=$< node --test tests/scenarios/runner.test.mjs

# The ASan build on a MariaDB of its own (tests/api/harness.mjs).
.PHONY: check-api
check-api:
	@$(MAKE) --no-print-directory V=asan build/asan/lienthong
	node --test tests/api/*.test.mjs

# The engines against the conformance data, on random machines against XState 5, and against bad workflows (tests/corpus).
tests/differential/node_modules: tests/differential/package-lock.json
	npm ci --prefix tests/differential --no-audit --no-fund --loglevel=error
	@touch $@
.PHONY: check-engines
check-engines: tests/differential/node_modules
	@$(MAKE) --no-print-directory V=asan build/asan/lienthong
	node --test $(wildcard tests/conformance/*.test.mjs tests/corpus/*.test.mjs) tests/differential/differential.test.mjs

# The page in Chromium, on the same server; and its parts under Vitest.
web/node_modules: web/package-lock.json
	npm ci --prefix web --no-audit --no-fund --loglevel=error
	@touch $@
.PHONY: check-web
check-web: web/node_modules
	@$(MAKE) --no-print-directory V=asan build/asan/lienthong
	npm --prefix web run build
	npm --prefix web run check
	node --test tests/web/*.spec.mjs

.PHONY: check
check:
	tests/layers
	@$(MAKE) --no-print-directory check-unit
	@$(MAKE) --no-print-directory V=asan check-scenarios
	@$(MAKE) --no-print-directory soak
	@$(MAKE) --no-print-directory check-engines
	@$(MAKE) --no-print-directory check-api
	@$(MAKE) --no-print-directory check-web

# tests/fuzz/MODULE/fuzz_SUBJECT.c
FUZZ := $(sort $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/*/fuzz_*.c)))
define fuzz_target
$(1): tests/fuzz/$(patsubst $(B)/fuzz/%,%,$(1)).c $(call archives,$(patsubst %/,%,$(dir $(patsubst $(B)/fuzz/%,%,$(1)))))
	@mkdir -p $$(@D)
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -fsanitize=fuzzer -MF $$@.d -o $$@ $$< $$(filter %.a,$$^) $$(LDLIBS)
endef
$(foreach t,$(FUZZ),$(eval $(call fuzz_target,$(t))))

FUZZ_SECONDS ?= 60
.PHONY: fuzz run-fuzz
fuzz:
	@$(MAKE) --no-print-directory V=fuzz run-fuzz
run-fuzz: $(FUZZ)
	@cd $(B)/fuzz && for f in $(patsubst $(B)/fuzz/%,%,$(FUZZ)); do \
		mkdir -p corpus/$$f && echo "== $$f" && \
		./$$f -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -verbosity=0 -print_final_stats=1 corpus/$$f || exit 1; \
	done

# Against clients and servers that do the least (bench/); writes build/bench.json.
BENCH := $(patsubst bench/%.c,$(B)/bench/%,$(wildcard bench/*.c))
$(B)/bench/steps: $(call archives,statechart)
$(B)/bench/claims: $(call archives,store)
$(B)/bench/%: bench/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -MF $@.d -o $@ $< $(filter %.a,$^) $(LDLIBS)

.PHONY: bench bench-engine bench-mail bench-timers
bench-timers: $(B)/lienthong $(BENCH)
	@LIENTHONG=$(B)/lienthong BENCH_TOOLS=$(B)/bench node bench/timers.mjs
bench-mail: $(B)/lienthong $(BENCH)
	@LIENTHONG=$(B)/lienthong BENCH_TOOLS=$(B)/bench node bench/mail.mjs
bench-engine: $(B)/bench/steps tests/differential/node_modules
	@BENCH_TOOLS=$(B)/bench node bench/engine.mjs
bench: $(B)/lienthong $(BENCH) tests/differential/node_modules
	@LIENTHONG=$(B)/lienthong BENCH_TOOLS=$(B)/bench node bench/run.mjs

.PHONY: run
run:
	@PORT=$(PORT) scripts/run

.PHONY: clean
clean:
	rm -rf build

-include $(shell find $(B) -name '*.d' 2>/dev/null)
