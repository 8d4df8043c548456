import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** How long a server whose pipe was closed may take to end, in milliseconds. */
const LAST_WORDS = 1000;

/** A process of the language server, which knows how it ended. */
export class ServerProcess {
  readonly child: ChildProcess;
  readonly #ended: Promise<string>;
  #complaint = "";

  private constructor(child: ChildProcess) {
    this.child = child;
    child.stderr?.on("data", (chunk: Buffer) => {
      this.#complaint ||= chunk.toString().trim().split("\n", 1).join();
    });
    this.#ended = new Promise((resolve) => {
      child.once("close", (code, signal) => resolve(code === null ? `signal ${signal}` : `exit code ${code}`));
    });
  }

  /** Starts a program as a language server; rejects when the system cannot run it. */
  static async start(program: string): Promise<ServerProcess> {
    const server = new ServerProcess(spawn(program, ["lsp"], { stdio: "pipe", windowsHide: true }));
    await once(server.child, "spawn");
    return server;
  }

  /** How it ended, with the first line of its complaint; undefined when it still runs. */
  async ending(): Promise<string | undefined> {
    const running = new Promise<undefined>((resolve) => setTimeout(resolve, LAST_WORDS, undefined));
    const ending = await Promise.race([this.#ended, running]);
    return ending === undefined || this.#complaint === "" ? ending : `${ending}, “${this.#complaint}”`;
  }
}
