# `make` lists the targets. Everything happens in .venv; nothing else on the machine is touched,
# save the system packages that `make deps` names.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.SUFFIXES:

PYTHON ?= python3
# One more than the two cores of a small machine: tests of faults mostly wait.
JOBS ?= 3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --root-user-action=ignore --require-hashes --only-binary=:all:
# The package itself: built with the setuptools of the lock file, nothing is fetched for it.
ITSELF := $(PIP) install --root-user-action=ignore --no-deps --no-build-isolation --editable .

.PHONY: help run test check deps lint types floors menus format soak bench pictures lock clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/run.stamp ## Make .venv, start everything, say Ready with the addresses
	@exec $(BIN)/kuning up

test: deps .venv/dev.stamp ## Run every test; pick some with TESTS=tests/domain
	$(BIN)/pytest -q -n $(JOBS) --dist loadfile $(TESTS)

check: .venv/dev.stamp ## All that must be clean before a change lands
	$(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory lint types floors menus test

deps: ## Install missing system parts, or name them
	@PYTHON=$(PYTHON) .ci/deps

lint: .venv/dev.stamp ## Style and likely mistakes
	$(BIN)/ruff check .

types: .venv/dev.stamp ## Types, strictly
	$(BIN)/mypy

floors: .venv/dev.stamp ## Who may import whom
	$(BIN)/lint-imports

menus: .venv/dev.stamp ## Every screen and SMS in every language
	$(BIN)/kuning menus check

format: .venv/dev.stamp ## Put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

soak: deps .venv/dev.stamp ## The long tests at full length
	$(BIN)/pytest -q --soak --timeout 3600 tests

bench: .venv/dev.stamp ## Measure against others, twenty minutes; run nothing else meanwhile
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.alerts

pictures: deps .venv/dev.stamp ## Take the pictures of the README anew; look at them before you commit
	@$(BIN)/python -m tests.browser.pictures

lock: ## Choose the newest versions that fit pyproject.toml and write requirements/*.txt
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv
	build/lock/bin/uv pip compile --upgrade $(LOCK) -o requirements/run.txt pyproject.toml
	build/lock/bin/uv pip compile --upgrade $(LOCK) -c requirements/run.txt --extra dev -o requirements/dev.txt pyproject.toml
	echo 'setuptools>=80' | build/lock/bin/uv pip compile --upgrade $(LOCK) -c requirements/dev.txt -o requirements/build.txt -
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet

clean: ## Remove .venv, caches and builds; the data in .kuning stays
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Kuning needs Python 3.11 or newer: set PYTHON=' >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo 'Install python3-venv, or say: make deps' >&2; exit 1; }

.venv/run.stamp: requirements/run.txt requirements/build.txt pyproject.toml | .venv/bin/python
	@echo 'Installing Kuning into .venv'
	@$(INSTALL) -r requirements/run.txt -r requirements/build.txt
	@$(ITSELF)
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@echo 'Installing the tools of the developers into .venv'
	@$(INSTALL) -r requirements/dev.txt
	@touch $@
