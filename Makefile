# Everything is done in .venv; nothing outside this directory (and VAR_DIR) is touched.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Compiled once, not by each of the dozens of processes that the portal and its tests start
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
VAR_DIR ?= $(CURDIR)/var
PYTEST_ARGS ?= -n 3 --dist worksteal
# Below tests/, what goes through the portal without knowing a rule: what it takes on its way is not covered by that
NOT_BY_RULE := browser embedded hostile processes api/test_fuzz.py cases/test_seed_bulk.py test_benchmarks.py
# A throwaway PostgreSQL and VAR_DIR for one command
TEMPORARY := $(PY) -m citymgmt.embedded.temporary --

checksum = $(shell sha256sum $(1) | cut -c1-16)
RUNTIME := $(VENV)/.runtime-$(call checksum,requirements.txt)
DEV := $(VENV)/.dev-$(call checksum,requirements-dev.txt)

.PHONY: help run install install-dev test check check-format check-types check-django check-templates \
        check-translations check-measures check-docs audit lock bench coverage mutants screenshots

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

run: install ## the portal on this machine [PORT=8000] [HOST=127.0.0.1] [VAR_DIR=./var] [DEMO=0]
	@VAR_DIR='$(VAR_DIR)' exec $(PY) manage.py run_portal --port '$(PORT)'

install: $(RUNTIME) ## what the portal needs, into .venv

install-dev: $(DEV) ## what the portal, its tests and its checks need, into .venv

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Python 3.11 or newer is needed; name it with PYTHON=...'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo 'venv is missing: apt-get install python3-venv'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@rm -f $(VENV)/.runtime-* && touch $@

$(DEV): | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@rm -f $(VENV)/.dev-* && touch $@

test: install-dev ## all tests [PYTEST_ARGS='-n 3 --dist worksteal']; what was skipped is printed at the end
	$(PY) -m pytest $(PYTEST_ARGS)

check: install-dev check-format check-types check-django check-templates check-translations check-measures check-docs ## all checks [AUDIT=1]
	@$(if $(filter 1,$(AUDIT)),$(MAKE) audit,echo 'Dependency audit left out (it needs the Internet): make check AUDIT=1')

check-format: install-dev ## layout, lint, who may import whom
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/lint-imports

check-types: install-dev ## mypy --strict
	$(VENV)/bin/mypy .

check-django: install-dev ## migrations complete, settings safe for production
	$(TEMPORARY) $(PY) manage.py makemigrations --check --dry-run
	@PUBLIC_BASE_URL=https://example.org DEBUG=0 \
	  SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
	  $(TEMPORARY) $(PY) manage.py check --deploy --fail-level WARNING

check-templates: install-dev ## template lint
	$(VENV)/bin/djlint --lint --quiet templates

check-translations: install-dev ## every sentence is translated
	$(PY) tests/check_translations.py

check-measures: install-dev ## sizes, doors for writes, edges for clocks, names, cyclic and upward imports
	$(PY) -m tests.check_measures

check-docs: install-dev ## docs/architecture.md tells of what exists and draws the imports of now
	$(PY) docs/architecture.py --check

audit: install-dev ## known weaknesses of what we build on (needs the Internet; --strict: nothing skipped)
	$(VENV)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.txt

lock: ## pin what pyproject.toml asks for, with hashes (needs uv)
	@command -v uv >/dev/null || { echo 'uv is needed: pip install uv'; exit 1; }
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-strip-extras --no-emit-index-url --python-version 3.11 \
	  -o requirements.txt pyproject.toml
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-strip-extras --no-emit-index-url --python-version 3.11 \
	  --extra dev -o requirements-dev.txt pyproject.toml

coverage: install-dev ## does a test take every branch of cores, actions and history? [PYTEST_ARGS='-n 3 --dist worksteal']
	$(PY) -m pytest $(PYTEST_ARGS) --cov --cov-report=term-missing $(addprefix --ignore=tests/,$(NOT_BY_RULE))

mutants: install-dev ## would the tests notice a change of the pure cores? [CORES="clock ladder"]
	@nice -n 19 $(PY) tests/mutants.py $(CORES)

bench: install-dev ## benchmarks
	$(PY) benchmarks/run.py

screenshots: install-dev ## the pictures of the README
	$(PY) docs/screenshots.py
