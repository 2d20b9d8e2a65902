// What both proofs share: the registry's files and the lines that are printed.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
export const read = (...parts) => readFileSync(path.join(root, ...parts), "utf8");
export const readJson = (...parts) => JSON.parse(read(...parts));
export const schemas = {
  target: readJson("schema", "target.schema.json"),
  plan: readJson("schema", "plan.schema.json"),
};

/** Every target and plan below targets/, as paths relative to the registry with slashes. */
export function registryFiles() {
  const found = { target: [], plan: [] };
  for (const entry of readdirSync(path.join(root, "targets"), { recursive: true })) {
    const name = path.basename(entry);
    const kind = name === "plan.yaml" ? "plan" : /^[0-9].*\.yaml$/.test(name) ? "target" : null;
    if (kind) found[kind].push("targets/" + entry.split(path.sep).join("/"));
  }
  return { target: found.target.sort(), plan: found.plan.sort() };
}

let failures = 0;
let passes = 0;

/** Print one line; `details` says what was found instead. */
export function check(claim, holds, details) {
  if (holds) {
    passes += 1;
    console.log(`ok ${claim}`);
  } else {
    failures += 1;
    console.log(`FAIL ${claim}${details === undefined ? "" : ": " + JSON.stringify(details)}`);
  }
}

export const same = (claim, found, expected) =>
  check(claim, isDeepStrictEqual(found, expected), { found, expected });

export function finish() {
  console.log(failures ? `${failures} of ${passes + failures} checks failed` : `all ${passes} checks passed`);
  process.exitCode = failures || !passes ? 1 : 0;
}

/** Every described key of a schema: its dotted place, its node with `$ref` followed. */
export function fields(schema) {
  const found = [];
  const visit = (prefix, node) => {
    for (const [key, raw] of Object.entries(node.properties ?? {})) {
      const child = raw.$ref ? { ...schema.$defs[raw.$ref.split("/").pop()], ...raw } : raw;
      const place = prefix ? `${prefix}.${key}` : key;
      found.push([place, child]);
      visit(place, child);
      if (child.items) {
        found.push([`${place}[]`, child.items]);
        visit(`${place}[]`, child.items);
      }
    }
  };
  visit("", schema);
  return found;
}

/** The text an editor puts in for a snippet, and its places to fill in. */
export function expand(body, file = "targets/2018/29-new.yaml") {
  const places = [];
  const text = body
    .replace(/\$\{RELATIVE_FILEPATH\/(.*)\/\$\{1:\+([^}]*)\}\$\{2:\+([^}]*)\}\/g\}/, (_all, pattern, first, second) =>
      file.replace(new RegExp(pattern, "g"), (_part, one, two) => (one ? first : "") + (two ? second : "")),
    )
    .replace(/(?<!\\)\$(?:\{(\d+)(?:\|([^|]*)\||:([^}]*))?\}|(\d+))/g, (_all, number, options, hint, bare) => {
      const index = Number(number ?? bare);
      if (index) places.push({ index, options: options?.split(","), hint });
      return options ? options.split(",")[0] : (hint ?? "");
    })
    .replace(/\\\$/g, "$");
  return { text, places };
}

