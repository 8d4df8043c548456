// Drives the extension in a real VS Code, and compares what it shows and does with what the terminal says.
// Usage: node drive.mjs FOLDER-OF-THE-INSTALLATION EXTENSION.vsix
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { DRAFT, letter } from "../../protocol/draft.mjs";
import { edited, findings } from "../terminal.mjs";
import { CodeServer } from "./code-server.mjs";
import { Workbench } from "./workbench.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const [installed, extension] = process.argv.slice(2).map((argument) => path.resolve(argument));
const detlint = path.resolve(process.env.DETLINT ?? path.join(root, "target/debug/detlint"));
// What the editor runs in place of detlint.
const server = path.resolve(process.env.DETLINT_SERVER ?? detlint);
const pictures = path.join(installed, server === detlint ? "pictures" : "pictures-of-another-server");

/** One with a byte order mark and carriage returns; one double-spaced by an extraction. */
const LETTERS = ["draft-crlf.txt", "imr-2014-twin.txt"];

/** A text that is no letter, with a defect that is found when it is called one. */
const NOTE = "Groceries for Friday: two loaves of bread and a pound of plums..\nCall the plumber.\n";

/** More than can be looked through before a person can say that it is enough. */
const MANY = 3000;

const started = Date.now();
const tell = (event) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s  ${event}`);

/** A file's findings as the list of problems shows them. */
function problemsOf(file) {
  const placed = ({ message, range }) => ({ message, line: range.start.line, column: range.start.column });
  return findings(detlint, file).map((finding) => ({
    lint: finding.lint,
    source: "detlint",
    severity: finding.severity,
    related: finding.related.map(placed),
    ...placed(finding),
  }));
}

/** Checks one letter from the first squiggle to the saved file. Files with problems: this one and those known before. */
async function proofread(workbench, file, known) {
  const name = path.basename(file);
  await workbench.openFile(name);
  const problems = problemsOf(file);
  await workbench.expectProblems({ ...known, [name]: problems });
  tell(`${name}: the same ${problems.length} findings as in the terminal`);

  const found = findings(detlint, file);
  for (const [index, problem] of problems.entries()) {
    await workbench.goTo(problem, found[index].range.end);
    // Of two findings of one severity, of which one holds the other, VS Code draws one squiggle.
    const holds = ({ range: { start, end } }) =>
      start.byte <= found[index].range.start.byte && end.byte >= found[index].range.end.byte;
    const isHeld = found.some((other) => other !== found[index] && other.severity === found[index].severity && holds(other));
    await workbench.expectSquiggle(problem, found[index].text, { isHeld });
  }
  tell(`${name}: a squiggle under the text of each`);

  const manual = found.findIndex(({ lint, fixes }) => lint === "gender-mismatch" && fixes[0]?.applicability === "manual");
  assert.notEqual(manual, -1, `${name} has a manual fix to test`);
  await workbench.goTo(problems[manual], found[manual].range.end);
  await workbench.hover(problems[manual], found[manual].text, "Limits.");
  await workbench.picture(`${name}-hover`);
  await workbench.leaveHover();
  await workbench.openLightBulb();
  await workbench.picture(`${name}-light-bulb`);
  await workbench.takeAction(found[manual].fixes[0].title);

  // The terminal says what becomes of the rest, in a copy of its own.
  const copy = path.join(pictures, name);
  fs.writeFileSync(copy, edited(fs.readFileSync(file), found[manual].fixes[0].edits));
  await workbench.expectProblems({ ...known, [name]: problemsOf(copy) });
  tell(`${name}: “${found[manual].fixes[0].title}” taken from the light bulb's menu`);

  const safe = findings(detlint, copy).map(({ fixes }) => fixes[0]).filter((fix) => fix?.applicability === "safe");
  assert.notEqual(safe.length, 0, `${name} has a safe fix to test`);
  fs.writeFileSync(copy, edited(fs.readFileSync(copy), safe.flatMap(({ edits }) => edits)));
  await workbench.command("detlint: Apply All Safe Fixes");
  await workbench.expectProblems({ ...known, [name]: problemsOf(copy) });
  await workbench.save();
  assert.deepEqual(fs.readFileSync(file), fs.readFileSync(copy), `${name} on disk is what the terminal's edits give`);
  fs.rmSync(copy);
  tell(`${name}: ${safe.length} safe fixed, saved, right to the byte`);
  return { ...known, [name]: problemsOf(file) };
}

