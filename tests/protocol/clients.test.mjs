import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import rpc from "vscode-languageserver-protocol/node";
import { Client, detlint } from "./client.mjs";
import { codes, folderWith, twin, uri } from "./letters.mjs";

test("a client that says nothing of itself is served", async () => {
  const client = await Client.start({ bare: true });
  assert.equal(client.initialized.capabilities.positionEncoding, "utf-16");
  assert((await client.open(uri, twin, { version: 0, languageId: "text" })).length > 0);
  assert(client.initialized.capabilities.diagnosticProvider === undefined);
  await client.stop();
});

test("unsaved documents and odd names are checked, under the first folder's configuration", async () => {
  const folder = folderWith("[lints]\npunctuation = \"off\"\n");
  for (const root of [{ folders: [folder.uri] }, { rootUri: folder.uri }, { rootPath: folder.path }]) {
    const client = await Client.start(root);
    const found = await client.open("untitled:Untitled-1", twin);
    assert(found.length > 0);
    assert(!codes(found).includes("double-period"));
    await client.stop();
  }
  const client = await Client.start();
  const names = ["file:///a b.txt", "file:///a%20%5Bb%5D.txt", "file:///caf\u00e9|x.txt", "vscode-remote://host/x.txt", "untitled:\u00e9", "x"];
  for (const name of names) {
    assert((await client.open(name, twin)).length > 0, name);
    const start = { line: 0, character: 0 };
    client.change(name, 2, [{ range: { start, end: start }, text: "\n" }]);
    assert((await client.diagnostics(name, 2)).length > 0, name);
  }
  folder.remove();
  await client.stop();
});

test("the settings can say what a column counts, whatever the client offers", async () => {
  const text = "90\u00b0 mild..\n";
  for (const [settings, column] of [[{ positionEncoding: "utf-8" }, 9], [{ positionEncoding: "utf-7" }, 8], [undefined, 8]]) {
    const client = await Client.start({ bare: true, settings });
    const [found] = await client.open(uri, text, { languageId: "determination-letter" });
    assert.equal(found.range.start.character, column);
    await client.stop();
  }
});

test("settings are followed, sent or asked for", async () => {
  const folder = folderWith("");
  folder.write("quiet.toml", "[lints]\npunctuation = \"off\"\n");
  const has = (found) => codes(found).includes("double-period");

  const sending = await Client.start({ folders: [folder.uri] });
  assert(has(await sending.open(folder.letter, twin)));
  const change = (settings) => sending.connection.sendNotification(rpc.DidChangeConfigurationNotification.type, { settings });
  await change({ detlint: { config: "quiet.toml" } });
  await sending.published_as(folder.letter, (found) => !has(found));
  await change({ other: {} });
  await change({ detlint: { config: "" } });
  await sending.published_as(folder.letter, has);
  await sending.stop();

  const asked = await Client.start({ folders: [folder.uri], configuration: true });
  await asked.open(folder.letter, twin);
  asked.settings = { config: `${folder.path}/quiet.toml` };
  await asked.connection.sendNotification(rpc.DidChangeConfigurationNotification.type, { settings: null });
  await asked.published_as(folder.letter, (found) => !has(found));
  folder.remove();
  await asked.stop();
});

test("unknown and malformed messages are answered and survived", async () => {
  const client = await Client.start();
  await client.open(uri, twin);
  await assert.rejects(client.connection.sendRequest("detlint/unknown", {}), { code: rpc.ErrorCodes.MethodNotFound });
  await assert.rejects(client.connection.sendRequest("textDocument/hover", { textDocument: 3 }), { code: rpc.ErrorCodes.InvalidParams });
  await assert.rejects(client.connection.sendRequest("textDocument/hover"), { code: rpc.ErrorCodes.InvalidParams });
  client.connection.sendNotification("detlint/unknown", {});
  client.connection.sendNotification("textDocument/didChange", { textDocument: "none" });
  client.connection.sendNotification("$/odd", [1]);
  const far = { start: { line: 4e9, character: 4e9 }, end: { line: 0, character: 0 } };
  client.change(uri, 2, [{ range: far, text: "\u{1f600}" }, { range: { ...far, end: far.start }, text: "" }]);
  client.change("file:///never/opened.txt", 1, [{ text: "" }]);
  assert((await client.diagnostics(uri, 2)).length > 0);
  await client.stop();
});

