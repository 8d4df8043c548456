import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import rpc from "vscode-languageserver-protocol/node";
import { Client, root } from "./client.mjs";
import { codes, folderFromTerminal, folderWith, fromServer, fromTerminal, letters, twin, uri } from "./letters.mjs";

test("a client that asks is answered, and nothing is pushed to it", async () => {
  const client = await Client.start({ pulls: true });
  assert.equal(client.initialized.capabilities.diagnosticProvider.workspaceDiagnostics, true);
  client.show(uri, twin);
  const first = await client.pull(uri);
  assert.equal(first.kind, "full");
  assert(first.items.every(rpc.Diagnostic.is));
  assert.deepEqual(fromServer(twin, first.items), fromTerminal(twin));

  const again = await client.pull(uri, first.resultId);
  assert.deepEqual(again, { kind: "unchanged", resultId: first.resultId });

  const start = { line: 0, character: 0 };
  client.change(uri, 2, [{ range: { start, end: start }, text: "\n" }]);
  const moved = await client.pull(uri, first.resultId);
  assert.equal(moved.kind, "full");
  assert.equal(moved.items[0].range.start.line, first.items[0].range.start.line + 1);

  client.change(uri, 3, [{ text: twin }]);
  assert.equal((await client.pull(uri, first.resultId)).kind, "unchanged", "the whole text, as it was at first");
  await client.close(uri);
  assert.deepEqual((await client.pull(uri)).items, []);
  assert.equal(client.published.size, 0);
  await client.stop();
});

test("a client that asks is told when a configuration changed", async () => {
  const client = await Client.start({ pulls: true, watches: true });
  const folder = folderWith("");
  client.show(folder.letter, twin);
  assert(codes((await client.pull(folder.letter)).items).includes("double-period"));
  folder.configure("[lints]\npunctuation = \"off\"\n");
  await client.filesChanged(folder.config);
  await client.until(() => client.refreshed > 0);
  assert(!codes((await client.pull(folder.letter)).items).includes("double-period"));
  folder.configure("nonsense");
  await client.filesChanged(folder.config);
  await client.published_as(folder.config, (found) => found.length === 1);
  folder.remove();
  await client.stop();
});

test("to a client that asks and cannot be told to ask again diagnostics are pushed", async () => {
  const client = await Client.start({ pulls: true, refreshes: false });
  assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
  const folder = folderWith("");
  assert(codes(await client.open(folder.letter, twin)).includes("double-period"));
  await client.execute({ command: "detlint.switchOff", arguments: [folder.letter, "double-period"] });
  await client.published_as(folder.letter, (found) => !codes(found).includes("double-period"));
  folder.remove();
  await client.stop();
});

test("every letter of every folder", async () => {
  const first = folderWith("");
  const second = folderWith("[lints]\npunctuation = \"off\"\n", "90° a [b].txt");
  first.write("notes.txt", "Call the clinic..\n");
  first.write("more/letter.txt", twin);
  first.write("open.txt", twin);
  const client = await Client.start({ pulls: true, watches: true, folders: [first.uri, second.uri] });
  client.show(first.uriOf("open.txt"), twin);
  const report = await client.pullFolders();
  const found = new Map(report.items.map((item) => [item.uri, item]));
  assert.deepEqual(
    [...found.keys()].sort(),
    [first.letter, first.uriOf("more/letter.txt"), decodeURIComponent(second.letter)]
      .map((uri) => [...found.keys()].find((key) => decodeURIComponent(key) === decodeURIComponent(uri)))
      .sort(),
    "the letters, without the one that is open and what is no letter",
  );
  assert.deepEqual(fromServer(twin, found.get(first.letter).items), fromTerminal(twin));
  const other = report.items.find((item) => item.uri.includes("90"));
  assert(!codes(other.items).includes("double-period"), "each folder has its own configuration");

  const held = report.items.map(({ uri, resultId }) => ({ uri, value: resultId }));
  let answered = false;
  const waiting = client.pullFolders(held).then((report) => ((answered = true), report));
  await client.pull(uri);
  assert.equal(answered, false, "nothing changed, so the answer waits");
  first.delete("more/letter.txt");
  first.write("letter.txt", twin.replace("..", "."));
  await client.filesChanged(first.letter);
  const changes = (await waiting).items.map((item) => [item.uri, item.kind, item.items?.length]);
  const before = found.get(first.letter).items.length;
  assert.deepEqual(changes.sort(), [
    [first.letter, "full", before - 1],
    [first.uriOf("more/letter.txt"), "full", 0],
    [other.uri, "unchanged", undefined],
  ].sort());
  first.remove();
  second.remove();
  await client.stop();
});

