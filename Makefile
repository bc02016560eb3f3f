# Every recipe that people, hooks and CI use. `make help` lists them.
# VENV may point to an environment that exists already; nothing is then installed.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
EXTRAS := link,estimate
PATHS := src tests tools bench
NICE_TESTS := -n 2 --dist loadscope
k ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check fix spark gates books docs story regild bench lock clean

help:  ## list the recipes
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# An environment of your own (VENV=...) is used as it is; nothing is installed into it.
OWN := $(filter-out .venv,$(VENV))

$(VENV)/.ready: pyproject.toml constraints.txt
ifeq ($(OWN),)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --upgrade "pip>=25.1"
	@$(PIP) install --quiet --constraint constraints.txt --editable ".[$(EXTRAS)]"
endif
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
ifeq ($(OWN),)
	@$(PIP) install --quiet --constraint constraints.txt --editable ".[$(EXTRAS)]" --group dev
endif
	@touch $@

$(VENV)/.ready-spark: $(VENV)/.ready-dev
ifeq ($(OWN),)
	@$(PIP) install --quiet --constraint constraints.txt --editable ".[$(EXTRAS),spark]" \
		&& touch $@ || echo "pyspark could not be installed; what needs it will be skipped."
endif

demo: $(VENV)/.ready  ## build the coast case and say where its report lies
	@$(BIN)/tallystick demo

test: $(VENV)/.ready-dev  ## run every test but the gates (make test k=words chooses)
	@$(BIN)/python -m pytest $(NICE_TESTS) -m "not gate" $(if $(k),-k "$(k)") tests

check: $(VENV)/.ready-dev  ## format, lint, types, walls, quick tests: before every commit
	@$(BIN)/ruff format --check --quiet $(PATHS)
	@$(BIN)/ruff check --quiet $(PATHS)
	@$(BIN)/codespell src tests tools bench docs *.md
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -q $(NICE_TESTS) -m "not slow and not gate" tests

fix: $(VENV)/.ready-dev  ## format and mend what the linter can mend
	@$(BIN)/ruff check --fix --quiet $(PATHS); $(BIN)/ruff format --quiet $(PATHS)

spark: $(VENV)/.ready-spark  ## the tests that need Spark and Java (else skipped, saying so)
	@$(BIN)/python -m pytest -m spark tests

gates: $(VENV)/.ready-dev  ## accuracy and speed floors on the measuring data (TALLYSTICK_DATA)
	@$(BIN)/python -m pytest -m gate $(if $(k),-k "$(k)") tests

books: $(VENV)/.ready-dev  ## 2,000 random books against the model cell by cell, and each law (k=part03: a slice)
	@TALLYSTICK_BOOKS=$${TALLYSTICK_BOOKS:-2000} $(BIN)/python -m pytest -q -n 2 --dist worksteal $(if $(k),-k "$(k)") \
		tests/reckoning/test_brute.py tests/reckoning/test_contradictions.py tests/reckoning/test_laws.py \
		tests/reckoning/test_named_laws.py

story: $(VENV)/.ready-dev  ## the coast case and the founding article
	@$(BIN)/python -m pytest tests/story

regild: $(VENV)/.ready-dev  ## rewrite the golden files; review the difference
	@TALLYSTICK_REGILD=1 $(BIN)/python -m pytest -q tests/publishing tests/house

docs: $(VENV)/.ready-dev  ## rewrite the pages that are made from code and data
	@$(BIN)/python tools/build_docs.py && $(BIN)/python tools/build_term_pages.py

bench: $(VENV)/.ready-dev  ## ratios against a reference in the same run
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

lock:  ## resolve the dependencies anew (needs uv)
	@uv lock --quiet && uv export --quiet --frozen --no-hashes --no-emit-project --no-header \
		--all-extras --all-groups --output-file constraints.txt

clean:  ## remove what the recipes made
	@rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .pytest_cache dist build