test("what is no message is answered and survived", async () => {
  const server = spawn(detlint, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  let answers = "";
  server.stdout.on("data", (chunk) => (answers += chunk));
  const answered = async (id) => {
    while (!answers.includes(`"id":${id}`)) await once(server.stdout, "data");
  };
  const say = (body) => server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  say('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}');
  await answered(1);
  say("{ this is no JSON");
  say('["this is no message"]');
  server.stdin.write("nor is this\r\n\r\n");
  say('{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{}}');
  await answered(2);
  say('{"jsonrpc":"2.0","id":3,"method":"shutdown"}');
  await answered(3);
  say('{"jsonrpc":"2.0","method":"exit"}');
  const [code] = await once(server, "exit");
  assert.equal(code, 0);
  for (const expected of ['"code":-32700', '"code":-32600', '"code":-32602']) assert(answers.includes(expected), answers);
});

test("a request that is cancelled is answered as cancelled, and the next one is served", async () => {
  const client = await Client.start();
  await client.open(uri, twin);
  const at = { textDocument: { uri }, position: { line: 0, character: 0 } };
  const source = new rpc.CancellationTokenSource();
  const edits = Array.from({ length: 50 }, (_, index) => client.change(uri, index + 2, [{ text: twin.repeat(1 + (index % 2)) }]));
  const cancelled = client.connection.sendRequest(rpc.HoverRequest.type, at, source.token);
  source.cancel();
  await Promise.all(edits);
  await assert.rejects(cancelled, { code: rpc.LSPErrorCodes.RequestCancelled });
  assert.equal(await client.hover(uri, at.position), null);
  await client.stop();
});

test("before the talk and after its end requests are refused, and each end has its status", async () => {
  const talk = () => {
    const server = spawn(detlint, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
    let answers = "";
    server.stdout.on("data", (chunk) => (answers += chunk));
    const say = (message) => {
      const body = JSON.stringify({ jsonrpc: "2.0", ...message });
      server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    const answered = async (id) => {
      const answer = () => answers.split(/Content-[^{]*/).find((answer) => answer.includes(`"id":${id}`));
      while (!answer()) await once(server.stdout, "data");
      return JSON.parse(answer());
    };
    const ended = once(server, "exit").then(([code]) => code);
    return { say, answered, ended, close: () => server.stdin.end() };
  };
  const hover = (id) => ({ id, method: "textDocument/hover", params: { textDocument: { uri }, position: { line: 0, character: 0 } } });
  const initialize = { id: 2, method: "initialize", params: { capabilities: {} } };

  const orderly = talk();
  orderly.say(hover(1));
  assert.equal((await orderly.answered(1)).error.code, rpc.ErrorCodes.ServerNotInitialized);
  orderly.say(initialize);
  await orderly.answered(2);
  orderly.say({ ...initialize, id: 3 });
  assert.equal((await orderly.answered(3)).error.code, rpc.ErrorCodes.InvalidRequest);
  orderly.say({ id: 4, method: "shutdown" });
  await orderly.answered(4);
  orderly.say(hover(5));
  assert.equal((await orderly.answered(5)).error.code, rpc.ErrorCodes.InvalidRequest);
  // Some clients never say exit.
  orderly.close();
  assert.equal(await orderly.ended, 0);

  const abrupt = talk();
  abrupt.say(initialize);
  await abrupt.answered(2);
  abrupt.say({ method: "exit" });
  assert.equal(await abrupt.ended, 1, "the protocol's status for an exit without a shutdown");
});
