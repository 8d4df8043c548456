import { commands, type Diagnostic, type ExtensionContext, languages, Uri, window, workspace } from "vscode";
import type { DetlintClient } from "./client.ts";

/** The scheme of the pages that are shown. */
const SCHEME = "detlint-page";

/** Shows a lint's page: what it finds, why, whose rule it is, and where it is silent. */
export class Explainer {
  readonly #pages = new Map<string, string>();

  constructor(context: ExtensionContext) {
    const provider = { provideTextDocumentContent: (uri: Uri) => this.#pages.get(uri.path) ?? "" };
    context.subscriptions.push(workspace.registerTextDocumentContentProvider(SCHEME, provider));
  }

  /** Explains the finding at the cursor, or one of the text that the user chooses. */
  async explain(client: DetlintClient | undefined): Promise<void> {
    const editor = window.activeTextEditor;
    if (!client || !editor) {
      return;
    }
    const found = languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === "detlint");
    const here = found.filter(({ range }) => range.contains(editor.selection.active));
    const lint = here.length > 0 ? nameOf(here[0]) : await choose(found);
    if (lint === undefined) {
      return;
    }
    const page: string | null = await client.sendRequest("workspace/executeCommand", {
      command: "detlint.explain",
      arguments: [editor.document.uri.toString(), lint],
    });
    const uri = Uri.from({ scheme: SCHEME, path: `${lint}.md` });
    this.#pages.set(uri.path, page ?? "");
    await commands.executeCommand("markdown.showPreviewToSide", uri);
  }
}

function nameOf(finding: Diagnostic | undefined): string | undefined {
  const code = finding?.code;
  return code === undefined ? undefined : String(typeof code === "object" ? code.value : code);
}

async function choose(found: Diagnostic[]): Promise<string | undefined> {
  const names = [...new Set(found.map(nameOf).filter((name) => name !== undefined))].sort();
  if (names.length === 0) {
    void window.showInformationMessage("detlint finds nothing in this text.");
    return undefined;
  }
  return window.showQuickPick(names, { title: "Which finding?" });
}
