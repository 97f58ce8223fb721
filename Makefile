# Needs make and a python >= 3.11 with venv; the rest is made in .venv from the lock files.
# PYTHON=… chooses the interpreter: make PYTHON=python3.13 test

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check bench lock clean
.NOTPARALLEL:

# Settings of the caller's python and pip that would put other packages into .venv, or beside it.
unexport PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX

bin := .venv/bin

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

run: ## start the bot: in Telegram when TELEGRAM_BOT_TOKEN is set, otherwise as a chat here
	@.ci/environment run
	@exec $(bin)/fazhibot start

test: ## run the tests
	@.ci/environment dev
	@$(bin)/python -m pytest

check: ## run the quality gate: format, lint, types, imports, tests with branch coverage
	@.ci/environment dev
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/python -m pytest --cov --cov-branch

bench: ## measure speed and accuracy beside rapidfuzz and bm25s+jieba
	@.ci/environment dev
	@$(bin)/python -m benchmarks

lock: ## write the lock files anew from pyproject.toml (UPGRADE=1: newest releases)
	@.ci/lock $(if $(UPGRADE),--upgrade)

clean: ## remove the environment and every cache; var/ holds data and stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf .coverage build dist *.egg-info
	find . -name .git -prune -o -name __pycache__ -prune -exec rm -rf {} +
