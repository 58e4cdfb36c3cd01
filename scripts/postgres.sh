#!/usr/bin/env bash
# A PostgreSQL of one's own in a directory, for tests: thrown away by removing the directory.
#
#   scripts/postgres.sh start DIR   makes it if need be, starts it, prints its URL
#   scripts/postgres.sh stop DIR    stops it
#
# It is as durable as a real one (fsync stays on). Sign-in without a password works only through
# the socket, which lies in DIR and is closed to others; over loopback, on a free port, a password
# made at random is asked for.
set -euo pipefail

usage() {
    echo "usage: $0 start DIR | stop DIR" >&2
    exit 2
}
[ $# -eq 2 ] || usage

# PostgreSQL refuses to run as root; then its own user does it.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

programs() {
    command -v initdb >/dev/null && { dirname "$(command -v initdb)"; return; }
    find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1 | xargs -r dirname
}

free_port() {
    local port
    for port in $(shuf -i 20000-32000 -n 50); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    echo "postgres.sh: no free port" >&2
    exit 1
}

make_cluster() {
    local password_file="$directory/password"
    as_owner mkdir -p "$directory/socket"
    as_owner chmod 700 "$directory" "$directory/socket"
    head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' | as_owner tee "$password_file" >/dev/null
    as_owner chmod 600 "$password_file"
    as_owner "$bin/initdb" --pgdata="$directory/data" --username=stegvis --encoding=UTF8 \
        --locale=C --auth-local=trust --auth-host=scram-sha-256 --pwfile="$password_file" >/dev/null
}

start() {
    bin="$(programs)"
    [ -n "$bin" ] || { echo "postgres.sh: PostgreSQL is missing; run scripts/need.sh postgresql" >&2; exit 1; }
    mkdir -p "$directory"
    [ "$(id -u)" -ne 0 ] || chown postgres "$directory"
    [ -f "$directory/data/PG_VERSION" ] || make_cluster
    if ! as_owner "$bin/pg_ctl" --pgdata="$directory/data" status >/dev/null; then
        local port
        # The one from before, so that whoever was told of it finds it again.
        port="$(cat "$directory/port" 2>/dev/null || true)"
        if [ -z "$port" ] || (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            port="$(free_port)"
        fi
        as_owner "$bin/pg_ctl" --pgdata="$directory/data" --log="$directory/log" --wait --silent \
            --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$directory/socket' -c max_connections=200" \
            start >&2
        echo "$port" | as_owner tee "$directory/port" >/dev/null
    fi
    # The socket's directory is written into the URL with its slashes spelt out.
    local socket="$directory/socket"
    echo "postgresql://stegvis@${socket//\//%2F}:$(cat "$directory/port")/postgres"
}

stop() {
    bin="$(programs)"
    as_owner "$bin/pg_ctl" --pgdata="$directory/data" --mode=fast --wait --silent stop
}

directory="$(realpath -m "$2")"
# From a directory that its owner may not enter, PostgreSQL's programs complain.
cd /
case "$1" in
    start) start ;;
    stop) stop ;;
    *) usage ;;
esac
