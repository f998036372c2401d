# odjek: every command a contributor needs. `make` alone lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

.DEFAULT_GOAL := help
.PHONY: help install demo test month lint check format bench lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "odjek needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@echo "installing into $(VENV): about a minute …"
	@$(PYTHON) -m venv $(VENV)

# A stamp per lock file: nothing is installed again unless the lock or the package's own metadata changed.
$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

install: $(VENV)/.installed ## install odjek into .venv, pinned and hashed

demo: $(VENV)/.installed ## the whole job on the invented newsroom; leaves data/demo/
	@$(BIN)/odjek --data data/demo run --demo

test: $(VENV)/.installed-dev ## the whole test suite
	@$(BIN)/python -m pytest -n auto --dist loadfile

month: $(VENV)/.installed-dev ## crawl a simulated month of 40 outlets; `make test` crawls its first week
	@ODJEK_MONTH_NIGHTS=30 $(BIN)/python -m pytest tests/month

lint: $(VENV)/.installed-dev ## format, lint and types only
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

check: lint test ## format, lint, types, tests; warnings are errors

format: $(VENV)/.installed-dev ## rewrite the code in the project's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-dev ## the measurements of docs/benchmarks.md
	@$(BIN)/python -m benchmarks

lock: $(VENV)/.installed-dev ## pin the newest allowed versions again, with hashes and no addresses
	@$(PIP) install uv
	@$(BIN)/uv pip compile pyproject.toml packaging-tools.in --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --upgrade --output-file requirements.txt
	@$(BIN)/uv pip compile pyproject.toml packaging-tools.in --extra dev --extra bench --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade --output-file requirements-dev.txt

clean: ## remove what the commands above made, except data/
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
