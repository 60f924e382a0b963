# One door to everything. `make` alone prints this list.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-$(shell sha256sum requirements.lock pyproject.toml 2>/dev/null | sha256sum | cut -c1-12)
DEV_STAMP := $(VENV)/.dev-$(shell sha256sum requirements-dev.lock pyproject.toml 2>/dev/null | sha256sum | cut -c1-12)
GENERATED := generated
PROTOS := $(sort $(shell find protos -name '*.proto'))
PACKAGES := service_kit orchestrator_server legacy_server user_server order_server shipping_server client
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## Prints this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# A venv gets the packages of a lock file, by hash, and this project beside them.
define install
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
		|| { echo "Python 3.11 to 3.14 is needed; say which with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing $(1) into $(VENV) ..."
	@$(BIN)/pip install -qq --require-hashes -r $(1)
	@$(BIN)/pip install -qq --no-build-isolation --no-deps -e .
endef

$(RUN_STAMP):
	$(call install,requirements.lock)
	@touch $@

$(DEV_STAMP):
	$(call install,requirements-dev.lock)
	@touch $@ $(RUN_STAMP)

.PHONY: setup
setup: $(DEV_STAMP) ## Makes the venv with everything that developing needs

.PHONY: protos
protos: $(DEV_STAMP) ## Regenerates the stubs under generated/
	@rm -rf $(GENERATED)/llm_orchestrator
	@mkdir -p $(GENERATED)
	@$(BIN)/python -m grpc_tools.protoc -Iprotos --plugin=protoc-gen-mypy=$(BIN)/protoc-gen-mypy \
		--plugin=protoc-gen-mypy_grpc=$(BIN)/protoc-gen-mypy_grpc --python_out=$(GENERATED) \
		--grpc_python_out=$(GENERATED) --mypy_out=quiet:$(GENERATED) --mypy_grpc_out=quiet:$(GENERATED) $(PROTOS)
	@find $(GENERATED)/llm_orchestrator -type d -exec touch {}/__init__.py \;

.PHONY: lock
lock: $(DEV_STAMP) ## Chooses the versions of all dependencies anew
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra build --extra dev pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra build --constraint requirements-dev.lock pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra postgres --constraint requirements-dev.lock pyproject.toml -o deploy/requirements.lock

.PHONY: chat
chat: $(RUN_STAMP) ## Sets everything up, starts the cluster, opens the chat, stops the cluster on exit
	@echo "Starting the shop ... Sign in as dana.fields@example.com, for instance."
	@$(BIN)/python deploy/with_cluster.py $(BIN)/llm-orchestrator chat

.PHONY: demo
demo: $(RUN_STAMP) ## Shows a scripted conversation on a cluster of its own
	@$(BIN)/python deploy/with_cluster.py --isolated $(BIN)/python deploy/demo.py

.PHONY: cluster
cluster: $(RUN_STAMP) ## Runs the servers in this terminal until Ctrl-C; ONLY="order user" starts just those
	@$(BIN)/python -m legacy_server.admin init
	@$(BIN)/honcho start $(ONLY)

.PHONY: database
database: $(RUN_STAMP) ## Creates and seeds the shop's database where there is none
	@$(BIN)/python -m legacy_server.admin init

.PHONY: test
test: $(DEV_STAMP) ## Runs all tests
	@$(BIN)/python -m pytest

.PHONY: fault
fault: $(DEV_STAMP) ## Kills, cuts, fills and restarts what it can, and reckons up; LLM_FAULT_SEED=N repeats a run
	@LLM_FAULT_FULL=1 $(BIN)/python -m pytest tests/fault

.PHONY: check
check: $(DEV_STAMP) ## Checks what can be checked without running: format, lint, types, imports, protos, stubs
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make format" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy $(PACKAGES) deploy benchmarks evaluation
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/buf lint
	@$(BIN)/buf format --diff --exit-code
	@$(MAKE) --no-print-directory check-protos

.PHONY: check-protos
check-protos: $(DEV_STAMP)
	@fresh=$$(mktemp -d) && trap 'rm -rf $$fresh' EXIT \
		&& $(MAKE) --no-print-directory protos GENERATED=$$fresh \
		&& diff -r -x __pycache__ $$fresh generated >/dev/null \
		|| { echo "generated/ is stale; run: make protos" >&2; exit 1; }

.PHONY: bench
bench: $(DEV_STAMP) ## Measures, prints a table and writes the figures beside the benchmarks
	@for program in benchmarks/*.py; do $(BIN)/python $$program || exit 1; done

.PHONY: eval
eval: $(DEV_STAMP) ## Scores the planner over labelled messages; FILE=... another set, PLANNER=model the model, RENAMED=1 new words
	@$(BIN)/python -m evaluation $(if $(FILE),--file "$(FILE)") $(if $(PLANNER),--planner "$(PLANNER)") \
		$(if $(RENAMED),--renamed "$(RENAMED)")

.PHONY: format
format: $(DEV_STAMP) ## Formats code and protos
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/buf format --write

.PHONY: clean
clean: ## Removes the venv and everything that was made while running
	@rm -rf $(VENV) var
