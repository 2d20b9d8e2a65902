# `make run` shows the registry; `make test` tests the tool. Each sets up .venv by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What makes it fast is compiled, and left out where there is no wheel of it.
FAST := $(PIP) install --constraint constraints.txt --only-binary google-re2,jsonschema-rs

.PHONY: run test check-all docs catalogue bench fuzz clean
.DELETE_ON_ERROR:

run: $(VENV)/run.stamp
	@status=0; for command in check weights table; do \
	    echo "\$$ targets $$command"; $(BIN)/targets $$command || status=1; echo; \
	done; exit $$status

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest

# Everything that guards the repository; .ci/run calls it.
check-all: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/upkeep/catalogue.py --check
	$(BIN)/python tools/upkeep/readme.py --check
	$(BIN)/zizmor --offline --quiet .

# Write the generated parts of the documents, and the translations, anew.
docs: $(VENV)/dev.stamp
	$(BIN)/python tools/upkeep/readme.py

# Measure against what the goals name; the ratios of one run are what counts.
bench: $(VENV)/dev.stamp
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.small
	@$(BIN)/python -m benchmarks.revisions
	@$(BIN)/python -m benchmarks.forms

# Look for what breaks the reader, the import and the comparison; SECONDS are shared by the three.
SECONDS := 3600
SEED := 0
fuzz: $(VENV)/dev.stamp
	@$(PIP) install --constraint constraints.txt --only-binary atheris --editable '.[fast,dev,fuzz]' || true
	@if $(BIN)/python -c 'import atheris' 2>/dev/null; then \
	    status=0; for name in reader imports diff; do \
	        $(BIN)/python -m fuzz $$name --seconds $$(($(SECONDS) / 3)) --seed $(SEED) || status=1; \
	    done; exit $$status; \
	else echo 'no fuzzing: atheris has no wheel for this Python or this machine'; fi

catalogue: $(VENV)/dev.stamp
	$(BIN)/python tools/upkeep/catalogue.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; name one with: make PYTHON=python3.11 ...") if sys.version_info < (3, 11) else 0'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(FAST) --editable '.[fast]' 2>/dev/null || $(PIP) install --constraint constraints.txt --editable .
	@$(BIN)/python -m compileall -q tools/target_registry
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(FAST) --editable '.[fast,dev]' 2>/dev/null || $(PIP) install --constraint constraints.txt --editable '.[dev]'
	@$(BIN)/python -m compileall -q tools/target_registry
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) benchmarks/.peers build dist
