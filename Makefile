# Everything runs in .venv, which each target sets up by itself.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto
.DEFAULT_GOAL := help
.PHONY: help demo run test check format bench texts lock clean

help: ## Show what there is to run
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

.venv/.run: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vouch needs Python 3.11 or newer.")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

demo: .venv/.run ## Play with Vouch in the browser: a local Telegram, the bot and a group
	$(BIN)/python run_bot.py demo

run: .venv/.run ## Run the bot on Telegram (needs BOT_TOKEN)
	$(BIN)/python -OO run_bot.py run

test: .venv/.dev ## Run every test, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: .venv/.dev ## Lint, types, import contracts, migrations, texts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python run_bot.py migrate --check
	$(BIN)/python -m locales check

format: .venv/.dev ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: .venv/.dev ## Bring the catalogues up to date with the code
	$(BIN)/python -m locales update

bench: .venv/.dev ## Measure speed, start and memory: one table
	$(BIN)/python -m benchmarks

lock: .venv/.dev ## Pin the newest allowed versions in the lock files
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --no-header --no-annotate --upgrade -q -o requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml -c requirements-dev.lock --universal --no-header --no-annotate --upgrade -q -o requirements.lock

clean: ## Remove what was built
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
