import assert from "node:assert/strict";
import { test } from "node:test";
import rpc from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Client } from "./client.mjs";
import { letter } from "./draft.mjs";
import { codes, twin, uri, whole } from "./letters.mjs";

const plain = letter("Decision based on MTUS Knee Complaints 2004.", "The request is medically necessary.");

/** A text without its mark `^`, and the position that it marks. */
function marked(text) {
  const at = text.indexOf("^");
  const unmarked = text.slice(0, at) + text.slice(at + 1);
  return [unmarked, TextDocument.create(uri, "", 1, unmarked).positionAt(at)];
}

const at = (text, words, offset = 0) => TextDocument.create(uri, "", 1, text).positionAt(text.indexOf(words) + offset);
const textDocument = { uri };

async function opened(text, options) {
  const client = await Client.start(options);
  await client.open(uri, text);
  return client;
}

test("hover tells what is wrong and against what, what is cited, and whom a word means", async () => {
  const client = await opened(twin);
  const [mismatch] = client.published.get(uri).diagnostics.filter((found) => found.code === "gender-mismatch");
  const finding = (await client.hover(uri, mismatch.range.start)).contents.value;
  assert.match(finding, /\*\*gender-mismatch\*\*/);
  assert.match(finding, /the patient is male \(line \d+\)/);
  assert.match(finding, /\*\*Source\.\*\*/);
  assert.match(finding, /was taken as \*\*the patient\*\*/, "and why the word is held against the patient's sex");

  client.change(uri, 2, [{ text: plain }]);
  const value = async (words, offset) => (await client.hover(uri, at(plain, words, offset)))?.contents.value;
  const cited = await value("Knee Complaints", 2);
  assert.match(cited, /Knee Complaints 2004/);
  assert.match(cited, /in the MTUS from 2007-06-15 to 2017-11-30/);
  assert.match(cited, /\[8 CCR § 9792\.23\.6\]\(https:/);
  assert.match(await value("His left"), /“His” was taken as \*\*the patient\*\*: /);
  assert.equal(await value("hurts"), undefined);
  await client.stop();
});

async function completed(text, snippets) {
  const [unmarked, position] = marked(text);
  const client = await opened(unmarked, { snippets });
  const items = await client.connection.sendRequest(rpc.CompletionRequest.type, { textDocument, position });
  assert((items ?? []).every((item) => rpc.TextEdit.is(item.textEdit)));
  await client.stop();
  const document = TextDocument.create(uri, "", 1, unmarked);
  return (items ?? []).map((item) => ({
    label: item.label,
    format: item.insertTextFormat,
    taken: TextDocument.applyEdits(document, [item.textEdit]),
  }));
}

test("completion offers sources of the letter's era, the conclusion that agrees, and the form's words", async () => {
  const sources = await completed(letter("^", "No."), true);
  const low = sources.find(({ label }) => label === "Low Back Complaints 2004");
  assert.equal(low.format, rpc.InsertTextFormat.Snippet);
  assert.match(low.taken, /decision on the MTUS Low Back Complaints 2004, Section\(s\): \$\{1:section\}\./);
  assert(!sources.some(({ label }) => label.includes("2016")), "the letter is of 2014");
  const bare = (await completed(letter("^", "No."), false)).find(({ label }) => label === "Low Back Complaints 2004");
  assert.equal(bare.format, rpc.InsertTextFormat.PlainText);
  assert.match(bare.taken, /Section\(s\): \[section\]\./);

  const [conclusion] = await completed(letter("N/A", "The knee is well. Theref^"));
  assert.match(conclusion.taken, /well\. Therefore, the request for MRI of the left knee is not medically necessary\./);
  const [label] = await completed(plain.replace("\nDecision rationale", "\nClaims^\n\nDecision rationale"));
  assert.equal(label.label, "Claims Administrator guideline:");
  const [heading] = await completed(plain.replace("CLINICAL", "HOW THE^\n\nCLINICAL"));
  assert.equal(heading.label, "HOW THE IMR FINAL DETERMINATION WAS MADE");
  assert.deepEqual(await completed(letter("N/A", "The knee is wel^")), []);
  assert.deepEqual(await completed("Buy milk and^\n"), [], "no letter");
});

test("the outline, folding, and selections that grow", async () => {
  const client = await opened(plain);
  const symbols = await client.connection.sendRequest(rpc.DocumentSymbolRequest.type, { textDocument });
  assert(symbols.every(rpc.DocumentSymbol.is));
  assert.deepEqual(symbols.map((symbol) => symbol.name), ["Header", "CLINICAL CASE SUMMARY", "IMR ISSUES, DECISIONS AND RATIONALES"]);
  const [item] = symbols[2].children;
  assert.deepEqual([item.name, item.detail], ["MRI of the left knee", "Upheld"]);
  assert.deepEqual(item.children.map((field) => field.name), ["MAXIMUS guideline", "Decision rationale"]);

  const folds = await client.connection.sendRequest(rpc.FoldingRangeRequest.type, { textDocument });
  assert(folds.every(rpc.FoldingRange.is));
  assert(folds.some((fold) => fold.startLine === at(plain, "MRI of").line && fold.endLine === at(plain, "Decision rationale").line));

  const positions = [at(plain, "knee hurts"), { line: 999, character: 0 }];
  const [selection, far] = await client.connection.sendRequest(rpc.SelectionRangeRequest.type, { textDocument, positions });
  assert(rpc.SelectionRange.is(selection) && rpc.SelectionRange.is(far));
  const document = TextDocument.create(uri, "", 1, plain);
  const texts = [];
  for (let range = selection; range; range = range.parent) texts.push(document.getText(range.range));
  assert.deepEqual(texts.slice(0, 2), ["knee", "His left knee hurts since 03/14/2013."]);
  await client.stop();
});

test("mentions of the patient and of a side, and links to statutes", async () => {
  const client = await opened(plain);
  const document = TextDocument.create(uri, "", 1, plain);
  const request = { textDocument, position: at(plain, "left knee", 1) };
  const highlights = await client.connection.sendRequest(rpc.DocumentHighlightRequest.type, request);
  assert.deepEqual(highlights.map(({ range }) => document.getText(range)), ["left", "left"]);
  const references = await client.connection.sendRequest(rpc.ReferencesRequest.type, {
    textDocument,
    position: at(plain, "His left"),
    context: { includeDeclaration: true },
  });
  const words = references.map(({ range }) => document.getText(range));
  assert(words.includes("His") && words.some((word) => word.includes("patient")), `${words}`);

  const links = await client.connection.sendRequest(rpc.DocumentLinkRequest.type, { textDocument });
  assert(links.every(rpc.DocumentLink.is));
  assert.deepEqual(links.map(({ range, target }) => [document.getText(range), target]), [
    ["8 CCR 9792.24.2", "https://www.dir.ca.gov/t8/9792_24_2.html"],
  ]);
  await client.stop();
});

test("a line above each item, hints where they are asked for, and tokens", async () => {
  const asked = { textDocument, range: whole };
  const quiet = await opened(plain);
  assert.deepEqual(await quiet.connection.sendRequest(rpc.InlayHintRequest.type, asked), []);
  await quiet.stop();

  const client = await opened(plain, { settings: { inlayHints: true } });
  const [lens] = await client.connection.sendRequest(rpc.CodeLensRequest.type, { textDocument });
  assert.equal(lens.range.start.line, at(plain, "MRI of").line);
  assert.match(lens.command.title, /^Upheld · concludes: medically necessary · \d+ findings?$/);
  const hints = await client.connection.sendRequest(rpc.InlayHintRequest.type, asked);
  assert(hints.every(rpc.InlayHint.is));
  assert.deepEqual(hints.map((hint) => hint.label), ["4 weeks after the injury", "Upheld; the conclusion differs"]);

  const { data } = await client.connection.sendRequest(rpc.SemanticTokensRequest.type, { textDocument });
  const { legend } = client.initialized.capabilities.semanticTokensProvider;
  const document = TextDocument.create(uri, "", 1, plain);
  const tokens = [];
  let [line, character] = [0, 0];
  for (let index = 0; index < data.length; index += 5) {
    character = data[index] === 0 ? character + data[index + 1] : data[index + 1];
    line += data[index];
    const range = { start: { line, character }, end: { line, character: character + data[index + 2] } };
    tokens.push([legend.tokenTypes[data[index + 3]], document.getText(range)]);
  }
  for (const expected of [["keyword", "CLINICAL CASE SUMMARY"], ["keyword", "MAXIMUS guideline:"], ["enumMember", "Upheld"]]) {
    assert(tokens.some((token) => token.join() === expected.join()), `${expected}: ${tokens.join("; ")}`);
  }
  await client.stop();
});

test("of several fixes one is preferred, and one lint is fixed everywhere", async () => {
  const text = twin.replace("The patient walks without a cane.", "The patient walks without a cane..").replace("palpation", "palpation..");
  const client = await opened(text);
  const found = client.published.get(uri).diagnostics.filter((diagnostic) => diagnostic.code === "double-period");
  assert(found.length > 1);
  const everything = await client.actions(uri, whole, ["quickfix"]);
  assert.equal(everything.filter((action) => action.isPreferred).length, 1);
  const here = await client.actions(uri, found[1].range, ["quickfix"]);
  const [preferred] = here.filter((action) => action.isPreferred);
  assert.deepEqual(preferred.diagnostics, [found[1]]);
  const all = here.find((action) => action.title === `Fix all ${found.length} of double-period in this document`);
  assert.equal(all.diagnostics.length, found.length);
  const document = TextDocument.create(uri, "", 1, text);
  const fixed = TextDocument.applyEdits(document, all.edit.changes[uri]);
  client.change(uri, 2, [{ text: fixed }]);
  assert(!codes(await client.diagnostics(uri, 2)).includes("double-period"));
  assert.equal(fixed.replace(/\s/g, "").length, text.replace(/\s/g, "").length - found.length);
  await client.stop();
});

test("a lint is explained by its name", async () => {
  const client = await opened(twin);
  const page = await client.execute({ command: "detlint.explain", arguments: [uri, "double-period"] });
  assert.match(page, /^# double-period\n\n[^]*\*\*Limits\.\*\*/);
  await assert.rejects(client.execute({ command: "detlint.explain", arguments: [uri, "double-perod"] }), /did you mean/);
  await client.stop();
});

test("a text that is no letter has no features", async () => {
  const client = await opened("His knee hurts. See 8 CCR 9792.24.2 for the MTUS.\n");
  const position = { line: 0, character: 1 };
  assert.equal(await client.hover(uri, position), null);
  for (const type of [rpc.DocumentSymbolRequest, rpc.FoldingRangeRequest, rpc.DocumentLinkRequest, rpc.CodeLensRequest]) {
    assert.deepEqual(await client.connection.sendRequest(type.type, { textDocument }), []);
  }
  const highlights = await client.connection.sendRequest(rpc.DocumentHighlightRequest.type, { textDocument, position });
  assert.deepEqual(highlights, []);
  await client.stop();
});
