# make run    extract the sample pages and show what was found
# make test   all tests
# make check  tests, style, types, boundaries, quality and speed: what .ci/run runs
# Each sets up its environment first (.venv, versions pinned in constraints.txt).

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
READY := .venv/.ready

.PHONY: run test check setup docs clean

run: $(READY)
	@$(PY) cli.py extract corpus/samples -o out/records.jsonl --verbose

test: $(READY)
	@$(PY) -m pytest -q -n 2

check: $(READY)
	@./.ci/run

setup: $(READY)

docs: $(READY)
	@$(PY) docs/reference.py

$(READY): constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "setting up .venv ($(PYTHON)) ..." >&2
	@test -x $(PY) || $(PYTHON) -m venv .venv || { echo "no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PY) -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
