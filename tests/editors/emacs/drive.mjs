// Drives a real Emacs, on a terminal of its own.
import { fileURLToPath } from "node:url";
import { proofread } from "../proofread.mjs";

const script = fileURLToPath(new URL("drive.el", import.meta.url));
const FACES = { error: "eglot-error", warning: "eglot-warning", info: "eglot-note", hint: "eglot-note" };
const place = ({ line, column }) => [line, column];

await proofread({
  page: "emacs.md",
  initial: ".emacs.d/init.el",
  command: ["script", "--quiet", "--return", "--command", `TERM=vt100 emacs -nw --load '${script}'`, "/dev/null"],
  shown: ({ lint, message, severity, range }) => ({
    text: `detlint [${lint}]: ${message}`,
    face: FACES[severity],
    from: place(range.start),
    to: place(range.end),
  }),
});
