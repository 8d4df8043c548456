// Has an editor proof-read letters with the configuration that its page tells users to paste, and compares what it shows
// and saves with what the terminal says. Then the same with a server that finds nothing, which must be noticed.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { edited, findings } from "./terminal.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const detlint = path.resolve(process.env.DETLINT ?? path.join(root, "target/debug/detlint"));

/** Double-spaced by an extraction; with a byte order mark and carriage returns; with curly marks; without a finding. */
const LETTERS = ["imr-2014-twin.txt", "draft-crlf.txt", "draft-curly.txt", "draft-clean.txt"];

/** A text that is no letter, with a defect that is found when it is called one. */
const NOTE = "Groceries for Friday: two loaves of bread and a pound of plums..\nCall the plumber.\n";

/** The code that a page of editors/ tells users to paste. */
function configuration(page) {
  const [, code] = /^```\w+\n(.*?)^```$/ms.exec(fs.readFileSync(path.join(root, "editors", page), "utf8"));
  return code;
}

/** The findings that have a manual fix and no other finding beside them: the first fix offered there is theirs. */
function fixable(found) {
  const touches = (a, b) => a !== b && a.range.start.byte <= b.range.end.byte && b.range.start.byte <= a.range.end.byte;
  return found.filter(
    (finding) => finding.fixes[0]?.applicability === "manual" && !found.some((other) => touches(finding, other)),
  );
}

/** What an editor is to do with a text, and what must come of it: in `copy`, by the terminal. */
function plan(file, copy) {
  fs.copyFileSync(file, copy);
  // The terminal checks what it is named; the editor leaves a plain text alone that is no letter.
  const steps = { file, opened: path.basename(file) === "note.txt" ? [] : findings(detlint, copy) };
  // Rather one beside letters outside ASCII, which editors count in their own ways.
  const lines = fs.readFileSync(copy, "utf8").split(/\r?\n/);
  const isOdd = ({ range }) => /[^\x20-\x7e\t]/.test(lines[range.start.line - 1]);
  const candidates = fixable(steps.opened);
  const finding = candidates.find(isOdd) ?? candidates[0];
  if (finding) {
    steps.at = finding.range;
    fs.writeFileSync(copy, edited(fs.readFileSync(copy), finding.fixes[0].edits));
    steps.fixed = findings(detlint, copy);
  }
  const left = steps.fixed ?? steps.opened;
  if (left.some(({ fixes }) => fixes[0]?.applicability === "safe")) {
    const cleaning = spawnSync(detlint, ["--check", copy, "--fix", "--exit-zero"], { encoding: "utf8" });
    assert.equal(cleaning.status, 0, cleaning.stderr);
    steps.cleaned = findings(detlint, copy);
  }
  return steps;
}

/** Runs the editor with the program `server` in the place of detlint. */
async function run(editor, server) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "detlint-"));
  try {
    const inScratch = (...names) => path.join(scratch, ...names);
    ["bin", "home", "letters", "copies"].forEach((folder) => fs.mkdirSync(inScratch(folder)));
    fs.symlinkSync(server, inScratch("bin", "detlint"));
    const initial = inScratch("home", editor.initial);
    fs.mkdirSync(path.dirname(initial), { recursive: true });
    fs.writeFileSync(initial, configuration(editor.page));

    LETTERS.forEach((name) => fs.copyFileSync(path.join(root, "tests/letters", name), inScratch("letters", name)));
    ["note.txt", "note.determination"].forEach((name) => fs.writeFileSync(inScratch("letters", name), NOTE));
    const plans = [...LETTERS, "note.txt", "note.determination"].map((name) =>
      plan(inScratch("letters", name), inScratch("copies", name)),
    );
    fs.writeFileSync(inScratch("plan.json"), JSON.stringify(plans));
    await wait(editor.command, {
      ...process.env,
      PATH: `${inScratch("bin")}:${process.env.PATH}`,
      HOME: inScratch("home"),
      LC_ALL: "C.UTF-8",
      VIMINIT: undefined,
      TEST_PLAN: inScratch("plan.json"),
      TEST_REPORT: inScratch("report.json"),
    });
    const reports = JSON.parse(fs.readFileSync(inScratch("report.json"), "utf8"));
    let compared = 0;
    for (const [index, { file, ...steps }] of plans.entries()) {
      const name = path.basename(file);
      for (const step of ["opened", "fixed", "cleaned"].filter((step) => steps[step])) {
        const expected = steps[step].map(editor.shown);
        assert.deepEqual(inOrder(reports[index]?.[step]), inOrder(expected), `${name}: as ${step}`);
        compared += steps[step].length;
      }
      assert.deepEqual(fs.readFileSync(file), fs.readFileSync(inScratch("copies", name)), `${name}: on disk`);
    }
    const [fixed, cleaned] = ["fixed", "cleaned"].map((step) => plans.filter((steps) => steps[step]).length);
    assert.ok(fixed > 1 && cleaned > 2 && compared > 50, "there is something to compare");
    console.log(`${plans.length} texts, ${compared} findings as in the terminal; saved after ${fixed} single fixes and`);
    console.log(`${cleaned} times all safe ones, right to the byte`);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

const inOrder = (found) => found?.map((finding) => JSON.stringify(finding, Object.keys(finding).sort())).sort();

/** Waits for an editor, whose standard input stays open: an end of it would be a key. */
async function wait([program, ...options], env) {
  const child = spawn(program, options, { env, stdio: ["pipe", "pipe", "pipe"], timeout: 240_000 });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  const [status, signal] = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...end) => resolve(end));
  });
  assert.equal(status, 0, `${program} ended with ${status ?? signal}:\n${said}`);
}

/**
 * Drives an editor, which is: its `page` in editors/, its `initial` file in the home folder, its `command`, and how a
 * finding is `shown`.
 */
export async function proofread(editor) {
  await run(editor, detlint);
  const silent = path.join(root, "tests/editors/silent-server.mjs");
  await assert.rejects(run(editor, silent), { code: "ERR_ASSERTION", message: /: as opened/ });
  console.log("a server that finds nothing is noticed");
}
