#!/usr/bin/env bash
# Holds a running server against its own OpenAPI document with schemathesis, on SQLite and then on PostgreSQL:
# contract.sh [--quick]
#
# The server is the demo, on loopback, with a made-up municipality of its own each time. Python's packages lie in
# target/contract and nowhere else. What was found is also kept there, one file a role.
set -euo pipefail
cd "$(dirname "$0")/.."
set -m

quick=()
case ${1:-} in
    --quick) quick=(--quick) ;;
    "") ;;
    *) echo "usage: $0 [--quick]" >&2; exit 2 ;;
esac

scripts/need.sh python
place=target/contract
venv=$place/venv
# Its programs name the path of their own interpreter: moved or copied, it has to be made anew.
wanted="$(sha256sum scripts/contract/requirements.txt | cut -d ' ' -f 1) $PWD/$venv"
if [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
    echo "Installing schemathesis into $venv …"
    rm -rf "$venv"
    mkdir -p "$place"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes \
        --requirement scripts/contract/requirements.txt
    echo "$wanted" >"$venv/installed"
fi

# Another binary may be named.
binary=${STEGVIS:-target/debug/stegvis}
[ -n "${STEGVIS:-}" ] || cargo build --package stegvis --bin stegvis

room=$(mktemp -d)
# PostgreSQL refuses to run as root, so its own account has to be able to pass through.
chmod 711 "$room"
server=

stop_server() {
    [ -n "$server" ] || return 0
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}

clean_up() {
    trap - EXIT
    stop_server
    [ ! -e "$room/postgres" ] || scripts/postgres.sh stop "$room/postgres" >/dev/null
    rm -rf "$room"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# hold DATABASE FLAGS…: starts the demo with these flags and holds it against its document.
failed=0
hold() {
    local database=$1 told=$room/$1.log address=
    shift
    "$binary" demo --listen 127.0.0.1:0 "$@" >"$told" 2>&1 </dev/null &
    server=$!
    echo "Filling a demo on $database …"
    for _ in $(seq 600); do
        address=$(sed -n 's/.*point your browser to \(http:[^ ]*\).*/\1/p' "$told")
        [ -z "$address" ] || break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.5
    done
    if [ -z "$address" ]; then
        echo "The demo on $database did not start:" >&2
        cat "$told" >&2
        failed=1
        return
    fi
    "$venv/bin/python" scripts/contract/roles.py "${quick[@]}" --database "$database" --address "$address" --demo "$told" \
        --reports "$place/$database" || failed=1
    if ! kill -0 "$server" 2>/dev/null || grep -q panicked "$told"; then
        echo "The server on $database did not live through it:" >&2
        tail -n 20 "$told" >&2
        failed=1
    fi
    stop_server
}

hold sqlite --data "$room/demo"

if [ -n "${STEGVIS_TEST_POSTGRES:-}" ]; then
    url=$STEGVIS_TEST_POSTGRES
else
    url=$(scripts/postgres.sh start "$room/postgres")
fi
base=${url%/*}
names="contract_$$ contract_$$_keys"
for name in $names; do
    psql --quiet --no-psqlrc "$url" --command "CREATE DATABASE $name"
done
hold postgres --database "$base/contract_$$" --keys "$base/contract_$$_keys"
for name in $names; do
    psql --quiet --no-psqlrc "$url" --command "DROP DATABASE $name WITH (FORCE)"
done
exit "$failed"
