import { homedir } from "node:os";
import { commands, env, type ExtensionContext, type LogOutputChannel, window, workspace } from "vscode";
import { findBinary } from "./binary.ts";
import { DetlintClient } from "./client.ts";
import { Explainer } from "./explain.ts";
import { Status } from "./status.ts";

let session: Session | undefined;

/** Called by the editor when the first text is opened. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel("detlint", { log: true });
  const current = new Session(context.extensionPath, output);
  session = current;
  const explainer = new Explainer(context);
  const status = new Status(() => current.client !== undefined);
  current.onChange = () => status.show();
  context.subscriptions.push(
    output,
    status,
    commands.registerCommand("detlint.checkLetters", () => current.checkLetters()),
    commands.registerCommand("detlint.explainFinding", () => explainer.explain(current.client)),
    commands.registerCommand("detlint.restart", () => current.restart()),
    commands.registerCommand("detlint.showOutput", () => output.show()),
    commands.registerCommand("detlint.fixAll", () => commands.executeCommand("editor.action.fixAll")),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("detlint.path")) {
        void current.restart();
      } else if (change.affectsConfiguration("detlint.config") || change.affectsConfiguration("detlint.inlayHints")) {
        void current.client?.configure();
      }
    }),
  );
  await current.restart();
}

/** Called by the editor when it ends. */
export async function deactivate(): Promise<void> {
  await session?.end();
}

/** The client of this window, if the program was found and runs. */
class Session {
  readonly #extensionPath: string;
  readonly #output: LogOutputChannel;
  #client: DetlintClient | undefined;
  /** Called when the program was started or ended. */
  onChange: () => void = () => {};
  #checkLetters: () => void = () => {};
  /** Kept when a user has asked for all letters, whatever is started anew. */
  readonly #isWanted = new Promise<void>((resolve) => (this.#checkLetters = resolve));
  /** Starts and ends follow each other: two servers at once would report everything twice. */
  #queue: Promise<void> = Promise.resolve();

  constructor(extensionPath: string, output: LogOutputChannel) {
    this.#extensionPath = extensionPath;
    this.#output = output;
  }

  get client(): DetlintClient | undefined {
    return this.#client;
  }

  /** From now on the letters of the folder that are not open are checked too. */
  async checkLetters(): Promise<void> {
    this.#checkLetters();
    await this.#client?.lookAgain();
    await commands.executeCommand("workbench.actions.view.problems");
  }

  restart(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  end(): Promise<void> {
    return this.#enqueue(() => this.#stop());
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step);
    return this.#queue;
  }

  async #start(): Promise<void> {
    const found = findBinary({
      setting: workspace.getConfiguration("detlint").get("path", "").trim(),
      extension: this.#extensionPath,
      home: homedir(),
      searchPath: process.env["PATH"] ?? "",
    });
    if ("problem" in found) {
      this.#complain(`${found.problem} Install detlint, or set detlint.path to where it is.`);
      return;
    }
    try {
      this.#client = await DetlintClient.start(found.path, this.#output, this.#isWanted);
      this.#output.info(`Running ${found.path}`);
      this.onChange();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#complain(`${found.path} does not run (${reason}). Set detlint.path to a detlint that works on this computer.`);
    }
  }

  async #stop(): Promise<void> {
    await this.#client?.end();
    this.#client = undefined;
    this.onChange();
  }

  #complain(message: string): void {
    this.#output.error(message);
    const openSetting = "Open Setting";
    // Nobody waits for the answer: letters are written on while the message stands.
    void window.showErrorMessage(message, openSetting).then((choice) => {
      if (choice === openSetting) {
        // What belongs to a machine is not among the user's settings when that machine is a remote one.
        const settings = env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
        void commands.executeCommand(`workbench.action.${settings}`, { query: "@id:detlint.path" });
      }
    });
  }
}
