# make run    reads the articles in examples/ into data/shilu.duckdb, publishes them, and says what to try next
# make test   runs all tests
# make test-e2e  takes five minutes: a Prefect server, a worker, sources of every format, counts in SQL and in the feed
# make kills  takes 45 minutes: 50 runs killed at random moments, each rerun held against an undisturbed one
# make soak   takes an hour: a publisher that misbehaves is read for 30 minutes by one process, and for 30 by schedules
# make check  lint, formatting, types, import contracts, then all tests
# make lock   writes requirements.lock anew after a change of dependencies in pyproject.toml; needs uv
#
# All but the last build .venv first where requirements.lock has changed since it was built. Nothing else is needed
# but a Python of at least 3.11; name another than the first found with `make PYTHON=/path/to/python3 run`.

BIN := .venv/bin
# A copy of the lock the environment was built from: it is rebuilt when the content differs, not the file's date.
BUILT := .venv/built-from.lock
UV ?= uv

.PHONY: run test test-e2e kills soak check lint types contracts lock clean

run: $(BUILT)
	@$(BIN)/shilu run examples
	@event=$$($(BIN)/shilu sql "SELECT event_id FROM attack_counts ORDER BY published, event_id LIMIT 1" --format csv | tail -n 1); \
	fact=$$($(BIN)/shilu sql "SELECT fact_id FROM facts WHERE status = 'contested' ORDER BY first_reported, fact_id LIMIT 1" --format csv | tail -n 1); \
	echo; echo "Try next:"; \
	echo "  $(BIN)/shilu show $$event"; \
	echo "  $(BIN)/shilu fact $$fact"; \
	echo "  $(BIN)/shilu sql \"SELECT claimed_by, outcome, count, weapon, evidence FROM attack_counts\""; \
	echo "  $(BIN)/shilu serve"; \
	echo "  $(BIN)/shilu extract examples/06-white-house-talks.md --format table"

test: $(BUILT)
	$(BIN)/python -m pytest

test-e2e: $(BUILT)
	$(BIN)/python -m pytest -m e2e

kills: $(BUILT)
	$(BIN)/python tests/benchmarks/kill_runs.py --kills 50

soak: $(BUILT)
	$(BIN)/python tests/benchmarks/soak.py --without-models
	$(BIN)/python tests/benchmarks/soak.py --schedule

check: lint types contracts test

lint: $(BUILT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(BUILT)
	$(BIN)/mypy

contracts: $(BUILT)
	$(BIN)/lint-imports

# What is in the lock stays at its version unless it must move; `make lock MOVE=--upgrade` moves everything, and
# `make lock MOVE="--upgrade-package NAME"` one. A pip before 23.3, as Python 3.11 brings it, takes NAME and NAME[extra]
# for two packages, and stops where the lock lacks one whose newest version is another; it must also find the extra as
# the packages spell it. So lines with extras get another without, and extras underscores.
lock:
	$(UV) pip compile pyproject.toml --output-file requirements.lock --python-version 3.11 --universal --all-extras \
	  --generate-hashes --no-strip-extras --no-header --no-annotate --quiet $(MOVE)
	awk 'function tell() { printf "%s", entry; entry = plain = "" } \
	  /^[^ ]/ { tell(); if (match($$0, /\[[^]]*\]/)) { \
	    plain = substr($$0, 1, RSTART - 1) substr($$0, RSTART + RLENGTH); extras = substr($$0, RSTART, RLENGTH); \
	    gsub(/-/, "_", extras); $$0 = substr($$0, 1, RSTART - 1) extras substr($$0, RSTART + RLENGTH) } } \
	  { entry = entry $$0 "\n"; if (plain) print /^ / ? $$0 : plain } END { tell() }' requirements.lock > requirements.lock.new
	mv requirements.lock.new requirements.lock

# The Python found is tried, not only looked up: a version manager may list one that does not start.
$(BUILT): requirements.lock pyproject.toml
	@if ! cmp --silent requirements.lock $@; then \
	  for python in $(PYTHON) python3.11 python3 python3.12 python3.13; do \
	    if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	      found="$$python"; break; \
	    fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "No Python of at least 3.11 with venv found; install one (Debian: apt install python3 python3-venv)" \
	      "or name yours: make PYTHON=/path/to/python3 run" >&2; \
	    exit 1; \
	  fi; \
	  echo "Building .venv with $$found from requirements.lock; this takes a few minutes, once."; \
	  "$$found" -m venv --clear .venv && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@cp requirements.lock $@

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
