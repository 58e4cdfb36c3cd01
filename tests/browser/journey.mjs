// The journey: what people do, done by keyboard alone in a real Chromium against a running demo (`BASE_URL`, see
// scripts/browser.sh). Every page on the way is looked at by axe, photographed in three widths and must keep quiet.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { tellBorders } from "./journey/borders.mjs";
import { tellApproval, tellReport } from "./journey/maraton.mjs";
import { tellPlain } from "./journey/plain.mjs";
import { tellStart } from "./journey/start.mjs";
import { tellStudent } from "./journey/student.mjs";
import { tellTeacher } from "./journey/teacher.mjs";
import { Story } from "./story.mjs";

assert.ok(process.env.BASE_URL, "BASE_URL is not set: scripts/browser.sh starts a demo and sets it");

const story = new Story(process.env.BASE_URL);
before(() => story.begin());
after(() => story.end());

tellStart(story);
tellStudent(story);
tellReport(story);
tellPlain(story);
tellTeacher(story);
tellApproval(story);
tellBorders(story);
