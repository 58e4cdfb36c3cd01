// The stories' own arithmetic: a mistake in it would look like one of the server's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { solve } from "./equation.mjs";

for (const [equation, answer, unfinished] of [
  ["2x + 3 = 17", "x = 7", "x = 14/2"],
  ["3(x − 2) = 2x + 5", "x = 11", "x = 22/2"],
  ["x/4 − 1 = 2", "x = 12", "x = 24/2"],
  ["(2y + 1)/3 = −5", "y = −8", "y = −16/2"],
  ["0,5x = 1,25", "x = 5/2", "x = 10/4"],
  ["7 − 2·(3 − x) = 4x", "x = 1/2", "x = 2/4"],
  ["4x = 0", "x = 0", "x = 0/2"],
]) {
  test(`${equation} gives ${answer}`, () => {
    const solved = solve(equation);
    assert.equal(solved.answer, answer);
    assert.equal(solved.unfinished, unfinished);
  });
}

for (const no of ["2x + 3", "x·x = 4", "x + y = 2", "2x = 2x + 1", "3(x = 2", "x² = 4"]) {
  test(`${no} is not solved`, () => {
    assert.throws(() => solve(no));
  });
}
