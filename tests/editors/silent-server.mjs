#!/usr/bin/env node
// A language server that finds nothing: with it in detlint's place every editor's test must fail.
let received = Buffer.alloc(0);

const send = (message) => {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};

const handlers = {
  initialize: () => ({ capabilities: { textDocumentSync: 1, codeActionProvider: true, hoverProvider: true } }),
  "textDocument/didOpen": publishNothing,
  "textDocument/didChange": publishNothing,
  exit: () => process.exit(0),
};

function publishNothing({ textDocument: { uri, version } }) {
  send({ method: "textDocument/publishDiagnostics", params: { uri, version, diagnostics: [] } });
}

process.stdin.on("data", (chunk) => {
  received = Buffer.concat([received, chunk]);
  for (;;) {
    const start = received.indexOf("\r\n\r\n") + 4;
    const end = start + Number(/Content-Length: *(\d+)/i.exec(received.subarray(0, start))?.[1]);
    if (start < 4 || !(received.length >= end)) return;
    const { id, method, params } = JSON.parse(received.subarray(start, end));
    received = received.subarray(end);
    const result = handlers[method]?.(params) ?? null;
    if (id !== undefined) send({ id, result });
  }
});
process.stdin.on("end", () => process.exit(0));
