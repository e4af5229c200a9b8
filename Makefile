# What people type. `make help` explains; every target may be repeated and then touches nothing that is in place.

SHELL    := /bin/sh
STATION  ?= demo
VENV     := .venv
BIN      := $(VENV)/bin
# The machine's python3 where it is 3.11, else the one that is called so.
PYTHON   ?= $(shell python3 -c 'import sys; print("python3" if sys.version_info[:2] == (3, 11) else "python3.11")' 2>/dev/null || echo python3.11)
PIP      := $(BIN)/pip install -qq --disable-pip-version-check --constraint config/constraints.txt
# A plain path entry: the import hook of the default mode costs every start some 20 ms.
EDITABLE := --config-settings editable_mode=compat --editable
WANTED   := pyproject.toml config/constraints.txt
FACES    := build/fonts/coverage.json
WORDS    := build/writing/made-from
# Tests that mostly wait, for devices and for processes: they run beside the screens', which need the processors, and the others.
DEVICES  := tests/conformance tests/drivers tests/faults tests/fuzz tests/ops tests/courier tests/year
# Ends the program when make itself is ended, by whatever means.
TIED     := setpriv --pdeathsig TERM

.DEFAULT_GOAL := help
.PHONY: help install cards run demo test bench visits gallery faults cycles fuzz year constraints clean packages packages-test packages-bench packages-cards
.DELETE_ON_ERROR:

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: packages $(VENV)/.run $(FACES) $(WORDS)  ## set up: Debian packages, .venv, Chinese typefaces and dictionaries

cards: install packages-cards $(VENV)/.cards  ## also set up readers for social-security cards (compiles pyscard)

run: install  ## open the kiosk on simulated devices (STATION=demo); in a browser where there is no display
	@$(TIED) $(BIN)/kiosk run --station $(STATION) --simulate

demo: install  ## play one resident's whole visit; pictures in build/demo
	@$(TIED) $(BIN)/kiosk demo

test: install packages-test $(VENV)/.test  ## style, types, import rules, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/pytest -q --basetemp build/test-screens tests/screens > build/test-screens.log 2>&1 & screens=$$!; \
	$(BIN)/pytest -q $(DEVICES) > build/test-devices.log 2>&1 & devices=$$!; \
	$(BIN)/pytest --basetemp build/test-others --ignore=tests/screens $(DEVICES:%=--ignore=%); others=$$?; \
	wait $$screens; drawn=$$?; wait $$devices; driven=$$?; \
	cat build/test-screens.log build/test-devices.log; exit $$((others | drawn | driven))

bench: install packages-bench $(VENV)/.test  ## speed and memory against yardsticks of the same run
	$(TIED) $(BIN)/python -m tests.bench

visits: install packages-test $(VENV)/.test  ## play whole visits as different people make them; pictures in build/visits
	$(TIED) $(BIN)/python -m tests.visits

gallery: install packages-test $(VENV)/.test  ## draw every screen in every way, measure and grade it; report in build/gallery
	$(TIED) $(BIN)/python -m screens.gallery

faults: install packages-test $(VENV)/.test  ## play every fault of every device at every moment of a visit, and of handing in
	$(TIED) $(BIN)/python -m tests.faults
	$(TIED) $(BIN)/python -m tests.faults.submit --rounds 10000

cycles: install packages-test $(VENV)/.test  ## pull every serial device out and put it back 1,000 times
	$(TIED) $(BIN)/python -m tests.faults.cycles

fuzz: install packages-test $(VENV)/.test  ## 1,000,000 changed inputs for everything that reads foreign bytes
	$(TIED) $(BIN)/python -m tests.fuzz

year: install packages-test $(VENV)/.test  ## replay the 3,807 cases of 2019 through the real API, and ten times as many
	$(TIED) $(BIN)/python -m tests.year

constraints: $(VENV)/.test  ## write down the versions that are in .venv now
	@mkdir -p build
	{ sed -n '/^#/p' config/constraints.txt; $(BIN)/pip freeze --exclude-editable; } > build/constraints.txt
	mv build/constraints.txt config/constraints.txt
	@touch $(VENV)/.run $(VENV)/.test

clean:  ## remove what was made here (.venv, build, caches)
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find kiosk devices screens tests -name __pycache__ -type d -prune -exec rm -rf {} +

packages:
	@config/system/install.sh run

packages-test:
	@config/system/install.sh test cards

packages-bench:
	@config/system/install.sh test cards bench

packages-cards:
	@config/system/install.sh cards

$(VENV)/bin/python: | packages
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed and there is none; install it, or say make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(WANTED) | $(VENV)/bin/python
	@echo "Installing Python packages into $(VENV)"
	$(PIP) $(EDITABLE) '.[approval,camera]'
	@$(BIN)/python -m compileall -q kiosk devices screens
	@touch $@

$(VENV)/.test: $(VENV)/.run
	$(PIP) $(EDITABLE) '.[approval,camera,cards,test]'
	@touch $@

$(VENV)/.cards: $(VENV)/.run
	$(PIP) $(EDITABLE) '.[approval,cards]'
	@touch $@

$(FACES): $(VENV)/.run
	$(BIN)/kiosk fonts
	@touch $@

$(WORDS): $(VENV)/.run $(wildcard config/places/* config/writing/* config/writing/rime/* config/catalogue/* kiosk/writing/*.py)
	$(BIN)/kiosk dictionaries
	@touch $@
