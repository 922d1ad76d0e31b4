# Everything a person or a machine does with this checkout. `make` alone lists the targets.
# All set-up goes into .venv; uv is used where it is installed, pip where it is not.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
SHARED ?= ../shared
NATIVE := $(wildcard src/chrestomathy/native/*.c src/chrestomathy/native/*.h)
CC ?= cc
export CHRESTOMATHY = $(CURDIR)/$(BIN)/chrestomathy

ifdef UV
install = $(UV) pip install -q --python $(BIN)/python --constraint constraints.txt
else
install = $(BIN)/python -m pip install -q --disable-pip-version-check --constraint constraints.txt
endif

.PHONY: help setup demo test test-all check sanitize fix evaluate causes unseen bench reliability glosses case docs train-grade train-lift lock release clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …" >&2; exit 2; }
ifdef UV
	$(UV) venv -q --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV)
else
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"
endif

$(VENV)/.core: $(BIN)/python pyproject.toml constraints.txt hatch_build.py $(NATIVE)
	$(install) -e .
	@touch $@

$(VENV)/.demo: $(VENV)/.core
	$(install) -e ".[demo,glosses]"
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	$(install) --group dev
	@touch $@

$(VENV)/.train: $(VENV)/.dev
	$(install) --group train
	@touch $@

setup: $(VENV)/.dev $(VENV)/.demo ## a virtual environment with everything for developing

demo: $(VENV)/.demo ## check the quotations in 249 addresses and make a reader of them
	$(BIN)/chrestomathy demo

test: $(VENV)/.dev ## the tests that need Python alone; what needs more is skipped, with the reason
	$(BIN)/python -m pytest -q -n auto -m "not slow" -rs

test-all: $(VENV)/.dev $(VENV)/.demo ## every check and test, nothing skipped
	$(MAKE) check
	CHRESTOMATHY_SKIP=never $(BIN)/python -m pytest -q -n auto -rs

check: $(VENV)/.dev ## format, lint, types, layers, stale documents
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python docs/write.py --check

fix: $(VENV)/.dev ## mend what can be mended by machine
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

sanitize: $(VENV)/.dev ## the tests of the C library, with every access to memory checked
	mkdir -p build
	$(BIN)/python -c "import pathlib, hatch_build, sys; \
	  hatch_build.compile_library(pathlib.Path('build/sanitized.so'), *sys.argv[1:])" \
	  -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
	LD_PRELOAD="$$($(CC) -print-file-name=libasan.so) $$($(CC) -print-file-name=libstdc++.so)" \
	  ASAN_OPTIONS=detect_leaks=0 CHRESTOMATHY_NATIVE=$(CURDIR)/build/sanitized.so \
	  $(BIN)/python -m pytest -q -m "not slow" tests/native tests/trace tests/lift/test_tagger.py \
	    tests/textkit/test_sentences.py

evaluate: $(VENV)/.dev $(VENV)/.demo ## measure every stage on the labelled data, write docs/evaluation.md
	$(BIN)/python benchmarks/evaluate.py --shared $(SHARED)

causes: $(VENV)/.dev ## sort by cause what LIFT gets wrong on the labelled data, in docs/heuristics.md
	$(BIN)/python benchmarks/causes.py --shared $(SHARED)

unseen: $(VENV)/.dev ## measure LIFT on pages written without knowledge of it, in docs/heuristics.md
	$(BIN)/python benchmarks/unseen.py

bench: $(VENV)/.dev $(VENV)/.demo ## time every stage and seven peers, write docs/benchmarks.md
	$(BIN)/python benchmarks/bench.py

bench-read: $(VENV)/.dev ## hold the HTML reader against two others, write docs/benchmarks-read.md; SET=FOLDER for a labelled set
	$(install) --group bench-read
	$(BIN)/python benchmarks/read.py $(SET)

attacks: $(VENV)/.dev ## attack every reader, write the table in docs/reliability.md
	$(BIN)/python benchmarks/attacks.py

FUZZ_SECONDS ?= 600
fuzz-read: $(VENV)/.dev ## feed damaged files to every reader for FUZZ_SECONDS
	-$(install) atheris==3.0.0
	$(BIN)/python tests/read/fuzzing.py --seconds $(FUZZ_SECONDS)

reliability: $(VENV)/.dev ## kill writers and damage files 4,000 times, write docs/reliability.md
	$(BIN)/python benchmarks/reliability.py

glosses: $(VENV)/.dev $(VENV)/.demo ## measure how many words installed dictionaries explain, write docs/glosses.md
	$(BIN)/python benchmarks/glosses.py

case: $(VENV)/.dev $(VENV)/.demo ## check the addresses, write the figures of docs/case-addresses.md and five reports
	$(BIN)/python docs/case.py

docs: $(VENV)/.dev ## write the documents that come from code: docs/cli.md
	$(BIN)/python docs/write.py

train-grade: $(VENV)/.train ## train the level model, the same bytes each time
	$(BIN)/python training/grade/train.py --data $(SHARED)/data/teach

train-lift: $(VENV)/.train ## train the tagger of reported speech, the same bytes each time
	$(BIN)/python training/lift/train.py

lock: $(BIN)/python ## pin every dependency anew in constraints.txt
	uv pip compile -q --universal --no-header --no-annotate --all-extras --group dev --group train --group bench-read \
	  --python-version 3.11 pyproject.toml -o constraints.txt

release: $(VENV)/.dev ## build the wheel and try it in an environment of its own
	rm -rf dist build/wheel
	$(install) build
	$(BIN)/python -m build -q
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install -q --disable-pip-version-check -c constraints.txt dist/*.whl
	build/wheel/bin/chrestomathy --version

clean: ## remove what was built
	rm -rf $(VENV) build dist chrestomathy-demo
