# Everything a newcomer needs: `make run` sets up and starts, `make test` installs what tests need and runs them all.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run setup test coverage check folders format clean

run: setup
	@$(BIN)/billify run

setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	@config/setup.sh $(VENV) "" $(PYTHON)
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@config/setup.sh $(VENV) check,test $(PYTHON)
	@touch $@

test: $(VENV)/.tested
	@tests/system.sh
	@$(BIN)/pytest -n auto --dist worksteal

coverage: $(VENV)/.tested
	@tests/system.sh
	@$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=
	@$(BIN)/python docs/folders.py

check: $(VENV)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/folders.py --check

folders: $(VENV)/.tested
	@$(BIN)/python docs/folders.py

format: $(VENV)/.tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) *.egg-info build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