test("a look through the folders shows its progress, comes in parts, and can be stopped", async () => {
  const folder = folderWith("");
  for (let count = 0; count < 100; count += 1) folder.write(`${count}.txt`, twin);
  const parts = [];
  const client = await Client.start({ pulls: true, progress: true, folders: [folder.uri] });
  client.connection.onProgress(rpc.WorkspaceDiagnosticRequest.partialResult, "parts", ({ items }) => parts.push(...items));
  const { items } = await client.pullFolders([], undefined, { partialResultToken: "parts" });
  assert(parts.length > 0);
  assert.equal(parts.length + items.length, 101);
  await client.until(() => client.progress.at(-1).kind === "end");
  const kinds = client.progress.map((step) => step.kind);
  assert.deepEqual([kinds[0], kinds.at(-1)], ["begin", "end"]);
  assert(kinds.includes("report"));
  const steps = client.progress.length;
  await client.filesChanged(folder.letter);
  await client.pullFolders();
  assert.equal(client.progress.length, steps, "a look at what is known is too short to be told of");
  await client.stop();

  const stopping = await Client.start({
    pulls: true,
    progress: true,
    folders: [folder.uri],
    onProgress: (client, token, { kind }) => {
      if (kind === "begin") client.connection.sendNotification(rpc.WorkDoneProgressCancelNotification.type, { token });
    },
  });
  assert((await stopping.pullFolders()).items.length < 101);
  await stopping.stop();

  const cancelling = await Client.start({ pulls: true, folders: [folder.uri] });
  const source = new rpc.CancellationTokenSource();
  const cancelled = cancelling.pullFolders([], source.token);
  source.cancel();
  await assert.rejects(cancelled, { code: rpc.LSPErrorCodes.RequestCancelled });
  assert.equal((await cancelling.pullFolders()).items.length, 101, "it is begun anew");
  folder.remove();
  await cancelling.stop();
});

test("a broken configuration of a folder is shown in its file", async () => {
  const folder = folderWith("nonsense");
  const client = await Client.start({ pulls: true, folders: [folder.uri] });
  assert.deepEqual((await client.pullFolders()).items, []);
  const [fault] = await client.published_as(folder.config, (found) => found.length === 1);
  assert.equal(fault.severity, rpc.DiagnosticSeverity.Error);
  folder.remove();
  await client.stop();
});

test("the command to check the folders pushes what is found, in every client", async () => {
  for (const pulls of [false, true]) {
    const folder = folderWith("");
    folder.write("latin.txt", twin);
    const client = await Client.start({ pulls, folders: [folder.uri] });
    const counted = await client.execute({ command: "detlint.checkFolder", arguments: [] });
    assert.equal(counted.letters, 2);
    assert.equal(counted.whole, true);
    const pushed = await client.published_as(folder.letter, () => true);
    assert.deepEqual(fromServer(twin, pushed), fromTerminal(twin));
    client.show(folder.letter, twin);
    if (pulls) {
      await client.published_as(folder.letter, (found) => found.length === 0);
    } else {
      assert.deepEqual(await client.diagnostics(folder.letter, 1), pushed);
    }
    folder.remove();
    await client.stop();
  }
});

test("a client that works in no folder has that of its document checked, when it asks for that", async () => {
  const folder = folderWith("");
  folder.write("other.txt", twin);
  const client = await Client.start();
  await client.open(folder.letter, twin);
  const counted = await client.execute({ command: "detlint.checkFolder", arguments: [folder.letter] });
  assert.equal(counted.letters, 1);
  const pushed = await client.published_as(folder.uriOf("other.txt"), () => true);
  assert.deepEqual(fromServer(twin, pushed), fromTerminal(twin));
  folder.remove();
  await client.stop();
});

test("folders come and go", async () => {
  const [first, second] = [folderWith(""), folderWith("")];
  const client = await Client.start({ pulls: true, folders: [first.uri] });
  assert.deepEqual((await client.pullFolders()).items.map((item) => item.uri), [first.letter]);
  await client.connection.sendNotification(rpc.DidChangeWorkspaceFoldersNotification.type, {
    event: { added: [{ uri: second.uri, name: "second" }], removed: [{ uri: first.uri, name: "first" }] },
  });
  const held = [{ uri: first.letter, value: "an old one" }];
  const { items } = await client.pullFolders(held);
  assert.deepEqual(items.map((item) => [item.uri, item.items.length > 0]), [[second.letter, true], [first.letter, false]]);
  first.remove();
  second.remove();
  await client.stop();
});

