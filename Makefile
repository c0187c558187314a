# Every command a developer types. Each is also what the automatic checks call.

SHELL := /bin/bash
TARGET := $(or $(CARGO_TARGET_DIR),target)
INTERAURA := $(TARGET)/debug/interaura

.PHONY: run test setup dev fmt lint schemas web bench bench-live bench-resumes bench-scores

## Install what is missing, build, and serve the app on this machine.
run:
	@scripts/run.sh

## Install what is missing and run every check.
test:
	@scripts/setup.sh test
	@scripts/test.sh

## Install what running and testing need.
setup:
	@scripts/setup.sh test

## The server, and the web app with hot reload in front of it.
dev:
	@scripts/setup.sh run
	@scripts/dev.sh

fmt:
	cargo fmt --all
	npm --prefix web run format

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	npm --prefix web run lint

## Write schemas/ from the code, and from it and the web app web/src/gql and schemas/graphql/persisted.json.
schemas:
	cargo build --workspace --bins
	$(INTERAURA) schemas
	@scripts/web-install.sh
	npm --prefix web run codegen

web:
	@scripts/web.sh

## What the spine costs beside raw baselines: one line of JSON per figure, exit status 1 where a must is missed.
## ONLY=append,relay measures these alone.
bench:
	@scripts/bench.sh spine

## The same for what reads data. DATA=<folder> reads real data.
bench-live bench-resumes bench-scores:
	@DATA=$(abspath $(DATA)) scripts/bench.sh $(patsubst bench-%,%,$@)
