# Every task of the project; `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Of a site without regions as yet, the checks would tell just that.
UNCHECKED := --skip-checks
export PORT DATA_DIR
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# What runs the site, and what tests it, each installed again only when its lock file changes.
RUNTIME := .venv/.runtime
DEVTOOLS := .venv/.devtools
STATIC := $(DATA_DIR)/static/.collected
STATIC_SOURCES := $(shell find site/static site/*/static home/static therapies/static region_gate/static -type f 2>/dev/null)
# A process for each core; a file's tests stay together, for some share what takes long to make. What takes
# long comes first: tests/conftest.py has the order.
AT_ONCE := -n auto --dist loadfile --no-loadscope-reorder
# Of each page, by Lighthouse.
RUNS ?= 5
# What takes long is apart: `make long`.
NOT_LONG := -m "not long"
# With `--stores-only`, what needs a database or a cache.
ONLY ?=
# What runs in real Chromium.
IN_BROWSER ?= tests/browser
# A browser on a busy machine may miss a beat: a test that fails there is run once more, and is listed.
ONCE_MORE := --reruns 1 -r R
# What takes plain values and is tested to the last branch.
PURE_CORE := region_gate/links/*,region_gate/html/*,therapies/matching/*,site/redirecting/rules.py,site/redirecting/patterns.py,site/redirecting/addresses.py
UNTRANSLATED := $(addprefix --ignore ,.venv var tests)
# Runs a server and the worker, and ends with either: on Ctrl-C, when it is told to, or when one ends.
define BESIDE_A_WORKER
trap 'trap "" INT TERM; kill -TERM $$worker $$server 2>/dev/null; wait' EXIT; trap 'exit 0' INT TERM; \
$(MANAGE) worker & worker=$$!; $(1) & server=$$!; wait -n
endef

.PHONY: help run dev test coverage long faults bench load cluster lighthouse conformance lint lock messages matrix newcomer

help: ## List the tasks
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: export DEBUG := 0
run: $(RUNTIME) $(STATIC) ## Serve the site with its demo content, as production would
	@$(MANAGE) migrate $(UNCHECKED) --verbosity 0
	@$(MANAGE) add_region --all $(UNCHECKED) --verbosity 0
	@$(MANAGE) demo $(UNCHECKED)
	@echo; echo "  The site:  http://127.0.0.1:$(PORT)/"; echo "  The admin: http://127.0.0.1:$(PORT)/admin/"
	@$(MANAGE) demo --sign-ins | sed 's/^/  /'; echo
	@$(call BESIDE_A_WORKER,DJANGO_SETTINGS_MODULE=config.settings.dev $(BIN)/gunicorn --config site/config/gunicorn.py config.wsgi)

dev: $(RUNTIME) ## Serve the site, reloading on change
	@$(MANAGE) migrate $(UNCHECKED) --verbosity 0
	@$(MANAGE) add_region --all $(UNCHECKED) --verbosity 0
	@$(MANAGE) demo $(UNCHECKED)
	@$(MANAGE) demo --sign-ins
	@$(MANAGE) worker & trap "kill -TERM $$!; wait" EXIT; $(MANAGE) runserver $(PORT)

test: $(DEVTOOLS) ## Run the tests: unit, integration, and in real Chromium; but what takes long
	$(BIN)/pytest $(AT_ONCE) $(NOT_LONG) $(ONLY) --ignore tests/browser --ignore tests/faults
	@. tests/browser/find_chromium.sh && if [ -n "$$CHROMIUM" ]; then $(BIN)/pytest $(AT_ONCE) $(NOT_LONG) $(ONCE_MORE) $(IN_BROWSER); fi

coverage: $(DEVTOOLS) ## Measure which lines and branches the tests run, browsers left out
	$(BIN)/pytest $(AT_ONCE) --ignore tests/browser --ignore tests/faults --cov --cov-report=
	$(BIN)/coverage report --include='$(PURE_CORE)' --fail-under=100
	$(BIN)/coverage report --fail-under=95

long: $(DEVTOOLS) ## Run what takes long: whole days and cases, every screen, all looks, all old databases
	@. tests/browser/find_chromium.sh && $(BIN)/pytest $(AT_ONCE) $(ONCE_MORE) -m long tests

faults: $(DEVTOOLS) ## Stop PostgreSQL and Redis, fill the disk, kill what works: instances of the tests' own
	$(BIN)/pytest $(ONLY) tests/faults

bench: $(DEVTOOLS) ## Measure what the site must reach; writes var/bench.json
	@. tests/browser/find_chromium.sh && $(BIN)/python -m tests.benchmarks

load: $(DEVTOOLS) ## Measure how many pages a second are served, on this machine alone (needs wrk)
	$(BIN)/python -m tests.load

cluster: $(DEVTOOLS) ## Run the whole site, see an approval through (PostgreSQL, Redis, Varnish); STAY=1: until Ctrl-C
	$(BIN)/python -m tests.cluster $(if $(STAY),--stay)

lighthouse: $(DEVTOOLS) ## Measure what Lighthouse says of the visitors' pages (needs Node); RUNS=1 for less than a median
	@. tests/browser/find_chromium.sh && $(BIN)/python -m tests.lighthouse --runs $(RUNS)

conformance: $(DEVTOOLS) ## Check the HTML of every kind of page with the Nu checker (needs Java and npm)
	@$(BIN)/python -m tests.npm_packages vnu-jar && $(BIN)/pytest tests/conformance

matrix: $(DEVTOOLS) ## Run the gate's own suite on every Wagtail it is for, with the interpreters in PYTHONS
	$(BIN)/python tests/region_gate/matrix.py

newcomer: $(DEVTOOLS) ## Follow the gate's README in new projects, up to a crossing in Chromium
	@. tests/browser/find_chromium.sh && $(BIN)/python tests/region_gate/newcomer.py

lint: $(DEVTOOLS) ## Check style, types, directions, templates and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	PYTHONPATH=site $(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet .
	DJANGO_SETTINGS_MODULE=config.settings.test $(MANAGE) makemigrations --check --dry-run

lock: $(DEVTOOLS) ## Write the lock files anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

messages: $(DEVTOOLS) ## Collect the texts to translate, compile them, count those left (needs GNU gettext)
	$(MANAGE) makemessages --all --no-obsolete --add-location file $(UNTRANSLATED)
	$(MANAGE) compilemessages $(UNTRANSLATED)
	@for po in */locale/*/LC_MESSAGES/django.po; do echo -n "$$po: "; msgfmt --statistics -o /dev/null "$$po" 2>&1; done

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(RUNTIME): requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(DEVTOOLS): requirements-dev.txt | $(BIN)/python
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

$(STATIC): requirements.txt $(STATIC_SOURCES) | $(RUNTIME)
	@DEBUG=0 $(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@
