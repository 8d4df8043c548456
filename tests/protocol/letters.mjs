// The letters that the tests open, and what the terminal says of them.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import { detlint, root } from "./client.mjs";

export const letters = path.join(root, "tests/letters");
export const twin = fs.readFileSync(path.join(letters, "imr-2014-twin.txt"), "utf8");
export const uri = "file:///letters/letter.txt";
export const whole = { start: { line: 0, character: 0 }, end: { line: 100000, character: 0 } };

export const codes = (diagnostics) => diagnostics.map((diagnostic) => diagnostic.code);

/** Findings as the terminal reports them, in the protocol's terms. */
export function fromTerminal(text) {
  const args = ["--check", "-", "--output-format", "json", "--exit-zero"];
  const report = JSON.parse(execFileSync(detlint, args, { input: text, stdio: ["pipe", "pipe", "inherit"] }));
  return report.files[0].findings.map((finding) => ({
    code: finding.lint,
    message: finding.message,
    line: finding.range.start.line - 1,
    text: finding.text,
  }));
}

/** The same of the server's diagnostics. */
export function fromServer(text, diagnostics) {
  const document = TextDocument.create(uri, "plaintext", 1, text);
  return diagnostics.map((diagnostic) => ({
    code: diagnostic.code,
    message: diagnostic.message,
    line: diagnostic.range.start.line,
    text: document.getText(diagnostic.range),
  }));
}

/** A folder with a letter, and how to change its configuration. */
export function folderWith(config, name = "letter.txt") {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "detlint-"));
  const file = path.join(folder, "detlint.toml");
  const uriOf = (name) => pathToFileURL(path.join(folder, name)).href;
  fs.writeFileSync(path.join(folder, name), twin);
  const configure = (text) => fs.writeFileSync(file, text);
  if (config !== undefined) configure(config);
  return {
    path: folder,
    uri: pathToFileURL(folder).href,
    uriOf,
    configure,
    read: (name) => fs.readFileSync(path.join(folder, name), "utf8"),
    write: (name, text) => {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    },
    delete: (name) => fs.rmSync(path.join(folder, name)),
    letter: uriOf(name),
    config: pathToFileURL(file).href,
    remove: () => fs.rmSync(folder, { recursive: true }),
  };
}
