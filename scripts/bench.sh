#!/usr/bin/env bash
# Measures a submitted line on both databases; PostgreSQL runs as a throw-away cluster that is stopped however this ends.
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

cargo bench --package stegvis --features left-out --bench submit_line --no-run
STEGVIS_TEST_POSTGRES=$(scripts/postgres.sh start "$cluster")
export STEGVIS_TEST_POSTGRES
cargo bench --package stegvis --features left-out --bench submit_line
