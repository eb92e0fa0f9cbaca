# make graph   builds the graph of examples/ and says where the page is
# make test    all tests           make check   format, lint, types, layers, fast tests
# make model   learns kg/models/relations.json anew from the data sets in BENCH (see its card)
PYTHON ?= python3
BIN := .venv/bin

BENCH ?= ../shared/bench

.PHONY: graph test check format model clean

graph: .venv/ready
	$(BIN)/kg build examples/ecuador -o output

test: .venv/ready
	$(BIN)/pytest -n 2 --dist loadfile

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kg ontology --check
	$(BIN)/pytest -m "not slow and not browser"

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

model: .venv/ready
	mkdir -p build
	$(BIN)/python benchmarks/convert_knowledgenet.py $(BENCH)/knowledgenet/folds1-3.jsonl > build/knowledgenet.jsonl
	$(BIN)/python benchmarks/convert_redocred.py $(BENCH)/redocred/dev.json > build/redocred.jsonl
	$(BIN)/python benchmarks/convert_text2kgbench.py $(BENCH)/text2kgbench/ont_8_politics_train.jsonl > build/text2kgbench.jsonl
	$(BIN)/kg train build/knowledgenet.jsonl build/redocred.jsonl build/text2kgbench.jsonl -o kg/models/relations.json \
		--candidate memberOf --candidate affiliatedWith

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("kg needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
