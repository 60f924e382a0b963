# One door to everything. `make` alone prints this list.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-$(shell sha256sum requirements.lock pyproject.toml 2>/dev/null | sha256sum | cut -c1-12)
DEV_STAMP := $(VENV)/.dev-$(shell sha256sum requirements-dev.lock pyproject.toml 2>/dev/null | sha256sum | cut -c1-12)
PROTOS := $(shell find protos -name '*.proto')
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
	@$(BIN)/pip install --quiet --require-hashes -r $(1)
	@$(BIN)/pip install --quiet --no-build-isolation --no-deps -e .
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
	@rm -rf generated/llm_orchestrator
	@mkdir -p generated
	@$(BIN)/python -m grpc_tools.protoc -Iprotos --plugin=protoc-gen-mypy=$(BIN)/protoc-gen-mypy \
		--plugin=protoc-gen-mypy_grpc=$(BIN)/protoc-gen-mypy_grpc \
		--python_out=generated --grpc_python_out=generated --mypy_out=generated --mypy_grpc_out=generated $(PROTOS)
	@find generated/llm_orchestrator -type d -exec touch {}/__init__.py \;

.PHONY: lock
lock: $(DEV_STAMP) ## Chooses the versions of all dependencies anew
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra build --extra dev pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra build --constraint requirements-dev.lock pyproject.toml -o requirements.lock
