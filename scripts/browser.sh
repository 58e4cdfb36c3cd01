#!/usr/bin/env bash
# Tells the browser's stories, each with a demo of its own: free ports on loopback, data that are thrown away.
#
#   scripts/browser.sh                   all stories in both languages, and the checks themselves
#   scripts/browser.sh STORY… [sv|en]    those of tests/browser/stories alone
#
# With STORY_PICTURES=none in the environment no pictures are taken; STEGVIS names another binary.
set -euo pipefail
cd "$(dirname "$0")/.."

# Built first, so that the stories wait for the server alone. What cargo says in JSON names the program.
[ -n "${STEGVIS:-}" ] || STEGVIS=$(cargo build --package stegvis --bin stegvis --message-format=json-render-diagnostics |
    node -e 'require("readline").createInterface(process.stdin).on("line", (line) => {
        const { executable, target } = JSON.parse(line);
        if (executable && target.name === "stegvis") console.log(executable);
    })')
export STEGVIS

if [ $# -eq 0 ]; then
    npm --silent --prefix tests/browser test
fi
exec node tests/browser/run.mjs "$@"
