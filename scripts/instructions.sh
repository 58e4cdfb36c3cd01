#!/usr/bin/env bash
# Counts the instructions that reading, judging and printing a line take, under callgrind: the same on a busy machine as on
# a quiet one, and the same each time. `scripts/instructions.sh` for every kind, `scripts/instructions.sh system …` for some.
#
# The cases are those of `crates/stepcheck/benches`, each judged once. The profiles stay in target/instructions, for
# `callgrind_annotate`; with CARGO_PROFILE_BENCH_DEBUG=line-tables-only they know lines.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/need.sh rust valgrind

target=${CARGO_TARGET_DIR:-target}
profiles=$target/instructions
mkdir -p "$profiles"

bench=$(cargo bench --package stepcheck --bench judging --no-run --message-format=json |
    sed -n 's/.*"name":"judging".*"executable":"\([^"]*\)".*/\1/p')

printf '%-14s %6s %12s\n' what cases 'instructions each'
"$bench" --bench --list | sed -n 's|^case/\(.*\)/\([0-9]*\): benchmark$|\1 \2|p' | while read -r kind count; do
    [ $# -eq 0 ] || [[ " $* " = *" $kind "* ]] || continue
    case $kind in
        reading | printing) counted=$kind ;;
        *) counted=judging ;;
    esac
    log=$profiles/$kind.log
    # `--test` runs a bench once.
    valgrind --tool=callgrind --callgrind-out-file="$profiles/$kind.out" --toggle-collect="judging::$counted*" \
        "$bench" --bench --test --exact "case/$kind/$count" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
    # A process that criterion starts beside it counts nothing.
    total=$(sed -n 's/^.*Collected : //p' "$log" | sort -n | tail -n 1)
    printf '%-14s %6d %12d\n' "$kind" "$count" $((total / count))
done
