#!/usr/bin/env bash
# Runs a command with a PostgreSQL that is thrown away however this ends: with_postgres.sh COMMAND…
#
# The command finds its URL in STEGVIS_TEST_POSTGRES.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || { echo "usage: $0 COMMAND…" >&2; exit 2; }

room=$(mktemp -d)
# PostgreSQL refuses to run as root, so its own account has to be able to pass through.
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

STEGVIS_TEST_POSTGRES=$(scripts/postgres.sh start "$cluster")
export STEGVIS_TEST_POSTGRES
"$@"
