# All that a newcomer needs: `make run` and `make test`. `make` alone lists the rest.
#
# Run and test use the same profile (dev, in which the heavy dependencies are optimised, see Cargo.toml): SQLCipher,
# OpenSSL and libpq are built once, not once a profile, and that is most of the first build.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# One thing at a time: the steps talk to the reader, and cargo uses all processors by itself.
.NOTPARALLEL:

# Handed to the demo, such as DEMO_FLAGS='--help'.
DEMO_FLAGS ?=
# Handed to the generator of `make load`, such as LOAD_FLAGS='lesson --seconds 20'.
LOAD_FLAGS ?=

# Handed to the generator of `make bench-maraton`, such as MARATON_FLAGS='--on sqlite --items 1000000'.
MARATON_FLAGS ?=

# What `make bench` measures: the main request, with a build that can leave storage out.
BENCH := --package stegvis --features left-out --bench submit_line

# How long `make fuzz` drives each target, and which; all if none is named.
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?=
export FUZZ_SECONDS

# npm keeps this list of what it installed: newer than the lock file means that nothing has to be installed.
INSTALLED := node_modules/.package-lock.json
ASSET_SOURCES := $(shell find assets/src assets/css assets/build -type f 2>/dev/null) \
	$(wildcard assets/*.mjs assets/*.json assets/*.svg)

.PHONY: help run test check assets browser bench bench-maraton chaos contract fuzz load need-build need-test

help: ## Shows this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: need-build assets ## Builds Stegvis and starts it with a made-up municipality, on loopback
	@echo "Building Stegvis; the first time takes some minutes …"
	cargo run --package stegvis -- demo $(DEMO_FLAGS)

test: need-test assets tests/browser/$(INSTALLED) ## Runs every test, on both databases and in Chromium
	@scripts/test.sh

check: need-build assets ## Holds the code against the house rules, then runs every test
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps
	npm --prefix assets run check
	@$(MAKE) --no-print-directory test

assets: assets/dist/manifest.json ## Builds stylesheet, script, fonts and icons, if their sources changed

browser: need-test assets tests/browser/$(INSTALLED) ## Tells the stories in Chromium, in both languages
	@scripts/browser.sh

contract: need-test assets ## Holds a server on both databases against its OpenAPI document, with schemathesis
	@scripts/need.sh python
	@scripts/contract.sh

fuzz: need-build assets ## Drives every reader of outside bytes with libFuzzer, FUZZ_SECONDS=600 each
	@scripts/need.sh c++
	@scripts/fuzz.sh $(FUZZ_TARGETS)

bench: need-build assets ## Measures a submitted line on both databases (builds in release first)
	@scripts/need.sh postgresql
	cargo bench $(BENCH) --no-run
	@scripts/with_postgres.sh cargo bench $(BENCH)

bench-maraton: need-build assets ## Writes an event of the real one's size on both databases and measures it (builds in release first)
	@scripts/need.sh postgresql
	cargo build --quiet --release --package stegvis --bin stegvis --package proofs --bin load
	@scripts/with_postgres.sh target/release/load maraton --within target $(MARATON_FLAGS)

chaos: need-build assets ## Cuts the server off 1,500 times, damages 10,000 copies, looks for what was lost (ROUNDS=, SEED=)
	@scripts/need.sh postgresql
	cargo build --package stegvis --package proofs --bins
	target/debug/chaos --damaged $(if $(ROUNDS),$(ROUNDS),10000) $(if $(SEED),--seed $(SEED)) 2>target/damaged.log
	target/debug/chaos $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED))

load: need-build assets ## Puts the server under load on both databases and says what it holds (builds in release first)
	@scripts/need.sh postgresql
	cargo build --quiet --release --package stegvis --bin stegvis --package proofs --bin load
	@scripts/with_postgres.sh target/release/load --within target $(LOAD_FLAGS)

need-build:
	@scripts/need.sh rust node compiler perl

need-test: need-build
	@scripts/need.sh postgresql chromium python

assets/dist/manifest.json: assets/$(INSTALLED) $(ASSET_SOURCES)
	@echo "Building the assets …"
	npm --prefix assets run build
	@touch $@

%/$(INSTALLED): %/package.json %/package-lock.json
	@scripts/need.sh node
	@echo "Installing the packages of $* …"
	npm --prefix $* ci
	@touch $@
