// The journey: what people do, done by keyboard alone in a real Chromium against a running demo (`BASE_URL`, see
// scripts/browser.sh). Every page on the way is looked at by axe, photographed in three widths and must keep quiet.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { BORDERS, LEAVING } from "./journey/borders.mjs";
import { BY_CARD, CARDS, LOST_CARD } from "./journey/cards.mjs";
import { OTHER_PAGES } from "./journey/display.mjs";
import { DOOR, NEW_PASSWORD } from "./journey/doors.mjs";
import { FAREWELL, MY_DATA, SIGN_UP } from "./journey/individual.mjs";
import { APPROVAL, REPORT } from "./journey/maraton.mjs";
import { Student } from "./journey/paper.mjs";
import { PLAIN } from "./journey/plain.mjs";
import { CHILD, READ, SENT } from "./journey/report.mjs";
import { SEEN, SEEN_OF_CHILD } from "./journey/seen.mjs";
import { tellStart } from "./journey/start.mjs";
import { EQUATION, NEXT_TASKS } from "./journey/student.mjs";
import { ALVAS_LINES, ASSIGNMENT, GROUP } from "./journey/teacher.mjs";
import { UNSENT } from "./journey/unsent.mjs";
import { Person, Story } from "./story.mjs";

assert.ok(process.env.BASE_URL, "BASE_URL is not set: scripts/browser.sh starts a demo and sets it");

const story = new Story(process.env.BASE_URL);
before(() => story.begin());
after(() => story.end());

const alva = new Student(story);
const maria = new Person(story);
const tuva = new Person(story);
const sofia = new Person(story);
const karin = new Person(story);
const lo = new Person(story);
const holder = new Person(story);
const solros = new Person(story);
story.people = { alva, maria, tuva, lo, holder };

tellStart(story);
story.tell("Alva's equation", alva, EQUATION);
story.tell("Alva's next tasks", alva, NEXT_TASKS);
story.tell("A line that cannot be sent", alva, UNSENT);
story.tell("Alva's other pages", alva, OTHER_PAGES);
story.tell("Alva's way", alva, REPORT);
story.tell("Without script", tuva, PLAIN);
story.tell("Maria's group", maria, GROUP);
story.tell("What Alva typed", maria, ALVAS_LINES);
story.tell("Maria's assignment", maria, ASSIGNMENT);
story.tell("The class code's door", lo, DOOR);
story.tell("A new password", maria, NEW_PASSWORD);
story.tell("Maria's login cards", maria, CARDS);
story.tell("Alva's card", holder, BY_CARD);
story.tell("The lost card", maria, LOST_CARD);
story.tell("Alva's way, approved by Maria,", maria, APPROVAL);
story.tell("Alva's error report", alva, SENT);
story.tell("Alva's report, read by Sofia,", sofia, READ);
story.tell("Karin's child", karin, CHILD);
story.tell("Who looked at Karin's child", karin, SEEN_OF_CHILD);
story.tell("Who looked at Alva's data", alva, SEEN);
story.tell("Somebody on their own", solros, SIGN_UP);
story.tell("What is stored of somebody on their own", solros, MY_DATA);
story.tell("The end of it", solros, FAREWELL);
story.tell("Somebody else's", alva, BORDERS);
story.tell("Leaving", alva, LEAVING);
