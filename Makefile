# make run: a fresh demo register on http://127.0.0.1:8000 (PORT=… to change) · make test: everything

PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
PY = $(BIN)/python
INSTALLED = .venv/installed

.PHONY: run test check bench bench-pages conform mine screenshots walk messages .venv
.NOTPARALLEL:

run: .venv
	@$(BIN)/exemplar demo --serve --port $(PORT)

test: .venv
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .venv
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: .venv
	@$(PY) benchmarks/bench.py

# What pages and the yearly report cost on 100,000 candidates, kept in .bench once made (3 minutes).
bench-pages: .venv
	@PYTHONPATH=benchmarks $(PY) benchmarks/pages.py $(PAGES)

# A million random steps on all cores, each compared with a second telling of the rules.
walk: .venv
	@PYTHONPATH=tests $(PY) -m walk $(WALK)

# The API against its documents, each operation with so many requests (REQUESTS=… to change).
conform: .venv
	@EXEMPLAR_CONFORMANCE=$(or $(REQUESTS),30) $(PY) -m pytest -n 0 tests/test_conformance.py

# Our event logs read by PM4Py: what it discovers is the workflow.
mine: .venv
	@$(PY) -m pip install -qq --disable-pip-version-check --editable '.[mining]'
	@PYTHONPATH=tests $(PY) -m mine

screenshots: .venv
	@$(PY) tests/screenshots.py

messages: .venv
	@$(PY) tests/messages.py

.venv: $(INSTALLED)

# Installed once, and again when setup.cfg names other libraries.
$(INSTALLED): setup.cfg
	@echo "Installing into .venv (first time: about a minute)"
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install -qq --disable-pip-version-check --editable '.[dev]'
	@touch $(INSTALLED)
