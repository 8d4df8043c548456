// VS Code itself: a code-server with the extension installed, and a headless browser that shows its window.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Quiet, and the same on every machine. */
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.autoIndent": "none",
  "editor.bracketPairColorization.enabled": false,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.selectionHighlight": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "files.autoSave": "off",
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.editor.untitled.labelFormat": "name",
  // A click on a problem goes to it, and does not fold what belongs to it.
  "workbench.tree.expandMode": "doubleClick",
};

export class CodeServer {
  #home = fs.mkdtempSync(path.join(os.tmpdir(), "detlint-vscode-"));
  #process;
  #browser;
  #address;
  /** The folder that is open in the window. */
  folder = path.join(this.#home, "letters");

  /** Starts VS Code with an extension, in an environment whose PATH finds one detlint. */
  static async start({ installed, extension, detlint, log }) {
    const server = new CodeServer();
    try {
      await server.#start(installed, extension, detlint, log);
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  async #start(installed, extension, detlint, log) {
    fs.mkdirSync(this.folder);
    this.#write("data/User/settings.json", JSON.stringify(SETTINGS));
    const config = this.#write("config.yaml", "auth: none\ncert: false\n");
    const programs = path.join(this.#home, "programs");
    fs.mkdirSync(programs);
    fs.symlinkSync(detlint, path.join(programs, "detlint"));
    // VS Code takes its environment from the user's login shell.
    this.#write(".profile", `PATH='${programs}':$PATH\n`);
    const env = {
      ...process.env,
      HOME: this.#home,
      XDG_CONFIG_HOME: this.#home,
      XDG_DATA_HOME: this.#home,
      SHELL: "/bin/sh",
    };
    const program = path.join(installed, "node_modules/code-server/out/node/entry.js");
    const folders = ["--user-data-dir", path.join(this.#home, "data"), "--extensions-dir", path.join(this.#home, "extensions")];
    const common = [program, "--config", config, ...folders];
    execFileSync(process.execPath, [...common, "--install-extension", extension], { env, stdio: ["ignore", log, log] });

    const port = await freePort();
    this.#address = `127.0.0.1:${port}`;
    const options = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
    // A group of its own, so that what it starts ends with it.
    this.#process = spawn(process.execPath, [...common, "--bind-addr", this.#address, ...options, this.folder], {
      env,
      stdio: ["ignore", log, log],
      detached: true,
    });
    process.once("exit", this.#abandon);
    await this.#untilHealthy();

    const { chromium } = createRequire(path.join(installed, "package.json"))("playwright-core");
    this.#browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
    });
  }

  async #untilHealthy() {
    for (let attempt = 0; attempt < 300; attempt++) {
      const answer = await fetch(`http://${this.#address}/healthz`).catch(() => undefined);
      if (answer?.ok) return;
      if (this.#process.exitCode !== null) break;
      await sleep(100);
    }
    throw new Error("code-server did not start");
  }

  /** Writes the settings of this machine, among them which program runs; an open window follows. */
  configure(settings) {
    this.#write("data/Machine/settings.json", JSON.stringify(settings));
  }

  #write(name, content) {
    const file = path.join(this.#home, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    return file;
  }

  /** A window on the folder, with a file open. */
  async open(file, viewport) {
    const context = await this.#browser.newContext({ viewport, locale: "en-US" });
    const page = await context.newPage();
    const payload = JSON.stringify([["openFile", `vscode-remote://${this.#address}${file}`]]);
    const query = new URLSearchParams({ folder: this.folder, payload });
    await page.goto(`http://${this.#address}/?${query}`);
    return page;
  }

  async stop() {
    process.off("exit", this.#abandon);
    await this.#browser?.close();
    if (this.#process?.exitCode === null) {
      const ended = once(this.#process, "close");
      this.#kill();
      await ended;
    }
    fs.rmSync(this.#home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #kill() {
    process.kill(-this.#process.pid);
  }

  /** What is left to do when this process ends before it stopped the server. */
  #abandon = () => {
    this.#kill();
    fs.rmSync(this.#home, { recursive: true, force: true, maxRetries: 10 });
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