/** How many errors, warnings and others there are. */
function countsOf(problems) {
  const count = (severity) => problems.filter((problem) => problem.severity === severity).length;
  return [count("error"), count("warning"), problems.length - count("error") - count("warning")];
}

/** What a letter's reader sees and decides beside the findings, in the letter that is open; the problems known then. */
async function readAndDecide(workbench, inFolder, name, known) {
  const file = inFolder(name);
  await workbench.expectCounts(countsOf(known[name]));
  const symbols = await workbench.symbols();
  assert.ok(symbols.some((symbol) => symbol.endsWith("CLINICAL CASE SUMMARY")), `the outline: ${symbols}`);
  tell(`${name}: counts in the status bar, and an outline`);

  const found = findings(detlint, file);
  const chosen = found.findIndex(({ lint }) => lint !== "gender-mismatch");
  const problem = problemsOf(file)[chosen];
  await workbench.goTo(problem, found[chosen].range.end);
  await workbench.command("detlint: Explain Finding");
  await workbench.expectPage(`Preview ${problem.lint}`, "Limits.");
  tell(`${name}: a finding explained`);

  await workbench.goTo(problem, found[chosen].range.end);
  await workbench.openLightBulb();
  await workbench.takeAction("Accept this finding");
  // The terminal reads the same file of accepted findings.
  await workbench.expectProblems({ ...known, [name]: problemsOf(file) });
  assert.ok(fs.existsSync(inFolder("detlint-baseline.json")));
  assert.equal(problemsOf(file).length, known[name].length - 1);
  tell(`${name}: a finding accepted`);

  // Each is one more decision that the terminal reads from the same file.
  const decide = async (finding, title) => {
    const before = findings(detlint, file);
    const decided = before.findIndex(finding);
    assert.notEqual(decided, -1, `${name} has something to decide`);
    await workbench.goTo(problemsOf(file)[decided], before[decided].range.end);
    await workbench.openQuickFixes();
    await workbench.takeAction(title(before[decided]));
    await workbench.until(() => problemsOf(file).length < before.length, "the settings are written");
    await workbench.expectProblems({ ...known, [name]: problemsOf(file) });
  };
  const isWord = ({ family, text }) => family === "spelling" && !/\s/.test(text);
  await decide(isWord, ({ text }) => `Accept the word “${text}”`);
  await decide(
    ({ lint }) => lint === "missing-word",
    () => "Switch missing-word off for all letters in “letters”",
  );
  tell(`${name}: a word accepted, and a lint switched off`);
  return { ...known, [name]: problemsOf(file) };
}

