// A client of the language server, made of Microsoft's protocol library: it decodes every message and checks its type.
import { spawn } from "node:child_process";
import assert from "node:assert/strict";
import { once } from "node:events";
import path from "node:path";
import rpc from "vscode-languageserver-protocol/node";

const here = path.dirname(new URL(import.meta.url).pathname);
export const root = path.resolve(here, "../..");
export const detlint = process.env.DETLINT ?? path.join(root, "target/debug/detlint");

export class Client {
  /** Starts a server and agrees on an encoding. `options` go into the client's capabilities. */
  static async start(options = {}) {
    const client = new Client();
    client.process = spawn(detlint, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
    client.exit = once(client.process, "exit");
    client.connection = rpc.createProtocolConnection(
      new rpc.StreamMessageReader(client.process.stdout),
      new rpc.StreamMessageWriter(client.process.stdin),
    );
    client.errors = [];
    client.connection.onError((error) => client.errors.push(error));
    client.connection.onUnhandledNotification((message) => client.errors.push(message));
    client.published = new Map();
    client.waiting = [];
    client.connection.onNotification(rpc.PublishDiagnosticsNotification.type, (params) => client.receive(params));
    client.registered = [];
    client.connection.onRequest(rpc.RegistrationRequest.type, ({ registrations }) => {
      client.registered.push(...registrations);
    });
    client.connection.listen();
    client.refreshed = 0;
    client.connection.onRequest(rpc.DiagnosticRefreshRequest.type, () => {
      client.refreshed += 1;
      client.waiting = client.waiting.filter((waiter) => !waiter());
    });
    client.progress = [];
    client.connection.onRequest(rpc.WorkDoneProgressCreateRequest.type, ({ token }) => {
      client.connection.onProgress(rpc.WorkDoneProgress.type, token, (step) => {
        client.progress.push({ token, ...step });
        options.onProgress?.(client, token, step);
        client.waiting = client.waiting.filter((waiter) => !waiter());
      });
    });
    client.connection.onRequest(rpc.ConfigurationRequest.type, ({ items }) => items.map(() => client.settings));
    const capabilities = {
      general: { positionEncodings: options.encodings },
      window: { workDoneProgress: options.progress },
      textDocument: {
        publishDiagnostics: { relatedInformation: true, versionSupport: true },
        ...(options.pulls && { diagnostic: { relatedInformation: true } }),
        completion: { completionItem: { snippetSupport: options.snippets } },
      },
      workspace: {
        configuration: options.configuration,
        diagnostics: { refreshSupport: options.refreshes ?? options.pulls },
        workspaceEdit: { documentChanges: options.documentChanges ?? false },
        didChangeWatchedFiles: { dynamicRegistration: options.watches ?? false },
      },
    };
    client.initialized = await client.connection.sendRequest(rpc.InitializeRequest.type, {
      processId: process.pid,
      rootUri: options.rootUri ?? null,
      rootPath: options.rootPath,
      workspaceFolders: options.folders?.map((uri) => ({ uri, name: uri })),
      capabilities: options.bare ? {} : capabilities,
      initializationOptions: options.settings,
    });
    await client.connection.sendNotification(rpc.InitializedNotification.type, {});
    return client;
  }

  receive(params) {
    assert(params.diagnostics.every(rpc.Diagnostic.is), "a diagnostic of the wrong type");
    const last = this.published.get(params.uri);
    if (last && params.version !== undefined && last.version !== undefined) {
      assert(params.version >= last.version, "an older version was published after a newer one");
    }
    this.published.set(params.uri, params);
    this.waiting = this.waiting.filter((waiter) => !waiter());
  }

  /** The diagnostics of a document, once they are those of a version. */
  diagnostics(uri, version) {
    return new Promise((resolve) => {
      const ready = () => {
        const last = this.published.get(uri);
        const fits = last !== undefined && last.version === version;
        if (fits) resolve(last.diagnostics);
        return fits;
      };
      if (!ready()) this.waiting.push(ready);
    });
  }

  async open(uri, text, options = {}) {
    this.show(uri, text, options);
    return this.diagnostics(uri, options.version ?? 1);
  }

  /** Opens a document and does not wait for what is found. */
  show(uri, text, { version = 1, languageId = "plaintext" } = {}) {
    return this.connection.sendNotification(rpc.DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version, text },
    });
  }

  close(uri) {
    return this.connection.sendNotification(rpc.DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** The client's answer to the question for a document's diagnostics. */
  pull(uri, previousResultId) {
    return this.connection.sendRequest(rpc.DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      previousResultId,
    });
  }

  /** The same for all letters of the folders; `cancel` is a token. */
  pullFolders(previousResultIds = [], cancel = undefined, more = {}) {
    return this.connection.sendRequest(
      rpc.WorkspaceDiagnosticRequest.type,
      { previousResultIds, ...more },
      cancel,
    );
  }

  /** Waits until something that the server says makes it so. */
  until(fits) {
    return new Promise((resolve) => {
      const ready = () => fits() && (resolve(), true);
      if (!ready()) this.waiting.push(ready);
    });
  }

  /** What was last published for a document, once that fits. */
  published_as(uri, fits) {
    return new Promise((resolve) => {
      const ready = () => {
        const last = this.published.get(uri)?.diagnostics;
        if (last === undefined || !fits(last)) return false;
        resolve(last);
        return true;
      };
      if (!ready()) this.waiting.push(ready);
    });
  }

  filesChanged(uri) {
    return this.connection.sendNotification(rpc.DidChangeWatchedFilesNotification.type, {
      changes: [{ uri, type: rpc.FileChangeType.Changed }],
    });
  }

  change(uri, version, contentChanges) {
    return this.connection.sendNotification(rpc.DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async actions(uri, range, only) {
    const actions = await this.connection.sendRequest(rpc.CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [], only },
    });
    const does = ({ edit, command }) => (edit ? rpc.WorkspaceEdit.is(edit) : rpc.Command.is(command));
    assert((actions ?? []).every((action) => rpc.CodeAction.is(action) && does(action)));
    return actions ?? [];
  }

  execute({ command, arguments: args }) {
    return this.connection.sendRequest(rpc.ExecuteCommandRequest.type, { command, arguments: args });
  }

  hover(uri, position) {
    return this.connection.sendRequest(rpc.HoverRequest.type, { textDocument: { uri }, position });
  }

  /** Ends the server as the protocol says, and holds it to that. */
  async stop() {
    await this.connection.sendRequest(rpc.ShutdownRequest.type);
    // The server may be gone before the library hears that this was written.
    this.connection.sendNotification(rpc.ExitNotification.type).catch(() => {});
    const [code] = await this.exit;
    assert.equal(code, 0);
    assert.deepEqual(this.errors, []);
  }
}
