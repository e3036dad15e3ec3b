# One door for every chore. Needs only make and Python >= 3.11; everything else goes into .venv.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000

.PHONY: run test check bench install clean

# the newest Python of the machine that is new enough
FIND_PYTHON = for p in "$(PYTHON)" python3.13 python3.12 python3.11; do \
  if command -v "$$p" >/dev/null 2>&1 && "$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; \
  then echo "$$p"; break; fi; done

$(BIN)/python:
	@p=$$($(FIND_PYTHON)); \
	if [ -z "$$p" ]; then echo "allied-ssa needs Python 3.11, 3.12 or 3.13; install one or say PYTHON=/path/to/python3" >&2; exit 2; fi; \
	echo "Making $(VENV) with $$($$p --version)"; "$$p" -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python pyproject.toml constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --constraint constraints.txt hatchling editables setuptools
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --prefer-binary --no-build-isolation --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --prefer-binary --no-build-isolation --constraint constraints.txt --editable '.[test,space-track]'
	@touch $@

install: $(VENV)/.installed

# Fill an empty database (CelesTrak when it answers, else the simulated catalogue), warm the kernels, serve.
run: $(VENV)/.installed
	@$(BIN)/ssa serve --host $(HOST) --port $(PORT) --prepare

test: $(VENV)/.installed-test
	@PYTHON=$(BIN)/python sh tests/run_all.sh

check: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Beside other programs, on the simulated catalogue or on CATALOGUE=path; figures go to benchmarks.json.
bench: $(VENV)/.installed-test
	@test -x .venv-bench/bin/python || $(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --prefer-binary --constraint constraints.txt --editable '.[test,benchmark]'
	.venv-bench/bin/python -m tests.benchmarks.propagation $(CATALOGUE)
	.venv-bench/bin/python -m tests.benchmarks.passes_of_a_catalogue $(CATALOGUE)
	.venv-bench/bin/python -m tests.benchmarks.coverage_maps
	.venv-bench/bin/python -m tests.benchmarks.coverage_accesses $(CATALOGUE)
	.venv-bench/bin/python -m tests.benchmarks.coverage_of_europe
	.venv-bench/bin/python -m tests.benchmarks.navigation
	.venv-bench/bin/python -m tests.benchmarks.frames
	.venv-bench/bin/python -m tests.benchmarks.screening $(CATALOGUE)
	.venv-bench/bin/python -m tests.benchmarks.debris_rates
	.venv-bench/bin/python -m tests.benchmarks.collision_probability
	.venv-bench/bin/python -m tests.benchmarks.alerts

clean:
	rm -rf $(VENV) .venv-bench build dist *.egg-info