test("a look through a folder gives the findings of the terminal for each letter", async () => {
  for (const folder of [letters, path.join(root, "tests/accuracy/letters")]) {
    const client = await Client.start({ pulls: true, rootPath: folder });
    const { items } = await client.pullFolders();
    const expected = folderFromTerminal(folder);
    assert(expected.size > 10);
    const found = new Map();
    for (const { uri, items: diagnostics } of items) {
      const file = fileURLToPath(uri);
      found.set(file, fromServer(fs.readFileSync(file, "utf8").replace(/^\ufeff/, ""), diagnostics));
    }
    assert.deepEqual([...found.keys()].sort(), [...expected.keys()].sort());
    for (const [file, findings] of expected) assert.deepEqual(found.get(file), findings, file);
    await client.stop();
  }
});

test("letters whose folder goes or comes are looked at again, and a list of words is read again", async () => {
  const folder = folderWith("words-files = [\"words.txt\"]\n");
  folder.write("words.txt", "");
  folder.write("older/letter.txt", twin.replace("patient walks", "pateint walks"));
  const client = await Client.start({ pulls: true, watches: true, folders: [folder.uri] });
  const known = new Map();
  const take = ({ items }) => items.forEach((item) => item.kind === "full" && known.set(item.uri, item));
  const held = () => [...known.values()].filter((item) => item.resultId).map(({ uri, resultId: value }) => ({ uri, value }));
  const tell = (type, ...names) =>
    client.connection.sendNotification(rpc.DidChangeWatchedFilesNotification.type, {
      changes: names.map((name) => ({ uri: folder.uriOf(name), type })),
    });
  take(await client.pullFolders());
  assert.deepEqual(client.registered[0].registerOptions.watchers, [{ globPattern: "**/*" }]);
  const [older, newer] = [folder.uriOf("older/letter.txt"), folder.uriOf("newer/letter.txt")];
  assert(codes(known.get(older).items).includes("misspelling"));

  let waiting = client.pullFolders(held());
  fs.renameSync(path.join(folder.path, "older"), path.join(folder.path, "newer"));
  // As VS Code tells of it: the folders, and no file in them.
  tell(rpc.FileChangeType.Deleted, "older");
  take(await waiting);
  assert.deepEqual(known.get(older).items, []);
  assert(known.get(newer).items.length > 0);

  waiting = client.pullFolders(held());
  folder.write("words.txt", "pateint\n");
  tell(rpc.FileChangeType.Changed, "words.txt");
  take(await waiting);
  assert(!codes(known.get(newer).items).includes("misspelling"), "the word is accepted");

  waiting = client.pullFolders(held());
  folder.write("added/letter.txt", twin);
  tell(rpc.FileChangeType.Created, "added");
  take(await waiting);
  assert(known.get(folder.uriOf("added/letter.txt")).items.length > 0);
  folder.remove();
  await client.stop();
});

test("what was pushed of a folder follows the files, and goes with them", async () => {
  const folder = folderWith("");
  for (const name of ["gone.txt", "older/letter.txt", "mended.txt"]) folder.write(name, twin);
  const client = await Client.start({ folders: [folder.uri] });
  const check = () => client.execute({ command: "detlint.checkFolder", arguments: [] });
  const found = (name, fits) => client.published_as(folder.uriOf(name), fits);
  const some = (found) => found.length > 0;
  const none = (found) => found.length === 0;
  assert.equal((await check()).letters, 4);
  await found("gone.txt", some);
  await found("older/letter.txt", some);

  const changes = ["gone.txt", "older"].map((name) => ({ uri: folder.uriOf(name), type: rpc.FileChangeType.Deleted }));
  folder.delete("gone.txt");
  fs.rmSync(path.join(folder.path, "older"), { recursive: true });
  await client.connection.sendNotification(rpc.DidChangeWatchedFilesNotification.type, { changes });
  await found("gone.txt", none);
  await found("older/letter.txt", none);

  // A client that watches nothing: the next look tells.
  fs.rmSync(path.join(folder.path, "mended.txt"));
  assert.equal((await check()).letters, 1);
  await found("mended.txt", none);

  client.show(folder.letter, "");
  await client.diagnostics(folder.letter, 1);
  await client.close(folder.letter);
  await found("letter.txt", some);
  folder.remove();
  await client.stop();
});
