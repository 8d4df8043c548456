import { ProgressLocation, window } from "vscode";
import type {
  ProgressToken,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from "vscode-languageclient/node";

type Step = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

interface Shown {
  report(step: WorkDoneProgressReport): void;
  end(): void;
}

/** Shows the server's long work in a notification with a button that stops it: the status bar, the usual place, has none. */
export class ProgressNotifications {
  readonly #shown = new Map<ProgressToken, Shown>();

  /** Takes in what the server says of its work; `stop` tells it that nobody wants to wait any longer. */
  take(token: ProgressToken, step: Step, stop: () => void): void {
    if (step.kind === "begin") {
      this.#begin(token, step, stop);
    } else if (step.kind === "report") {
      this.#shown.get(token)?.report(step);
    } else {
      this.#end(token);
    }
  }

  /** Takes every notification away. */
  endAll(): void {
    [...this.#shown.keys()].forEach((token) => this.#end(token));
  }

  #begin(token: ProgressToken, { title }: WorkDoneProgressBegin, stop: () => void): void {
    const options = { location: ProgressLocation.Notification, cancellable: true, title };
    void window.withProgress(options, (progress, cancellation) => {
      cancellation.onCancellationRequested(stop);
      let reached = 0;
      return new Promise<void>((end) => {
        const report = ({ message = "", percentage = reached }: WorkDoneProgressReport) => {
          progress.report({ message, increment: percentage - reached });
          reached = percentage;
        };
        this.#shown.set(token, { report, end });
      });
    });
  }

  #end(token: ProgressToken): void {
    this.#shown.get(token)?.end();
    this.#shown.delete(token);
  }
}
