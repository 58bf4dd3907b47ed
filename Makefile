# Two commands do all the set-up: `make figures` and `make test`.
# Neither needs Graphviz or fonts on the machine.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: figures test bench fuzz lint clean

figures: $(INSTALLED)
	$(BIN)/podviz render specs -o output -f svg,png,txt
	$(BIN)/podviz rules --gallery output/rules

test: $(INSTALLED) lint
	$(BIN)/pytest

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(INSTALLED)
	$(BIN)/python tools/bench.py

fuzz: $(INSTALLED)
	$(BIN)/python tools/fuzz.py

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info
