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
  return comparable(report.files[0].findings);
}

/** The same of every letter of a folder, by the letter's path. */
export function folderFromTerminal(folder) {
  const args = ["--check", folder, "--output-format", "json", "--exit-zero"];
  const report = JSON.parse(execFileSync(detlint, args, { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] }));
  return new Map(report.files.map(({ path, findings }) => [path, comparable(findings)]));
}

const SEVERITIES = { error: 1, warning: 2, info: 3, hint: 4 };

function comparable(findings) {
  return findings.map(({ lint, severity, message, text, range, related }) => ({
    code: lint,
    severity: SEVERITIES[severity],
    message,
    byte: range.start.byte,
    text,
    related: related.map(({ message, range }) => ({ message, byte: range.start.byte })),
  }));
}

/** The same of the server's diagnostics. */
export function fromServer(text, diagnostics) {
  const document = TextDocument.create(uri, "plaintext", 1, text);
  const byteOf = ({ start }) => Buffer.byteLength(text.slice(0, document.offsetAt(start)));
  return diagnostics.map(({ code, severity, message, range, relatedInformation = [] }) => ({
    code,
    severity,
    message,
    byte: byteOf(range),
    text: document.getText(range),
    related: relatedInformation.map(({ message, location }) => ({ message, byte: byteOf(location.range) })),
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
