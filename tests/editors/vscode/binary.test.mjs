// Where the extension looks for detlint, and what it says when there is none.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { findBinary } from "../../../editors/vscode/src/binary.ts";

let root, places;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "detlint-binary-"));
  places = {
    setting: "",
    extension: path.join(root, "extension"),
    home: path.join(root, "home"),
    searchPath: ["", ".", "first", "second"].map((folder) => folder.length > 1 ? path.join(root, folder) : folder).join(":"),
  };
});

afterEach(() => fs.rmSync(root, { recursive: true }));

/** Makes a file of the scratch folder; says where it is. */
function make(name, mode = 0o755) {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, "", { mode });
  return file;
}

const withSetting = (setting) => findBinary({ ...places, setting });

test("the setting wins, then the bundled program, the PATH in its order, the home of cargo", () => {
  const cargo = make("home/.cargo/bin/detlint");
  assert.deepEqual(findBinary(places), { path: cargo });
  const second = make("second/detlint");
  assert.deepEqual(findBinary(places), { path: second });
  const first = make("first/detlint");
  assert.deepEqual(findBinary(places), { path: first });
  const bundled = make("extension/bin/detlint");
  assert.deepEqual(findBinary(places), { path: bundled });
  assert.deepEqual(withSetting(second), { path: second });
});

test("what cannot be run is passed over", () => {
  make("extension/bin/detlint", 0o644);
  make("first/detlint/folder");
  const second = make("second/detlint");
  assert.deepEqual(findBinary(places), { path: second });
});

test("the current folder is not searched", () => {
  const before = process.cwd();
  make("here/detlint");
  process.chdir(path.join(root, "here"));
  try {
    assert.ok("problem" in findBinary(places));
  } finally {
    process.chdir(before);
  }
});

test("nothing found: the problem names every place", () => {
  const { problem } = findBinary(places);
  const { extension, home } = places;
  for (const place of [`${extension}/bin/detlint`, "the folders of PATH", `${home}/.cargo/bin/detlint`]) {
    assert.ok(problem.includes(place), problem);
  }
});

test("a wrong setting is not passed over in silence", () => {
  make("first/detlint");
  const plain = make("plain", 0o644);
  assert.match(withSetting(path.join(root, "none")).problem, /does not exist/);
  assert.match(withSetting(root).problem, /is not a file/);
  assert.match(withSetting(plain).problem, /is not executable/);
  assert.match(withSetting("detlint").problem, /is not an absolute path/);
});

test("a leading ~ of the setting is the home folder", () => {
  const own = make("home/own/detlint");
  assert.deepEqual(withSetting("~/own/detlint"), { path: own });
  assert.match(withSetting("~other/detlint").problem, /is not an absolute path/);
});
