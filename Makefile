# From a fresh clone with only Python 3.11 or newer, git and make:
#   make run         build everything and serve it at http://127.0.0.1:8000
#   make demo        the same, with 500 learners who never lived in the reports
#   make test        the tests, those in a browser included
#   make test-slow   the long ones
#   make check       style, types, and the masterclasses' own problems

BIN := .venv/bin
PLAYER := xapi/profile.jsonld $(wildcard site/player/*.json site/player/*.mjs) $(shell find site/player/src)

# Material's end-of-life banner; README says what the plan is.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run demo build test test-slow check upgrade clean
.DELETE_ON_ERROR:

run: build
	@echo "To see the reports with learners who never lived: end this with Ctrl+C, then: make demo"
	$(BIN)/masterclass serve

demo: build
	test -e data/demo || $(BIN)/masterclass demo
	$(BIN)/masterclass serve --data data/demo

build: .venv/installed
	$(BIN)/masterclass build

test: .venv/installed-dev
	scripts/test "not slow"
	scripts/npm test

# pytest's exit code 5: no test is marked slow.
test-slow: .venv/installed-spark
	scripts/test slow || { test $$? -eq 5 && echo "There are no slow tests: none was run."; }

check: .venv/installed-dev
	scripts/check

# The newest version of every dependency, to be tested and then committed.
upgrade:
	scripts/venv
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	{ grep "^#" constraints.txt && $(BIN)/python -m pip freeze --exclude-editable; } > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf .venv build site/player/dist site/player/node_modules

.venv/made: scripts/venv
	scripts/venv
	touch $@

# An editable install; its build hook (hatch_build.py) makes the player.
.venv/installed: .venv/made pyproject.toml constraints.txt hatch_build.py $(PLAYER)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

# Spark for the reports' long tests; it wants a Java of 17 or newer on the machine.
.venv/installed-spark: .venv/installed-dev
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,spark]"
	touch $@

.venv/installed-dev: .venv/made pyproject.toml constraints.txt hatch_build.py $(PLAYER)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@ .venv/installed
