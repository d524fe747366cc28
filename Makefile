# The verbs of this repository. Everything happens inside .venv; nothing is installed elsewhere.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format model meaning coreference bench bench-language lock clean readers soak browser questions bench-serve

PYTHON ?= python3
BIN := .venv/bin
DEMO := build/demo
QUERIES := who-proposed-what what-outcome-followed who-said-what what-happened who-is-involved where-accounts-differ

help: ## Show this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

setup: .venv/.setup ## Make .venv with kg, its pinned dependencies and the developers' tools in it.

.venv/.setup: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "newskg needs Python 3.11 or newer; name one with: make setup PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
		|| { echo "Python cannot make virtual environments here; on Debian: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[ray]' \
		|| echo "ray cannot be installed here: its tests are skipped"
	@touch $@

READERS := tests/exporters/node

readers: setup $(READERS)/node_modules/.package-lock.json ## Install what reads the exports back in the tests: JavaScript, FollowTheMoney.
	@$(BIN)/python -c 'import followthemoney' 2>/dev/null \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt followthemoney >/dev/null 2>&1 \
		|| echo "followthemoney cannot be built here, its tests are skipped; on Debian: apt-get install g++ libicu-dev pkg-config"

$(READERS)/node_modules/.package-lock.json: $(READERS)/package-lock.json
	@if command -v npm >/dev/null; then cd $(READERS) && npm ci --silent --no-audit --no-fund --ignore-scripts; \
		else echo "npm is lacking, so no JavaScript reads the exports back and those tests are skipped"; fi

demo: setup ## Read six articles and print who proposed what, how it was answered and what followed.
	@rm -rf $(DEMO)
	@$(BIN)/kg build examples/istanbul --graph $(DEMO)
	@for query in $(QUERIES); do echo; $(BIN)/kg query $$query --graph $(DEMO) --limit 12 --spread || exit; done
	@echo; echo "See it in a browser: $(BIN)/kg serve --graph $(DEMO)"

browser: ## Get what the browser tests need, where it can be had: Chromium (as root) and axe-core.
	@tests/serve/install_browser.sh

test: lint readers browser ## Run linters and all tests.
	@$(BIN)/python -m pytest

questions: setup ## Ask all questions of tests/ask (a quarter of an hour on one core), where make test asks every third of the older ones.
	@KG_ALL_QUESTIONS=1 $(BIN)/python -m pytest tests/ask/test_questions.py

lint: setup ## Check style, types and layers.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo

format: setup ## Put the code into the common style.
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

model: setup ## Train the language pipeline again: make model CORPORA=DIR (some two hours on two cores; see MODEL_CARD.md).
	@test -n "$(CORPORA)" || { echo "name the folder of the corpora: make model CORPORA=DIR"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,train]'
	@$(BIN)/python -m kg.language.training --corpora "$(CORPORA)" --corpus corpus

meaning: setup ## Train the heads of meaning again: make meaning TEACHER=DIR CORPORA=DIR (about three hours on one core; see MODEL_CARD.md).
	@test -n "$(TEACHER)" -a -n "$(CORPORA)" \
		|| { echo "name the folders of all-mpnet-base-v2 and of the corpora: make meaning TEACHER=DIR CORPORA=DIR"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,train]'
	@$(BIN)/python -m kg.language.training meaning --corpus corpus --teacher "$(TEACHER)" --corpora "$(CORPORA)"

coreference: setup ## Train the ranker of antecedents again: make coreference CORPORA=DIR (minutes on one core).
	@test -n "$(CORPORA)" || { echo "name the folder of the corpora: make coreference CORPORA=DIR"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,train]'
	@$(BIN)/python -m kg.language.training coreference --corpora "$(CORPORA)"

bench: setup ## Measure words per second, how soon kg answers, a document of up to 1 MB, and the library on 10,000 articles.
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.building
	@$(BIN)/python -m tests.bench.size 100 1000 5000
	@$(BIN)/python -m tests.bench.start
	@$(BIN)/python -m tests.bench.long
	@$(BIN)/python -m tests.bench.library
	@$(BIN)/python -m tests.bench.frequent 2000

bench-serve: setup ## Make a graph of 10,000 documents and measure the explorer with 50 clients (an hour, 6 GB of disk).
	@$(BIN)/python -m tests.bench.copies build/copies
	@$(BIN)/python -m tests.bench.serving build/copies

bench-language: setup ## Measure the language pipeline alone: speed, memory, and what each part of it takes.
	@$(BIN)/python -m tests.bench.language

soak: readers ## Kill builds, fill disks and feed ten thousand broken inputs (an hour or more; see docs/reliability.md).
	@$(BIN)/python -m tests.soak.fuzz 9000 1000
	@$(BIN)/python -m tests.soak.faults
	@$(BIN)/python -m tests.soak.kills 50 2000
	@! $(BIN)/python -c 'import ray' 2>/dev/null || $(BIN)/python -m tests.soak.rays 20 3
	@KG_PASSAGES=200 $(BIN)/python -m pytest -q tests/exporters/test_read_back.py

lock: setup ## Write constraints.txt from what .venv holds.
	@{ sed '/^[^#]/,$$d' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable; } > constraints.new
	@mv constraints.new constraints.txt

clean: ## Remove what was built, but not .venv.
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find kg tests -name __pycache__ -prune -exec rm -rf {} +
