#!/usr/bin/env bash
# Takes the browser journey through a demo of its own: a free port on loopback, a data directory that is thrown away.
set -euo pipefail
cd "$(dirname "$0")/.."

room=$(mktemp -d)
server=

clean_up() {
    trap - EXIT
    if [ -n "$server" ]; then
        kill -TERM "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$room"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

give_up() {
    echo "$1 What it said:" >&2
    tail -n 60 "$room/server.log" >&2
    exit 1
}

free_port() {
    node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => s.close(console.log(s.address().port)))'
}

answers() {
    node -e 'fetch(process.argv[1]).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))' "$1"
}

port=$(free_port)
export BASE_URL=http://127.0.0.1:$port

# Built first, so that the wait below is for the server alone. `cargo run` becomes the server, so its id is the server's.
cargo build --package stegvis
cargo run --quiet --package stegvis -- demo --listen "127.0.0.1:$port" --data "$room/data" >"$room/server.log" 2>&1 &
server=$!

for ((tries = 240; ; tries--)); do
    if answers "$BASE_URL/health"; then break; fi
    kill -0 "$server" 2>/dev/null || give_up "The demo ended before it answered."
    ((tries > 0)) || give_up "The demo did not answer on $BASE_URL within two minutes."
    sleep 0.5
done

npm --prefix tests/browser test
