# Everything runs in .venv, made from pyproject.toml on first use and again when that changes.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
# Each file of tests as a whole in one process, the long ones of the browser early.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: run test lint load bench clean

run: $(VENV)/.installed
	@$(BIN)/selector ui --port $(PORT)

test: $(VENV)/.tests-installed
	@$(BIN)/python tools/browser.py
	@$(BIN)/python tools/office.py
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE)

lint: $(VENV)/.tests-installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --verbose --no-logo 2>/dev/null || $(BIN)/lint-imports

load: $(VENV)/.tests-installed
	@$(BIN)/python -m tests.load.load
	@$(BIN)/python -m tests.load.rooms --people 200
	@$(BIN)/python -m tests.load.rooms --people 200 --postgres --servers 2
	@$(BIN)/python -m tests.load.rooms --people 1000 --limit 60000
	@$(BIN)/python -m tests.load.crashes --kills 20
	@$(BIN)/python -m tests.load.guesses --guesses 10000

bench: $(VENV)/.tests-installed
	@$(BIN)/python -m benchmarks

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Selector needs Python 3.11 or newer; set PYTHON=python3.x"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Selector into $(VENV) (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.tests-installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Selector and its test tools into $(VENV) (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .venv-peers build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
