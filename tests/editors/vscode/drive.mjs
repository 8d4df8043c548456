// Drives the extension in a real VS Code, and compares what it shows and does with what the terminal says.
// Usage: node drive.mjs FOLDER-OF-THE-INSTALLATION EXTENSION.vsix
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { edited, findings } from "../terminal.mjs";
import { CodeServer } from "./code-server.mjs";
import { Workbench } from "./workbench.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const [installed, extension] = process.argv.slice(2).map((argument) => path.resolve(argument));
const detlint = path.resolve(process.env.DETLINT ?? path.join(root, "target/debug/detlint"));
// What the editor runs in place of detlint.
const server = path.resolve(process.env.DETLINT_SERVER ?? detlint);
const pictures = path.join(root, "target/editors/vscode/pictures");

/** One with a byte order mark and carriage returns; one double-spaced by an extraction. */
const LETTERS = ["draft-crlf.txt", "imr-2014-twin.txt"];

/** A text that is no letter, with a defect that is found when it is called one. */
const NOTE = "Groceries for Friday: two loaves of bread and a pound of plums..\nCall the plumber.\n";

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
  return { ...known, [name]: problemsOf(file) };
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

  fs.mkdirSync(inFolder("older"));
  fs.copyFileSync(path.join(root, "tests/letters/imr-2016-words.txt"), inFolder("older/closed.txt"));
  await workbench.command("detlint: Check All Letters");
  const all = { ...changed, "closed.txt": problemsOf(inFolder("older/closed.txt")) };
  assert.notEqual(all["closed.txt"].length, 0);
  await workbench.expectProblems(all);
  await workbench.picture("folder");
  tell("every letter of the folder is checked when that is asked for");

  // The file itself: of a folder that goes VS Code does not tell which files were in it.
  fs.rmSync(inFolder("older/closed.txt"));
  await workbench.expectProblems(changed);
  tell("a letter that is gone has no findings");
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
    await workbench.write(NOTE, "Determination letter");
    await workbench.expectProblems({ ...known, "Untitled-1": known["note.determination"] });
    tell("restarted: a text without a file has its findings too");
    assert.equal(await workbench.complete("\n\nCLINICAL"), "CLINICAL CASE SUMMARY");
    await workbench.expectLine("CLINICAL CASE SUMMARY");
    tell("a heading of the form was completed");

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
