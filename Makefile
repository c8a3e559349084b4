# Everything a newcomer needs: `make run` sets up and starts, `make test` installs what tests need and runs them all.
# `make setup WITH=easyocr` adds EasyOCR and PyTorch, for a GPU.
PYTHON ?=
WITH ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run setup test coverage check folders format lock site sbom audit-dependencies clean

run: setup
	@$(BIN)/billify run

setup: $(VENV)/.installed $(if $(WITH),$(VENV)/.installed-$(WITH))

$(VENV)/.installed: pyproject.toml config/locks/product.txt
	@config/setup.sh $(VENV) "" $(PYTHON)
	@touch $@

$(VENV)/.installed-%: $(VENV)/.installed
	@config/setup.sh $(VENV) $* $(PYTHON)
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
	$(BIN)/pytest --collect-only -qq >/dev/null # every test file can be imported
	$(BIN)/python docs/folders.py --check
	$(BIN)/python docs/rights.py --check
	$(BIN)/python -m docs.claims
	$(BIN)/python -m docs.supply_chain.licences
	$(BIN)/python -m docs.supply_chain.weights

folders: $(VENV)/.tested
	@$(BIN)/python docs/folders.py

format: $(VENV)/.tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

site: $(VENV)/.installed-docs
	@$(BIN)/mkdocs build --quiet --strict
	@echo "The documentation lies in build/site."

sbom: $(VENV)/.tested
	@$(BIN)/python -m docs.supply_chain.sbom build/billify.cdx.json

audit-dependencies: $(VENV)/.tested
	@$(BIN)/python -m docs.supply_chain.audit

lock: $(VENV)/.installed
	@config/lock.sh $(VENV)

clean:
	rm -rf $(VENV) *.egg-info build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
