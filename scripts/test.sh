#!/usr/bin/env bash
# Runs every test of the house and says at the end what passed. `make test` sees to the programs first.
#
# PostgreSQL runs as a throw-away cluster, which is stopped however this ends. A part that fails does not stop the
# others: one run shows everything that is wrong.
set -uo pipefail
# Each part gets a process group of its own, so that all of it can be ended at an interrupt.
set -m
cd "$(dirname "$0")/.." || exit 1

room=$(mktemp -d)
# PostgreSQL refuses to run as root, so its own account has to be able to pass through.
chmod 711 "$room"
cluster=$room/postgres
part=
report=()
failed=0

clean_up() {
    trap - EXIT
    [ -z "$part" ] || kill -TERM -- "-$part" 2>/dev/null
    [ ! -e "$cluster" ] || scripts/postgres.sh stop "$cluster" >/dev/null
    rm -rf "$room"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# run TITLE COMMAND…: runs one part and keeps what became of it.
run() {
    local title=$1 began=$SECONDS outcome=passed
    shift
    printf '\n── %s\n' "$title"
    "$@" </dev/null &
    part=$!
    wait "$part" || { outcome=FAILED; failed=1; }
    part=
    report+=("$(printf '%-7s %s (%d s)' "$outcome" "$title" $((SECONDS - began)))")
}

if ! url=$(scripts/postgres.sh start "$cluster"); then
    echo "The throw-away PostgreSQL did not start; what it said stands above." >&2
    exit 1
fi
# A test that needs PostgreSQL and does not find it fails, instead of passing without having tested.
export STEGVIS_TEST_POSTGRES=$url STEGVIS_TEST_REQUIRE_POSTGRES=1

run "Rust, on SQLite and PostgreSQL: cargo test --workspace" cargo test --workspace --no-fail-fast
# The program as the tests were given it. Built by itself it would be built anew, with half of what it stands on: tests ask
# more of some packages.
binary=${CARGO_TARGET_DIR:-target}/debug/stegvis
[ ! -x "$binary" ] || STEGVIS=$(realpath "$binary")
export STEGVIS
run "the API against its document, on both databases: scripts/contract.sh --quick" scripts/contract.sh --quick
run "assets: npm test" npm --prefix assets test
run "custom elements in Chromium: npm run test:browser" npm --prefix assets run test:browser
export STORY_PICTURES=none
run "pages in Chromium: scripts/browser.sh" scripts/browser.sh

printf '\n'
printf '%s\n' "${report[@]}"
exit "$failed"
