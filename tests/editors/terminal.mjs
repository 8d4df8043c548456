// What detlint says in the terminal: an editor must say the same.
import { spawnSync } from "node:child_process";
import fs from "node:fs";

/** The findings of one file, as `--output-format json` gives them; places have a `byteColumn` too, from 1. */
export function findings(detlint, file) {
  const run = spawnSync(detlint, ["--check", file, "--output-format", "json"], { encoding: "utf8" });
  if (run.error || run.status > 1) throw new Error(`${detlint} failed: ${run.error ?? run.stderr}`);
  const bytes = Buffer.from(fs.readFileSync(file, "utf8").replace(/^\ufeff/, ""));
  const counted = (place) => ({ ...place, byteColumn: place.byte - bytes.subarray(0, place.byte).lastIndexOf("\n") });
  return JSON.parse(run.stdout).files[0].findings.map((finding) => {
    const { start, end } = finding.range;
    return { ...finding, range: { start: counted(start), end: counted(end) } };
  });
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
