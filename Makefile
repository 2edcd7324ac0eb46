# keogiam: `make` builds build/keogiam; `make help` names the rest.
# A flavour is one way to compile everything, under build/FLAVOUR: gcc (what is shipped), clang,
# and san (gcc with the address and undefined-behaviour sanitizers, what the tests run).

VERSION := 0.1.0
FLAVOUR := gcc
PREFIX  := /usr/local

CC_gcc   := gcc
CC_clang := clang
CC_san   := gcc
CC       := $(CC_$(FLAVOUR))
ifeq ($(CC),)
$(error FLAVOUR=$(FLAVOUR): say gcc, clang or san)
endif

SAN_san  := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
SAN      := $(SAN_$(FLAVOUR))
WARNINGS := -Wall -Wextra -Werror -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wformat=2
# That clang leaves a loop scalar that gcc makes vectors of is no fault of the code.
WARNINGS_clang := -Wno-pass-failed
THREADS  := -pthread -fopenmp
CFLAGS   := -std=c11 -O2 -g $(WARNINGS) $(WARNINGS_$(FLAVOUR)) -Isrc \
            -DKEOGIAM_VERSION='"$(VERSION)"' $(THREADS) $(SAN)
LDFLAGS  := -Wl,--as-needed $(THREADS) $(SAN)
LDLIBS   := -lgsl -lgslcblas -lsqlite3 -lcsv -lutf8proc -ljansson -lxlsxwriter -lzip -lexpat \
            -lsodium -lm
# What is not ISO C lives in src/sys/ alone; tests may use it to make files and processes.
POSIX    := -D_POSIX_C_SOURCE=200809L

OUT      := build/$(FLAVOUR)
LIBRARY  := $(OUT)/libkeogiam.a
PROGRAM  := $(OUT)/keogiam
MAIN     := src/cli/main.c
BUILTIN  := build/gen/builtin.c
SOURCES  := $(sort $(shell find src -name '*.c'))
TESTS    := $(sort $(wildcard tests/test_*.c))
OBJECTS  := $(patsubst %.c,$(OUT)/%.o,$(filter-out $(MAIN),$(SOURCES)) $(BUILTIN))
TEST_PROGRAMS := $(patsubst tests/%.c,$(OUT)/tests/%,$(TESTS))

.PHONY: all program tests demo check golden plots bench install clean help force
.DELETE_ON_ERROR:
.SECONDARY:

# A line for each file made; V=1 shows the commands themselves.
SAY = @echo '$(CC) $@';
ifdef V
SAY =
endif

all: build/keogiam

help:
	@echo 'make            build/keogiam'
	@echo 'make demo       the main job on the shipped data, into plots/ (make plots: the same)'
	@echo 'make check      every test; closes with: N passed, N failed'
	@echo 'make golden     writes expected outputs of tests/golden and the README anew: read git diff'
	@echo 'make bench      the speed goals, as ratios to the sqlite3 shell and to R where it is'
	@echo 'make install    PREFIX=$(PREFIX), with shell completion; DESTDIR is heeded'
	@echo 'make clean      removes build/'
	@echo 'FLAVOUR=gcc|clang|san with program or tests: build that one under build/FLAVOUR'

build/keogiam: build/gcc/keogiam
	@cp -f $< $@

ifneq ($(FLAVOUR),gcc)
build/gcc/keogiam: force
	$(MAKE) FLAVOUR=gcc program
endif

program: $(PROGRAM)
tests: $(TEST_PROGRAMS)

$(PROGRAM): $(OUT)/$(MAIN:.c=.o) $(LIBRARY)
	$(SAY)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Made anew each time, so that the object of a source that is gone does not live on in it.
$(LIBRARY): $(OBJECTS) $(OUT)/sources.list
	@rm -f $@
	@ar rcs $@ $(OBJECTS)

$(OUT)/tests/%: $(OUT)/tests/%.o $(LIBRARY)
	$(SAY)$(CC) $(LDFLAGS) -o $@ $^ -lcmocka $(LDLIBS)

$(OUT)/%.o: %.c $(OUT)/flags.list
	@mkdir -p $(@D)
	$(SAY)$(CC) $(CFLAGS) $(if $(filter src/sys/% tests/%,$<),$(POSIX)) -MMD -MP -c -o $@ $<

# Files that change only when what they hold does: whoever depends on them is rebuilt then.
$(OUT)/flags.list:   HELD = $(CC) $(CFLAGS) $(POSIX)
$(OUT)/sources.list: HELD = $(OBJECTS)
$(OUT)/flags.list $(OUT)/sources.list: force
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(HELD))' | cmp -s - $@ || \
	    printf '%s\n' '$(subst ','\'',$(HELD))' > $@

# The folder is a prerequisite too: a file taken away changes only the folder's time.
# What init loads, and with --demo the district's files too.
BUILTIN_FILES := $(sort $(wildcard datasets/builtin/*.csv datasets/thapmuoi/*.csv) \
                 datasets/builtin/letterhead.txt datasets/thapmuoi/boundaries.geojson)
$(BUILTIN): scripts/embed $(BUILTIN_FILES) $(wildcard datasets/builtin) Makefile
	@mkdir -p $(@D)
	@scripts/embed $(BUILTIN_FILES) > $@

demo plots: build/keogiam
	scripts/demo-run build/keogiam plots

check:
	+@MAKE='$(MAKE)' scripts/check-run

golden: build/keogiam
	scripts/golden --update
	scripts/readme --update

bench: build/keogiam
	scripts/bench build/keogiam
	scripts/bench-series
	scripts/bench-risk build/keogiam

install: build/keogiam
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/bash-completion/completions'
	install -m 755 build/keogiam '$(DESTDIR)$(PREFIX)/bin/keogiam'
	build/keogiam help --completion > build/completion.bash
	install -m 644 build/completion.bash \
	    '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/keogiam'

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(OUT)/$(MAIN:.c=.d) $(TEST_PROGRAMS:=.d)
