#!/usr/bin/env bash
# Sees to it that what the house needs is on the machine: need.sh NEED…
#
# The needs are the cases of `is_here` below. What is missing is installed from Debian, without a question; where that
# cannot be done, the last lines say what to install.
set -euo pipefail

is_here() {
    case $1 in
        rust) command -v cargo >/dev/null && command -v rustc >/dev/null ;;
        node) command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' ;;
        compiler) echo 'int main(void) { return 0; }' | cc -x c -o /dev/null - 2>/dev/null ;;
        c++) echo 'int main() { return 0; }' | c++ -x c++ -o /dev/null - 2>/dev/null ;;
        # Debian keeps what makes virtual environments in a package of its own.
        python) python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ;;
        # The configuration of OpenSSL, which is built from source, is a Perl program; perl-base lacks these modules.
        perl) perl -MFindBin -MIPC::Cmd -MFile::Compare -e 1 2>/dev/null ;;
        # In Debian, PostgreSQL's own programs are not on the path.
        postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null ;;
        valgrind) command -v valgrind >/dev/null ;;
        chromium) [ -x "${CHROMIUM:-/usr/bin/chromium}" ] ;;
        *) echo "need.sh: $1 is not a need it knows" >&2; exit 2 ;;
    esac
}

# The Debian packages that answer a need; none where the version in Debian may be too old.
packages() {
    case $1 in
        compiler) echo gcc libc6-dev ;;
        c++) echo g++ ;;
        python) echo python3-venv ;;
        perl | postgresql | valgrind | chromium) echo "$1" ;;
    esac
}

# give_up NEED REASON
give_up() {
    case $1 in
        rust) echo "Missing: a Rust tool chain, 1.95 or later (cargo and rustc)." >&2 ;;
        node) echo "Missing: Node 20 or later, with npm." >&2 ;;
        *) echo "Missing: $(packages "$1") (the names are those of Debian's packages)." >&2 ;;
    esac
    echo "$2" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# The lists of packages may be absent (a fresh container) or old: they are fetched when installing failed without.
install_packages() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes)
    as_root "${apt[@]}" install --no-install-recommends "$@" && return
    as_root "${apt[@]}" update
    as_root "${apt[@]}" install --no-install-recommends "$@"
}

# Debian would make and start a PostgreSQL of its own at the same time; nobody asked for one.
only_the_programs() {
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.d/stegvis.conf >/dev/null
}

provide() {
    local need=$1 names log
    if is_here "$need"; then return; fi
    read -ra names <<<"$(packages "$need")"
    [ ${#names[@]} -gt 0 ] || give_up "$need" "Install it, and run the same command again."
    command -v apt-get >/dev/null || give_up "$need" "There is no apt-get here to install it with."
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null ||
        give_up "$need" "Neither root, nor sudo without a password. Run: sudo apt-get install ${names[*]}"
    echo "Installing ${names[*]} from Debian …"
    if [ "$need" = postgresql ]; then only_the_programs; fi
    log=$(mktemp)
    install_packages "${names[@]}" >"$log" 2>&1 || cat "$log" >&2
    rm -f "$log"
    is_here "$need" || give_up "$need" "apt-get did not bring it. Install it, and run the same command again."
}

for need in "$@"; do provide "$need"; done
