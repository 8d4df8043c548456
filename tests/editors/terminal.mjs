// What detlint says in the terminal: an editor must say the same.
import { spawnSync } from "node:child_process";

/** The findings of one file, as `--output-format json` gives them. */
export function findings(detlint, file) {
  const run = spawnSync(detlint, ["--check", file, "--output-format", "json"], { encoding: "utf8" });
  if (run.error || run.status > 1) throw new Error(`${detlint} failed: ${run.error ?? run.stderr}`);
  return JSON.parse(run.stdout).files[0].findings;
}

/** A file's content (a Buffer) after edits, whose offsets are bytes behind the byte order mark. */
export function edited(content, edits) {
  const mark = content.subarray(0, 3).equals(Buffer.from("\ufeff")) ? 3 : 0;
  const parts = [];
  let from = 0;
  for (const { range, new_text } of edits.toSorted((a, b) => a.range.start.byte - b.range.start.byte)) {
    parts.push(content.subarray(from, mark + range.start.byte), Buffer.from(new_text));
    from = mark + range.end.byte;
  }
  return Buffer.concat([...parts, content.subarray(from)]);
}
