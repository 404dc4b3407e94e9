# make run    extract the sample pages and show what was found
# make test   all tests
# make check  tests, style, types, boundaries, quality and speed: what .ci/run runs
# Each sets up its environment first (.venv, versions pinned in constraints.txt).

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
READY := .venv/.ready

.PHONY: run test browser check setup docs clean

run: $(READY)
	@$(PY) cli.py extract corpus/samples -o out/records.jsonl --verbose

test: $(READY) browser
	@$(PY) -m pytest -q -n 2

# the tests of the web page drive a real browser; without one they are skipped, and say so
browser:
	@command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 \
	|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null 2>&1 && echo "installing chromium ..." >&2 \
	     && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	        chromium fonts-noto-cjk >/dev/null; } \
	|| echo "no chromium: the tests in a browser will be skipped; on Debian: apt-get install chromium fonts-noto-cjk" >&2

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
