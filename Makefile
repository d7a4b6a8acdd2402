# Everything that is done with the project. `make run` and `make test` set up a bare machine.

SWIFT ?= swift
BINARY = .build/release/dossier

ifeq ($(shell uname -s),Linux)
# One file that runs where no Swift is installed; libedit's own libraries are named for the linker.
STATIC = -Xswiftc -static-executable -Xlinker -lbsd -Xlinker -ltinfo -Xlinker -lmd
endif

# The C library, with the Swift runtime inside and nothing exported but dossier.h.
LIBRARY = -c release --scratch-path .build/lib --product CDossier
ifeq ($(shell uname -s),Linux)
LIBRARY += -Xswiftc -static-stdlib -Xlinker --strip-debug -Xlinker -soname=$(SHARED) \
  -Xlinker --version-script=$(CURDIR)/Sources/CDossier/dossier.map
BUILT = .build/lib/release/libCDossier.so
SHARED = libCDossier.so.1
LINK = libCDossier.so
else
BUILT = .build/lib/release/libCDossier.dylib
SHARED = libCDossier.1.dylib
LINK = libCDossier.dylib
endif
VERSION = $(shell sed -n 's/^public let dossierVersion = "\(.*\)"/\1/p' Sources/Dossier/Session.swift)
PREFIX ?= /usr/local
TO = $(DESTDIR)$(PREFIX)

# The suites whose properties are tried on a number of cases.
PROPERTIES = $(shell grep -rl 'Cases\.some' Tests --include='*Tests.swift' \
  | xargs -n1 basename | sed 's/\.swift$$//' | sort | paste -sd'|' -)
FULL = -c release --scratch-path .build/full -Xswiftc -enable-testing

.PHONY: build lib install install-lib run test test-full test-screen test-lib lint format manual bench peers clean libedit

## The program, for release: .build/release/dossier
build: libedit
	$(SWIFT) build -c release --product dossier $(STATIC)

## The C library, for release: .build/lib/release/libCDossier.so
lib:
	$(SWIFT) build $(LIBRARY)

## Program, manual, completions and library below PREFIX (/usr/local); DESTDIR goes before it
install: build install-lib
	install -d $(TO)/bin $(TO)/share/man/man1 $(TO)/share/bash-completion/completions \
	  $(TO)/share/zsh/site-functions $(TO)/share/fish/vendor_completions.d
	install -m 755 $(BINARY) $(TO)/bin/dossier
	install -m 644 dossier.1 $(TO)/share/man/man1/dossier.1
	install -m 644 completions/dossier.bash $(TO)/share/bash-completion/completions/dossier
	install -m 644 completions/_dossier $(TO)/share/zsh/site-functions/_dossier
	install -m 644 completions/dossier.fish $(TO)/share/fish/vendor_completions.d/dossier.fish

## Of that the header, the library and its pkg-config file
install-lib: lib
	install -d $(TO)/include $(TO)/lib/pkgconfig
	install -m 644 Sources/CDossier/include/dossier.h $(TO)/include/dossier.h
	install -m 755 $(BUILT) $(TO)/lib/$(SHARED)
	ln -sf $(SHARED) $(TO)/lib/$(LINK)
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' Sources/CDossier/dossier.pc.in \
	  > $(TO)/lib/pkgconfig/dossier.pc

## The prompt on a terminal, else the tour
run: build
	@if [ -t 0 ] && [ -t 1 ]; then exec $(BINARY); else exec $(BINARY) examples/tour.q; fi

## All tests, with the program built for them; of the cases of a property a tenth
test: libedit peers
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

## The properties on all their cases, built for release
test-full: libedit peers
	$(SWIFT) build --build-tests $(FULL)
	CASES=full $(SWIFT) test --skip-build $(FULL) --filter '\.($(PROPERTIES))/'

## What a terminal shows of a session: cells, colours and the cursor, as another program sees them
test-screen: libedit
	@.build/screen/bin/python -c 'import pexpect, pyte' 2>/dev/null \
	|| { python3 -m venv .build/screen && .build/screen/bin/pip install --quiet pexpect pyte; } >&2 \
	|| { echo "not run: pexpect and pyte can't be had here"; exit 1; }
	$(SWIFT) build --product dossier
	.build/screen/bin/python Tests/Screen/screen.py .build/debug/dossier

## The C library as it is installed: what it exports and needs, without an environment, under valgrind
test-lib:
	rm -rf .build/installed
	$(MAKE) install-lib PREFIX=$(CURDIR)/.build/installed DESTDIR=
	Tests/Library/library.sh .build/installed

## The style of every Swift file
lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks examples

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks examples

## dossier.1 and the completions of shells, as the program is now
manual:
	$(SWIFT) build --build-tests
	RECORD=1 $(SWIFT) test --skip-build --filter ManualTests >/dev/null || true
	$(SWIFT) test --skip-build --filter ManualTests

## Ratios against other tools, measured in one run
bench: build peers
	Benchmarks/run

## From PyPI, with which tests and benchmarks compare: DuckDB, and for the Python module pyarrow and
## pandas; what can't be had they name as skipped
peers:
	@.build/peers/bin/python -c 'import duckdb' 2>/dev/null \
	|| { python3 -m venv .build/peers && .build/peers/bin/pip install --quiet duckdb; } >&2 \
	|| echo "DuckDB can't be had here"
	@.build/peers/bin/python -c 'import pandas, pyarrow' 2>/dev/null \
	|| .build/peers/bin/pip install --quiet pandas pyarrow >&2 \
	|| echo "pyarrow and pandas can't be had here"

clean:
	rm -rf .build Benchmarks/.build

# Installs libedit's headers where they are missing and it can, else says what to type.
libedit:
	@if printf '#include <histedit.h>\n' | cc -E -x c - >/dev/null 2>&1; then :; \
	elif ! command -v apt-get >/dev/null; then \
	  echo "libedit is missing: install its development package (libedit-devel, libedit-dev)"; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && apt-get install -y -qq libedit-dev; \
	elif sudo -n true 2>/dev/null; then \
	  sudo apt-get update -qq && sudo apt-get install -y -qq libedit-dev; \
	else echo "libedit is missing: sudo apt-get install libedit-dev"; exit 1; fi
