// What a person does and sees in a VS Code window.
import assert from "node:assert/strict";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** How long something that must come may take, in milliseconds. */
const PATIENCE = 30_000;

// Not those that stick to the top of the list: these are drawn twice.
const PROBLEM_ROW = ".markers-panel .monaco-list-rows > .monaco-list-row";

export class Workbench {
  #page;
  #pictures;

  /** A window that is ready, with its list of problems open. Its pictures go to a folder. */
  static async of(page, pictures) {
    const workbench = new Workbench();
    workbench.#page = page;
    workbench.#pictures = pictures;
    page.setDefaultTimeout(PATIENCE);
    await page.waitForSelector(".monaco-editor .view-line", { timeout: 3 * PATIENCE });
    await page.keyboard.press("Control+Shift+M");
    await page.waitForSelector(".markers-panel");
    await page.keyboard.press("Control+B");
    return workbench;
  }

  async picture(name) {
    await this.#page.screenshot({ path: path.join(this.#pictures, `${name}.png`) });
  }

  /** Opens a file of the folder with a click in the side bar, which is shown for that only. */
  async openFile(name) {
    const explorer = this.#page.locator(".explorer-folders-view");
    await this.#page.keyboard.press("Control+B");
    await explorer.locator(".monaco-list-row", { hasText: name }).click();
    await this.#page.waitForSelector(`.tab.active[aria-label^="${name}"]`);
    await this.#page.keyboard.press("Control+B");
    await explorer.waitFor({ state: "hidden" });
  }

  /** Runs a command by its name in the command palette. */
  async command(name) {
    await this.#page.keyboard.press("F1");
    await this.#choose(`>${name}`, name);
    await this.#page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Writes a new text that has no file, in a language. */
  async write(text, language) {
    await this.command("File: New Untitled Text File");
    await this.#page.waitForSelector('.tab.active[aria-label^="Untitled-1"]');
    await this.#page.keyboard.insertText(text);
    await this.#page.locator(".statusbar-item", { hasText: "Plain Text" }).click();
    await this.#choose(language, language);
    await this.#page.locator(".statusbar-item", { hasText: language }).waitFor();
  }

  /** Chooses a row of the quick pick, by its first words. */
  async #choose(typed, label) {
    const rows = ".quick-input-list .monaco-list-row";
    await this.#page.locator(".quick-input-widget input").first().fill(typed);
    await this.#page.waitForSelector(`${rows}[aria-label^="${label}"]`);
    // By keys: a hover may lie over the row.
    while ((await this.#page.locator(`${rows}.focused[aria-label^="${label}"]`).count()) === 0) {
      await this.#page.keyboard.press("ArrowDown");
    }
    await this.#page.keyboard.press("Enter");
  }

  /** The list of problems: for each file the problems, in the order of the text. */
  async problems() {
    const rows = new Map();
    await this.#lookThroughProblems(async () => {
      for (const row of await this.#page.locator(PROBLEM_ROW).evaluateAll(readProblemRows)) rows.set(row.index, row);
    });
    const files = {};
    let file, problem;
    for (const { level, content } of [...rows.values()].toSorted((a, b) => a.index - b.index)) {
      if (level === 1) file = files[content.file] = [];
      else if (level === 2) file.push((problem = content));
      else problem.related.push(content);
    }
    Object.values(files).forEach((problems) => problems.sort((a, b) => a.line - b.line || a.column - b.column));
    return files;
  }

  /** Scrolls through the list of problems from its top to its end, until `look` says that it has seen enough. */
  async #lookThroughProblems(look) {
    const isDrawn = async (row) => (await this.#page.locator(`${PROBLEM_ROW}${row}`).count()) > 0;
    const isEmpty = async () => !(await isDrawn(""));
    while (!(await isEmpty()) && !(await isDrawn('[data-index="0"]'))) await this.#turnWheel(-1);
    while (!(await look()) && !(await isEmpty()) && !(await isDrawn('[data-last-element="true"]'))) await this.#turnWheel(1);
  }

  /** Turns the wheel over the list of problems by one notch, and waits until the list was drawn again. */
  async #turnWheel(direction) {
    await this.#page.locator(".markers-panel").hover({ position: { x: 20, y: 60 } });
    await this.#page.mouse.wheel(0, direction * 80);
    await sleep(50);
    await this.#page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Waits until something is so. */
  async until(isSo, what) {
    await this.#expect(async () => isSo(), true, what);
  }

