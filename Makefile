# Nexus. `make help` lists what there is.
# HOST, PORT, NEXUS_VAR, DATABASE_URL, REDIS_URL, FFMPEG_BIN, S3_* move the parts: see README.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev programs run dev demo test test-fast test-deep check format eval bench bench-large doctor audit lock clean

VENV := .venv
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py
BIOME := node_modules/.bin/biome
# The first Python on PATH that is 3.11 or 3.12 (a pyenv shim may exist and still not run).
FIND_PYTHON = for name in python3.11 python3.12 python3 python; do \
	"$$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null \
	&& echo "$$name" && break; done
PIP_INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes
# What `check --deploy` should see: the settings of a site behind TLS.
DEPLOYED := NEXUS_SECURE=1 NEXUS_HOSTS=nexus.example NEXUS_ORIGINS=https://nexus.example NEXUS_PROXIES=1 NEXUS_DEBUG=

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | sed -E 's/:.*## /\t/' | expand -t 12

run: setup  ## set everything up and serve the site (PORT=8000, NEXUS_VAR=var)
	@$(PYTHON) -m config.setup.extras & exec $(MANAGE) up

dev: setup  ## the same with DEBUG, restarting when code changes
	@$(PYTHON) -m config.setup.extras & NEXUS_DEBUG=1 exec $(MANAGE) up --reload

demo: setup  ## fill the site with music from NEXUS_DEMO_DATA, or with rendered pieces
	@exec $(MANAGE) demo

test: programs  ## all tests: real PostgreSQL, Redis, FFmpeg, Chromium, nginx (ARGS: those of one pytest)
	@if [ -n "$(ARGS)" ]; then $(PYTHON) -m pytest $(ARGS); else $(PYTHON) -m tests.run; fi

test-fast: programs  ## the tests without browsers, faults and processes of a site
	@$(PYTHON) -m tests.run plain

test-deep: programs  ## all tests, large counts whole instead of in slices
	@$(PYTHON) -m tests.run --deep

programs: setup-dev
	@$(PYTHON) -m config.setup.chromium
	@$(PYTHON) -m config.setup.nginx

check: setup-dev  ## linters, types, rooms, migrations, deployment settings
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy .
	@$(VENV)/bin/lint-imports
	@$(VENV)/bin/djlint templates --lint --quiet
	@git ls-files '*.html' | xargs $(VENV)/bin/djade --check --target-version 5.2
	@$(BIOME) ci --error-on-warnings static
	@$(MANAGE) makemigrations --check
	@$(DEPLOYED) $(MANAGE) check --deploy --fail-level WARNING

format: setup-dev  ## write every file the way `check` wants it
	@$(PYTHON) -m ruff check --fix . ; $(PYTHON) -m ruff format .
	@git ls-files '*.html' | xargs $(VENV)/bin/djade --target-version 5.2 ; true
	@$(BIOME) check --write static

eval: setup-dev  ## how well the archive hears and finds, and whether it tells too much
	@$(PYTHON) -m tests.eval $(ARGS)

bench: setup-dev  ## measure processing, first sound, memory, requests per second
	@$(PYTHON) -m tests.bench $(ARGS)

bench-large: setup-dev  ## measure pages and search at 1,000, 30,000 and 1,000,000 pieces
	@$(PYTHON) -m tests.bench.large $(ARGS)

doctor: setup  ## say what is in order and what to do about the rest
	@$(MANAGE) doctor

audit: setup  ## hold the pins against an export of osv.dev: make audit OSV=<folder, zip or JSON>
	@NEXUS_OSV="$(OSV)" $(PYTHON) -m config.setup.audit

lock: $(PYTHON)  ## compile requirements*.txt and package-lock.json anew
	@$(PYTHON) -m pip install --quiet uv
	@$(PYTHON) -m config.setup.lock

clean:  ## remove what the set-up made; the state folder stays
	@rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

setup: $(VENV)/.run node_modules/.ready
setup-dev: $(VENV)/.dev node_modules/.ready

$(PYTHON):
	@python=$$($(FIND_PYTHON)); if [ -z "$$python" ]; then \
	  echo "Nexus needs Python 3.11 or 3.12; found: $$(python3 --version 2>&1). Install one of them and try again." >&2; exit 1; fi; \
	echo "nexus: making a virtual environment with $$($$python --version)"; \
	$$python -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/.run: requirements.txt | $(PYTHON)
	@echo "nexus: installing the Python packages"
	@$(PIP_INSTALL) -r requirements.txt && touch $@

$(VENV)/.dev: requirements-dev.txt requirements-speech.txt requirements-meaning.txt $(VENV)/.run | $(PYTHON)
	@echo "nexus: installing the tools for tests"
	@$(PIP_INSTALL) -r requirements-dev.txt && $(PYTHON) -m config.setup.extras && touch $@

node_modules/.ready: package-lock.json
	@command -v npm >/dev/null || { echo "Nexus needs npm for the front-end libraries. Install Node.js 20 or later with npm." >&2; exit 1; }
	@echo "nexus: installing the front-end libraries"
	@npm ci --no-audit --no-fund --silent && touch $@