/** What helps in writing, in a text without a file. */
async function write(workbench, known, inFolder) {
  const scratch = inFolder("untitled.determination");
  /** The problems of a text as the terminal finds them. */
  const problemsIn = (text) => {
    fs.writeFileSync(scratch, text);
    const problems = problemsOf(scratch);
    fs.rmSync(scratch);
    return problems;
  };
  const expectText = (text) => {
    const problems = problemsIn(text);
    return workbench.expectProblems(problems.length === 0 ? known : { ...known, "Untitled-1": problems });
  };

  await workbench.write(NOTE, "Determination letter");
  await expectText(NOTE);
  await workbench.type("Bring 90 plums..");
  await expectText(`${NOTE}Bring 90 plums..`);
  await workbench.openQuickFixes();
  await workbench.takeAction("Fix all 2 of double-period in this document");
  await expectText(`${NOTE}Bring 90 plums..`.replaceAll("..", "."));
  tell("a text without a file: findings while typing, and one lint mended everywhere");

  await workbench.replaceText(`${NOTE}\n\n`);
  assert.equal(await workbench.complete("CLINICAL"), "CLINICAL CASE SUMMARY");
  await workbench.expectLine("CLINICAL CASE SUMMARY");
  await workbench.replaceText(DRAFT);
  assert.equal(await workbench.complete("Knee"), "Knee Complaints 2004");
  await workbench.expectLine("decision on the MTUS Knee Complaints 2004, Section(s): ");
  await workbench.replaceText(`${DRAFT}N/A\n\nDecision rationale: The knee is well. `);
  assert.equal(await workbench.complete("Theref"), "Therefore, the request for MRI of the left knee is not medically necessary.");
  await workbench.expectLine("The knee is well. Therefore, the request for MRI of the left knee is not medically necessary.");
  tell("completed: a heading, a source of the letter's era, and the conclusion that agrees");

  const sourced = letter("Decision based on MTUS Knee Complaints 2004.", "The request is medically necessary.");
  await workbench.replaceText(sourced);
  await expectText(sourced);
  const place = (words) => {
    const before = sourced.slice(0, sourced.indexOf(words)).split("\n");
    return { line: before.length, column: before.at(-1).length + 1 };
  };
  const hover = async (words, ...shown) => {
    await workbench.goToPlace(place(words));
    await workbench.hover(place(words), words, ...shown);
    await workbench.leaveHover();
  };
  await hover("Knee Complaints", "in the MTUS from 2007-06-15 to 2017-11-30");
  await hover("His", "“His” was taken as the patient");
  await workbench.expectLens(/^Upheld · concludes: medically necessary · \d+ findings?$/);
  await workbench.goToPlace(place("CLINICAL"));
  await workbench.expectToken("semantic token type keyword", "markup.heading.determination-letter");
  await workbench.goToPlace(place("Upheld"));
  await workbench.expectToken("semantic token type enumMember", "constant.language.decision.determination-letter");
  tell("hover on a source and a pronoun, a line above the request, the colors of headings and decisions");
}

/** A changed configuration is followed, and every letter of the folder is looked at when that is asked for. */
async function wholeFolder(workbench, inFolder, known) {
  const names = Object.keys(known);
  const now = (names) => Object.fromEntries(names.map((name) => [name, problemsOf(inFolder(name))]));
  fs.writeFileSync(inFolder("detlint.toml"), '[lints]\npatient = "off"\nspelling = "info"\n');
  const changed = now(names);
  assert.notDeepEqual(changed, known);
  await workbench.expectProblems(changed);
  tell("a changed configuration is followed");

  // Letters without a finding, so that the list stays short.
  fs.mkdirSync(inFolder("many"));
  for (let count = 0; count < MANY; count++) {
    fs.copyFileSync(path.join(root, "tests/letters/imr-2014-clean.txt"), inFolder(`many/${count}.txt`));
  }
  fs.mkdirSync(inFolder("older"));
  fs.copyFileSync(path.join(root, "tests/letters/imr-2016-words.txt"), inFolder("older/closed.txt"));
  assert.deepEqual(problemsOf(inFolder("many/0.txt")), []);
  await workbench.command("detlint: Check All Letters");
  await workbench.stopProgress("Checking letters");
  await workbench.expectProblems(changed);
  tell("the look at every letter of the folder is shown, and stopped");

  await workbench.command("detlint: Check All Letters");
  const all = { ...changed, "closed.txt": problemsOf(inFolder("older/closed.txt")) };
  assert.notEqual(all["closed.txt"].length, 0);
  await workbench.expectProblems(all, { isLong: true });
  await workbench.picture("folder");
  tell("every letter of the folder is checked when that is asked for");

  fs.renameSync(inFolder("older/closed.txt"), inFolder("older/renamed.txt"));
  await workbench.expectProblems({ ...changed, "renamed.txt": problemsOf(inFolder("older/renamed.txt")) });
  fs.rmSync(inFolder("older"), { recursive: true });
  await workbench.expectProblems(changed);
  tell("a renamed letter has its findings under its new name, and one whose folder is gone has none");
  return changed;
}

