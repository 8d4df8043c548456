import { type Disposable, DiagnosticSeverity, languages, StatusBarAlignment, type StatusBarItem, window } from "vscode";

/** Texts in this language are always checked; a plain text only where it is a letter. */
const LETTER = "determination-letter";

/** The number of findings in the active text, in the status bar. A click leads to the list of problems. */
export class Status implements Disposable {
  readonly #item: StatusBarItem = window.createStatusBarItem("detlint.findings", StatusBarAlignment.Left);
  readonly #listeners: Disposable[];
  readonly #isRunning: () => boolean;

  constructor(isRunning: () => boolean) {
    this.#isRunning = isRunning;
    this.#item.name = "detlint";
    this.#item.command = "workbench.actions.view.problems";
    const show = () => this.show();
    this.#listeners = [languages.onDidChangeDiagnostics(show), window.onDidChangeActiveTextEditor(show)];
    show();
  }

  /** Brings it up to date. */
  show(): void {
    const document = window.activeTextEditor?.document;
    const found = document ? languages.getDiagnostics(document.uri).filter(({ source }) => source === "detlint") : [];
    // Of a plain text without findings nobody can say whether it was taken for a letter.
    const isSilent = found.length === 0 && document?.languageId !== LETTER;
    if (isSilent || !this.#isRunning()) {
      this.#item.hide();
      return;
    }
    const count = (severity: DiagnosticSeverity) => found.filter((finding) => finding.severity === severity).length;
    const errors = count(DiagnosticSeverity.Error);
    const warnings = count(DiagnosticSeverity.Warning);
    this.#item.text = `$(checklist) ${errors} · ${warnings} · ${found.length - errors - warnings}`;
    this.#item.tooltip = `detlint: ${errors} errors, ${warnings} warnings, ${found.length - errors - warnings} others in this text`;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
    this.#listeners.forEach((listener) => listener.dispose());
  }
}
