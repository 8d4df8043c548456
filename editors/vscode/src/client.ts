import { type LogOutputChannel, workspace } from "vscode";
import {
  CloseAction,
  type DocumentSelector,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  type ProgressToken,
} from "vscode-languageclient/node";
import { ProgressNotifications } from "./progress.ts";
import { ServerProcess } from "./server.ts";

/** How long the server may take to answer its first request, in milliseconds. */
const PATIENCE = 20_000;

/** The language server speaks for plain text only where it recognises a letter. */
const DOCUMENTS: DocumentSelector = ["plaintext", "determination-letter"].flatMap((language) => [
  { scheme: "file", language },
  { scheme: "untitled", language },
]);

const SECTION = "detlint";

/** The settings that are the server's business. */
function settings(): { config: string; inlayHints: boolean } {
  const all = workspace.getConfiguration(SECTION);
  return { config: all.get("config", ""), inlayHints: all.get("inlayHints", false) };
}

/** A language client that leaves it to its owner to say that it could not start. */
export class DetlintClient extends LanguageClient {
  #server: ServerProcess | undefined;
  readonly #progress = new ProgressNotifications();
  #isStarted = false;

  private constructor(program: string, options: LanguageClientOptions) {
    const launch = async () => {
      this.#server = await ServerProcess.start(program);
      return this.#server.child;
    };
    super("detlint", "detlint", launch, options);
  }

  /**
   * Starts the program and agrees with it; rejects with the reason when that fails. The letters of the folder that are not
   * open are checked once `wanted` says so.
   */
  static async start(program: string, outputChannel: LogOutputChannel, wanted: Promise<void>): Promise<DetlintClient> {
    const client = new DetlintClient(program, {
      documentSelector: DOCUMENTS,
      outputChannel,
      initializationOptions: settings(),
      middleware: {
        ...onceWanted(wanted),
        handleWorkDoneProgress: (token, step, next) => {
          client.#progress.take(token, step, () => void client.#stopWork(token));
          // Else the client, which shows nothing itself, would keep the token for ever.
          if (step.kind === "end") {
            next(token, step);
          }
        },
      },
      // Without it the client shows a message of its own.
      initializationFailedHandler: () => false,
    });
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      client.#server?.child.kill();
    }, PATIENCE);
    try {
      await client.start();
      client.#isStarted = true;
      return client;
    } catch (error) {
      const ending = await client.#server?.ending();
      throw new Error(isLate ? `no answer within ${PATIENCE / 1000} seconds` : (ending ?? String(error)));
    } finally {
      clearTimeout(late);
    }
  }

  /** Tells the server of its settings anew. */
  async configure(): Promise<void> {
    await this.sendNotification("workspace/didChangeConfiguration", { settings: { [SECTION]: settings() } });
  }

  /** Has the letters of the folder looked at again: a look that was stopped is not begun anew by itself. */
  async lookAgain(): Promise<void> {
    await this.sendNotification("workspace/didChangeWatchedFiles", { changes: [] });
  }

  async #stopWork(token: ProgressToken): Promise<void> {
    await this.sendNotification("window/workDoneProgress/cancel", { token });
  }

  /** Ends the talk, and the process whatever it says. */
  async end(): Promise<void> {
    try {
      await this.stop();
    } catch (error) {
      this.warn("The server did not stop as it should.", error, false);
    } finally {
      this.#server?.child.kill();
      this.#progress.endAll();
    }
  }

  override error(message: string, data?: unknown, showNotification?: boolean | "force"): void {
    super.error(message, data, this.#isStarted && showNotification);
  }

  /** As usual, but a server that dies while it starts is not started again: it would die again. */
  override createDefaultErrorHandler(maxRestartCount?: number): ErrorHandler {
    const usual = super.createDefaultErrorHandler(maxRestartCount);
    return {
      error: (error, message, count) => usual.error(error, message, count),
      closed: () => (this.#isStarted ? usual.closed() : { action: CloseAction.DoNotRestart, handled: true }),
    };
  }
}

/** The client asks for the letters of the folder by itself, again and again: its first question waits. */
function onceWanted(wanted: Promise<void>): Middleware {
  return {
    provideWorkspaceDiagnostics: async (known, token, report, next) => {
      const cancelled = new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
      await Promise.race([wanted, cancelled]);
      return token.isCancellationRequested ? { items: [] } : next(known, token, report);
    },
  };
}
