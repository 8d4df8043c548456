import { accessSync, constants, statSync } from "node:fs";
import * as path from "node:path";

/** Where the program may be. */
export interface Places {
  /** `detlint.path` as the user wrote it; empty when it is not set. */
  readonly setting: string;
  /** The folder of the extension. */
  readonly extension: string;
  /** The user's home folder. */
  readonly home: string;
  /** The environment variable `PATH`. */
  readonly searchPath: string;
}

/** The program's path, or why there is none, in a sentence for the user. */
export type Found = { readonly path: string } | { readonly problem: string };

const PROGRAM = process.platform === "win32" ? "detlint.exe" : "detlint";

/** Finds the program: the setting alone when it is set; else the first of the usual places that holds it. */
export function findBinary(places: Places): Found {
  const { setting } = places;
  if (setting !== "") {
    return fromSetting(setting, places.home);
  }
  const bundled = path.join(places.extension, "bin", PROGRAM);
  const cargo = path.join(places.home, ".cargo", "bin", PROGRAM);
  const onPath = places.searchPath
    .split(path.delimiter)
    // An empty or relative entry means the current folder, which for an editor is any folder.
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, PROGRAM));
  const found = [bundled, ...onPath, cargo].find((candidate) => faultOf(candidate) === undefined);
  if (found !== undefined) {
    return { path: found };
  }
  const lookedFor = `${bundled}, ${PROGRAM} in the folders of PATH, and ${cargo}`;
  return { problem: `The program detlint was not found. These were looked for: ${lookedFor}.` };
}

function fromSetting(setting: string, home: string): Found {
  const file = /^~(?=$|[/\\])/.test(setting) ? path.join(home, setting.slice(1)) : setting;
  const fault = path.isAbsolute(file) ? faultOf(file) : "is not an absolute path";
  return fault === undefined ? { path: file } : { problem: `The setting detlint.path is “${setting}”, which ${fault}.` };
}

/** Why a file cannot be run; undefined when it can. */
function faultOf(file: string): string | undefined {
  try {
    if (!statSync(file).isFile()) {
      return "is not a file";
    }
  } catch {
    return "does not exist or cannot be read";
  }
  try {
    accessSync(file, constants.X_OK);
    return undefined;
  } catch {
    return "is not executable";
  }
}
