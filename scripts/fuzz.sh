#!/usr/bin/env bash
# Has libFuzzer look for inputs that break a target: fuzz.sh [TARGET…]; every one if none is named.
#
#   FUZZ_SECONDS    how long each is driven (600)
#   FUZZ_SANITIZER  `address` looks for slips of memory as well, at half the speed (none: there is no unsafe code of ours)
#
# What it finds that reaches new code is kept in target/fuzz/corpus, beside what the house keeps in fuzz/corpus; what
# breaks a target lies in target/fuzz/artifacts. The end is a table, and says no if anything broke.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

version=0.13.1
seconds=${FUZZ_SECONDS:-600}
place=$PWD/target/fuzz
programs=$place/programs/bin
# An input that takes longer, or more memory, is a finding.
input_seconds=10
input_mib=2048

if [ "$("$programs/cargo-fuzz" --version 2>/dev/null)" != "cargo-fuzz $version" ]; then
    echo "Installing cargo-fuzz $version into ${place#"$PWD"/} …"
    cargo install --quiet --locked --root "$place/programs" --version "=$version" cargo-fuzz || exit 1
fi
# cargo finds it there as its own command.
export PATH=$programs:$PATH
# The flags that make the compiler count what was reached are not stable; the compiler is, and is the one of the house.
export RUSTC_BOOTSTRAP=1
# OpenSSL takes minutes and is not what is looked at: the one that was built for the tests is linked, where there is one.
built=$(find target/debug/build -path '*/openssl-sys-*/out/openssl-build/install' -maxdepth 4 2>/dev/null | head -n 1)
if [ -n "$built" ]; then export OPENSSL_NO_VENDOR=1 OPENSSL_STATIC=1 OPENSSL_DIR=$PWD/$built; fi

flags=(--sanitizer "${FUZZ_SANITIZER:-none}" --features libfuzzer --target-dir "$place")
cargo fuzz build "${flags[@]}" || exit 1

targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo fuzz list)
host=$(rustc -vV | sed -n 's/^host: //p')
room=$(mktemp -d /dev/shm/stegvis-fuzz.XXXXXX 2>/dev/null || mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# figure NAME FILE: a figure of libFuzzer's last words.
figure() { sed -n "s/^stat::$1: *//p" "$2" | tail -n 1; }

rows=() again=() broken=0
for target in "${targets[@]}"; do
    corpus=$place/corpus/$target artifacts=$place/artifacts/$target log=$place/$target.log
    mkdir -p "$corpus" "$artifacts"
    dictionary=()
    [ ! -e "fuzz/dictionaries/$target" ] || dictionary=("-dict=fuzz/dictionaries/$target")
    echo "── $target, $seconds s"
    before=$(find "$artifacts" -type f | wc -l)
    # The first folder gets what is new; the house's own is only read.
    TMPDIR=$room "$place/$host/release/$target" "$corpus" "fuzz/corpus/$target" \
        "-max_total_time=$seconds" "-timeout=$input_seconds" "-rss_limit_mb=$input_mib" -max_len=4096 \
        -print_final_stats=1 "-artifact_prefix=$artifacts/" "${dictionary[@]}" >"$log" 2>&1 </dev/null
    code=$?
    rm -rf "${room:?}"/*
    crashes=$(($(find "$artifacts" -type f | wc -l) - before))
    if [ "$code" -ne 0 ]; then
        broken=1
        tail -n 25 "$log"
        newest=$(find "$artifacts" -type f -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d ' ' -f 2-)
        again+=("$target: ${newest#"$PWD"/}; again with: target/fuzz/$host/release/$target ${newest#"$PWD"/}")
    fi
    rows+=("$(printf '%-12s %12s %9s %9s %8s %8s' "$target" "$(figure number_of_executed_units "$log")" \
        "$(figure average_exec_per_sec "$log")" "$(figure new_units_added "$log")" \
        "$(figure peak_rss_mb "$log")" "$crashes")")
done

printf '\n%-12s %12s %9s %9s %8s %8s\n' target executions each/s 'new' 'MiB' crashes
printf '%s\n' "${rows[@]}"
if [ "$broken" -ne 0 ]; then
    printf '\nBroken. Mend it, and keep the input (made small with -minimize_crash=1) in fuzz/corpus/TARGET:\n'
    printf '  %s\n' "${again[@]}"
fi
exit "$broken"