  /** Waits until the list of problems is exactly this; longer where that is the end of long work. */
  async expectProblems(expected, { isLong = false } = {}) {
    await this.#expect(() => this.problems(), expected, "the list of problems", isLong ? 4 * PATIENCE : PATIENCE);
  }

  async #expect(look, expected, what, patience = PATIENCE) {
    const deadline = Date.now() + patience;
    for (;;) {
      try {
        // A look at something that is just changing may fail too.
        return assert.deepEqual(await look(), expected);
      } catch (error) {
        if (Date.now() > deadline) throw new Error(`${what} is not as it should be: ${error.message}`);
      }
      await sleep(100);
    }
  }

  /** Goes to a problem with a click on its row, which selects its text; `end` is where that ends. */
  async goTo({ message, line, column }, end) {
    const place = `[Ln ${line}, Col ${column}]`;
    const row = this.#page.locator(PROBLEM_ROW, { hasText: message }).filter({ hasText: place });
    const caret = this.#page.locator(".statusbar-item", { hasText: new RegExp(`Ln ${end.line}, Col ${end.column} `) });
    const deadline = Date.now() + PATIENCE;
    // The list may have moved under the mouse: then the click went elsewhere.
    while ((await caret.count()) === 0) {
      assert.ok(Date.now() < deadline, `a click on the problem of line ${line} does not lead there`);
      await this.#lookThroughProblems(async () => (await row.count()) > 0);
      // A row at the edge of the list lies half under what is below it.
      const click = () => row.click({ timeout: 3000 }).then(() => true, () => false);
      if (!(await click())) {
        await this.#turnWheel(1);
        await click();
      }
      await caret.waitFor({ timeout: 3000 }).catch(() => {});
    }
    await this.#page.keyboard.press("Control+1");
  }

  /** Waits for a squiggle of the severity exactly under a text that is in view, or under a longer one that holds it. */
  async expectSquiggle({ line, column, severity }, text, { isHeld = false } = {}) {
    const [firstLine] = text.split(/\r?\n/, 1);
    const look = async () => {
      const shown = await this.#page.evaluate(readText, { line, column, length: firstLine.length });
      const squiggles = await this.#page.evaluate(readSquiggles, severity);
      const isUnder = (squiggle) =>
        squiggle.left < shown.left + 2 && squiggle.right > shown.right - 2 &&
        (isHeld || (squiggle.left > shown.left - 2 && squiggle.right < shown.right + 2)) &&
        squiggle.top < shown.bottom && squiggle.bottom > shown.top;
      return { text: shown?.text, hasSquiggle: shown !== null && squiggles.some(isUnder) };
    };
    await this.#expect(look, { text: firstLine, hasSquiggle: true }, `line ${line}`);
  }

  /** Rests the mouse on a text in view until the hover shows a word. */
  async hover({ line, column }, text, shown) {
    const { left, right, top, bottom } = await this.#page.evaluate(readText, { line, column, length: text.length });
    await this.#page.mouse.move((left + right) / 2, (top + bottom) / 2, { steps: 5 });
    await this.#page.locator(".monaco-hover:visible", { hasText: shown }).waitFor();
    // It fades in.
    await sleep(300);
  }

  async leaveHover() {
    await this.#page.keyboard.press("Escape");
    await this.#page.mouse.move(5, 5);
    await this.#page.locator(".monaco-hover:visible").waitFor({ state: "detached" });
  }

  /** Opens the menu of the light bulb. */
  async openLightBulb() {
    // On the line, or beside it where the line is full there; it looks otherwise where one fix is preferred.
    await this.#page.locator('.lightBulbWidget:visible, [class*="codicon-gutter-lightbulb"]:visible').first().click();
    await this.#page.waitForSelector(".action-widget .monaco-list-row");
  }

  /** Takes an action from the open menu. */
  async takeAction(title) {
    await this.#page.locator(".action-widget .monaco-list-row", { hasText: title }).click();
    await this.#page.locator(".action-widget:visible").waitFor({ state: "detached" });
  }

  /** Waits until the status bar counts so many errors, warnings and others. */
  async expectCounts(counts) {
    const shown = this.#page.locator(".statusbar-item", { hasText: /\d+ · \d+ · \d+/ });
    await this.#expect(async () => (await shown.innerText()).trim(), counts.join(" · "), "the status bar");
  }

  /** The outline of the text, as the list of its symbols shows it. */
  async symbols() {
    await this.#page.keyboard.press("Control+1");
    await this.#page.keyboard.press("Control+Shift+O");
    const rows = this.#page.locator(".quick-input-list .monaco-list-row");
    await rows.nth(2).waitFor();
    const names = await rows.locator(".label-name").allInnerTexts();
    await this.#page.keyboard.press("Escape");
    return names;
  }

  /** Writes at the end of the text, and takes the first completion that is offered; its label. */
  async complete(words) {
    await this.#page.keyboard.press("Control+1");
    await this.#page.keyboard.press("Control+End");
    await this.#page.keyboard.insertText(words);
    await this.#page.keyboard.press("Control+Space");
    const first = this.#page.locator(".suggest-widget.visible .monaco-list-row.focused .label-name");
    await first.waitFor();
    const label = await first.innerText();
    await this.picture("completion");
    await this.#page.keyboard.press("Enter");
    await this.#page.locator(".suggest-widget.visible").waitFor({ state: "detached" });
    return label;
  }

  /** Puts the caret at a place. */
  async goToPlace({ line, column }) {
    await this.#page.keyboard.press("Control+1");
    await this.#page.keyboard.press("Control+G");
    await this.#page.locator(".quick-input-widget input").first().fill(`:${line}:${column}`);
    await this.#page.keyboard.press("Enter");
    await this.#page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Types at the caret, key by key. */
  async type(words) {
    await this.#page.keyboard.press("Control+1");
    await this.#page.keyboard.type(words);
  }

  /** Replaces the whole text. */
  async replaceText(words) {
    await this.#page.keyboard.press("Control+1");
    await this.#page.keyboard.press("Control+A");
    await this.#page.keyboard.insertText(words);
  }

  /** Opens the menu of quick fixes at the caret by its key. */
  async openQuickFixes() {
    const row = this.#page.locator(".action-widget .monaco-list-row").first();
    // A key that is pressed while the problems are listed anew can be lost: whoever sees no menu presses it again.
    for (let presses = 1; ; presses += 1) {
      await this.#page.keyboard.press("Control+.");
      try {
        return await row.waitFor({ timeout: 8_000 });
      } catch (error) {
        if (presses === 4) throw error;
      }
    }
  }

  /** Waits for a line above the text that says something of it. */
  async expectLens(words) {
    await this.#page.locator(".editor-group-container.active .codelens-decoration", { hasText: words }).first().waitFor();
  }

  /** Waits for the inspector of the token at the caret to show all of some words. */
  async expectToken(...words) {
    await this.command("Developer: Inspect Editor Tokens and Scopes");
    const shown = this.#page.locator(".token-inspect-widget");
    const look = async () => {
      const text = (await shown.innerText()).replace(/\s+/g, " ");
      return words.filter((word) => !text.includes(word));
    };
    await this.#expect(look, [], "the token");
    await this.#page.keyboard.press("Escape");
    await shown.waitFor({ state: "detached" });
  }

  /** Opens a walkthrough, and waits for its steps. */
  async expectWalkthrough(title, steps) {
    const command = "Welcome: Open Walkthrough...";
    await this.#page.keyboard.press("F1");
    await this.#choose(`>${command}`, command);
    await this.#choose(title, title);
    for (const step of steps) await this.#page.locator(".getting-started-step", { hasText: step }).first().waitFor();
    await this.picture("walkthrough");
    await this.command("View: Close Editor");
  }

  /** Waits for the progress of long work, and stops it. */
  async stopProgress(words) {
    const progress = this.#page.locator(".notification-toast", { hasText: words });
    await progress.waitFor();
    await this.picture("progress");
    await progress.hover();
    await progress.locator(".monaco-button", { hasText: "Cancel" }).click();
    await progress.waitFor({ state: "detached" });
  }

  /** Waits for a line of the active editor. */
  async expectLine(text) {
    const lines = this.#page.locator(".editor-group-container.active .view-line", { hasText: text });
    await lines.first().waitFor();
  }

  /** Waits for a tab with a page that shows some words, and closes it. */
  async expectPage(title, words) {
    await this.#page.waitForSelector(`.tab.active[aria-label*="${title}"]`);
    const shows = async () => {
      const counts = this.#page.frames().map((frame) => frame.getByText(words).count().catch(() => 0));
      return (await Promise.all(counts)).some((count) => count > 0);
    };
    await this.#expect(shows, true, `the page “${title}”`);
    await this.picture("page");
    await this.command("View: Close Editor");
    await this.#page.locator(`.tab[aria-label*="${title}"]`).waitFor({ state: "detached" });
  }

  async save() {
    await this.#page.keyboard.press("Control+S");
    await this.#page.locator(".tab.active.dirty").waitFor({ state: "detached" });
  }

  /** The one notification that is shown, once there is one; a second one is a failure. */
  async notification() {
    const messages = this.#page.locator(".notification-toast .notification-list-item-message");
    await messages.first().waitFor();
    // A second message would come with the first or right after it.
    await sleep(1500);
    const texts = await messages.allTextContents();
    assert.equal(texts.length, 1, `one message, not ${JSON.stringify(texts)}`);
    return texts[0];
  }

  async pressNotificationButton(name) {
    await this.#page.locator(".notification-toast .monaco-button", { hasText: name }).click();
    await this.#page.locator(".notification-toast").waitFor({ state: "detached" });
  }

  async closeSettings() {
    await this.#page.keyboard.press("Escape");
    await this.#page.locator(".settings-editor").waitFor({ state: "detached" });
  }

  /** Waits for the output panel to show a channel. */
  async expectOutput(channel) {
    await this.#page.waitForSelector(".output-view, .panel .output");
    const shown = this.#page.locator(".panel .title-actions select");
    await this.#expect(() => shown.inputValue(), channel, "the output");
  }

  /** Waits for the settings editor to show one setting alone. */
  async expectSetting(title) {
    const shown = this.#page.locator(".settings-editor .setting-item-contents .setting-item-title");
    await this.#expect(() => shown.allInnerTexts(), [title], "the list of settings");
  }
}

