# Every target sets up what it needs in .venv, with the machine's python3 (3.11 or newer).
PYTHON ?= python3
BIN := .venv/bin

.PHONY: report test lint docs pythons oldest pages bench fuzz clean

report: .venv/ready  ## the report of the two essays, in report/
	$(BIN)/argmap report maps -o report

test: lint tests/node/node_modules/.ready  ## everything that must hold, on all cores
	$(BIN)/pytest -n auto --dist loadfile

lint: .venv/dev  ## style, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

docs: .venv/dev  ## the documentation, strictly and without network, in docs/build/site/
	$(BIN)/python docs/make_pages.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict -f docs/mkdocs.yml

pythons:  ## install and run argmap on every Python from 3.11 up that is on this machine
	$(PYTHON) .ci/pythons.py

oldest:  ## the suite with the lowest versions that pyproject.toml allows, in .venv-oldest
	test -x .venv-oldest/bin/python || $(PYTHON) -m venv .venv-oldest
	$(PYTHON) .ci/oldest.py > .venv-oldest/constraints.txt
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check --constraint .venv-oldest/constraints.txt --editable '.[dev]'
	.venv-oldest/bin/pytest -n auto --dist loadfile

pages: .venv/dev  ## the pictures, schemas and tables that the project shows of itself
	$(BIN)/python -m tests.pages

bench: .venv/dev  ## timings, as ratios measured in one run
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check scipy  # networkx needs it for the edit distance
	$(BIN)/python -m tests.bench

fuzz: .venv/dev  ## mutated files against every reader, for a minute
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris  # guided where it can be had
	$(BIN)/python -m tests.fuzz.formats --seconds 60

clean:
	rm -rf .venv .venv-oldest report docs/build tests/node/node_modules

.venv/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "argmap needs Python 3.11 or newer: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# Other tools that the tests hold argmap against; without npm those tests skip, and say so.
tests/node/node_modules/.ready: tests/node/package.json
	if command -v npm >/dev/null; then cd tests/node && npm install --silent --no-audit --no-fund; else mkdir -p tests/node/node_modules; fi
	touch $@