async function drive(codeServer) {
  const inFolder = (name) => path.join(codeServer.folder, name);
  LETTERS.forEach((name) => fs.copyFileSync(path.join(root, "tests/letters", name), inFolder(name)));
  fs.writeFileSync(inFolder("note.txt"), NOTE);
  fs.writeFileSync(inFolder("note.determination"), NOTE);

  // The note is opened first: it was looked at when the findings of the letter come, and every list below is without it.
  const page = await codeServer.open(inFolder("note.txt"), { width: 1200, height: 860 });
  try {
    const workbench = await Workbench.of(page, pictures);
    tell("a window with a note that is no letter");
    let known = {};
    for (const name of LETTERS) known = await proofread(workbench, inFolder(name), known);
    tell("the note stayed without a finding");
    known = await readAndDecide(workbench, inFolder, LETTERS.at(-1), known);
    known = await wholeFolder(workbench, inFolder, known);

    await workbench.openFile("note.determination");
    known["note.determination"] = problemsOf(inFolder("note.determination"));
    assert.notEqual(known["note.determination"].length, 0);
    await workbench.expectProblems(known);
    tell("the same note in the language of determination letters has its findings");

    codeServer.configure({ "detlint.path": "/nowhere/detlint" });
    const message = await workbench.notification();
    assert.match(message, /^The setting detlint\.path is “\/nowhere\/detlint”, which does not exist/);
    assert.match(message, /Install detlint, or set detlint\.path to where it is\.$/);
    await workbench.expectProblems({});
    await workbench.picture("missing");
    await workbench.pressNotificationButton("Open Setting");
    await workbench.expectSetting("Detlint: Path");
    await workbench.picture("setting");
    await workbench.closeSettings();
    tell("a wrong path: one message, which leads to the setting");

    codeServer.configure({ "detlint.path": "/bin/false" });
    assert.match(await workbench.notification(), /^\/bin\/false does not run \(exit code 1\)\. Set detlint\.path to /);
    await workbench.picture("dying");
    tell("a program that dies at once: one message");

    codeServer.configure({ "detlint.path": server });
    await workbench.expectProblems(known);
    tell("a right path: the findings are back");

    await workbench.command("detlint: Restart");
    await workbench.expectProblems(known);
    tell("restarted");
    await write(workbench, known, inFolder);
    await workbench.expectWalkthrough("Proof-read determination letters", [
      "Open a letter", "Read a finding, and mend it", "Apply all safe fixes", "Check a whole folder",
    ]);
    tell("the walkthrough");

    await workbench.command("detlint: Show Output");
    await workbench.expectOutput("detlint");
  } catch (error) {
    // A window that is gone shows nothing, and must not hide why it went.
    await page.screenshot({ path: path.join(pictures, "failed.png") }).catch(() => {});
    throw error;
  }
}

// Leaves in order when the time is up.
process.once("SIGTERM", () => process.exit(1));
fs.rmSync(pictures, { recursive: true, force: true });
fs.mkdirSync(pictures, { recursive: true });
const log = fs.openSync(path.join(pictures, "code-server.log"), "w");
const codeServer = await CodeServer.start({ installed, extension, detlint: server, log });
try {
  tell("VS Code runs");
  await drive(codeServer);
} catch (error) {
  console.error(`failed: ${error.message}\n(see ${path.relative(process.cwd(), pictures)}/failed.png)`);
  process.exitCode = 1;
} finally {
  await codeServer.stop();
}