// What follows runs in the page.

function readProblemRows(rows) {
  const textOf = (row, part) => row.querySelector(part)?.textContent;
  const placeOf = (row) => /Ln (\d+), Col (\d+)/.exec(textOf(row, ".marker-line")).slice(1).map(Number);
  const readers = {
    1: (row) => ({ file: textOf(row, ".label-name") }),
    2: (row) => ({
      lint: textOf(row, ".marker-code"),
      source: textOf(row, ".marker-source"),
      severity: row.ariaLabel.split(":", 1)[0].toLowerCase(),
      message: textOf(row, ".marker-message"),
      line: placeOf(row)[0],
      column: placeOf(row)[1],
      related: [],
    }),
    3: (row) => ({ message: textOf(row, ".marker-description"), line: placeOf(row)[0], column: placeOf(row)[1] }),
  };
  return rows.map((row) => ({
    index: Number(row.dataset.index),
    level: Number(row.ariaLevel),
    content: readers[row.ariaLevel](row),
  }));
}

/** The text at a place of the active editor, with the rectangle that it takes; null when its line is not in view. */
function readText({ line, column, length }) {
  const editor = document.querySelector(".editor-group-container.active .monaco-editor");
  const topOf = (element) => element.getBoundingClientRect().top;
  const number = [...editor.querySelectorAll(".line-numbers")].find((element) => element.textContent.trim() === String(line));
  const row = number && [...editor.querySelectorAll(".view-line")].find((row) => Math.abs(topOf(row) - topOf(number)) < 2);
  if (!row) return null;
  const range = document.createRange();
  const nodes = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  const start = column - 1;
  const end = start + length;
  for (let at = 0, node = nodes.nextNode(); node; at += node.length, node = nodes.nextNode()) {
    if (at <= start && start < at + node.length) range.setStart(node, start - at);
    if (at < end && end <= at + node.length) range.setEnd(node, end - at);
  }
  const { left, right, top, bottom } = range.getBoundingClientRect();
  // The editor shows blanks as no-break spaces.
  return { text: range.toString().replaceAll("\u00a0", " "), left, right, top, bottom };
}

/** The rectangles of a severity's squiggles in the active editor. */
function readSquiggles(severity) {
  const squiggles = document.querySelectorAll(`.editor-group-container.active .squiggly-${severity}`);
  return [...squiggles].map((squiggle) => {
    const { left, right, top, bottom } = squiggle.getBoundingClientRect();
    return { left, right, top, bottom };
  });
}
