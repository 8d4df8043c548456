// Drives a real Vim with ALE, which counts columns in bytes.
import { fileURLToPath } from "node:url";
import { proofread } from "../proofread.mjs";

const script = fileURLToPath(new URL("drive.vim", import.meta.url));
// ALE calls everything but an error a warning.
const TYPES = { error: "E", warning: "W", info: "W", hint: "W" };

await proofread({
  page: "vim.md",
  initial: ".vimrc",
  command: ["vim", "--not-a-term", "-n", "-i", "NONE", "-S", script],
  // The end is ALE's last column, not the one behind it.
  shown: ({ lint, message, severity, range: { start, end } }) => ({
    lint,
    message,
    type: TYPES[severity],
    from: [start.line, start.byteColumn],
    to: [end.line, end.byteColumn - 1],
  }),
});
