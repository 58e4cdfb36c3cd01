#!/usr/bin/env bash
# Puts the server under load, on both databases; PostgreSQL runs as a throw-away cluster that is stopped however this ends.
# Words given are handed on: see `target/release/load --help`.
set -euo pipefail
cd "$(dirname "$0")/.."

room=$(mktemp -d)
chmod 711 "$room"
cluster=$room/postgres

clean_up() {
    trap - EXIT
    [ ! -e "$cluster" ] || scripts/postgres.sh stop "$cluster" >/dev/null
    rm -rf "$room"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cargo build --quiet --release --package stegvis --bin stegvis --package proofs --bin load
STEGVIS_TEST_POSTGRES=$(scripts/postgres.sh start "$cluster")
export STEGVIS_TEST_POSTGRES
target/release/load --within target "$@"
