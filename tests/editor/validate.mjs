// The schemas under ajv's strictest reading of JSON Schema 2020-12.
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { parse } from "yaml";
import { check, expand, fields, finish, read, readJson, registryFiles, root, same, schemas } from "./common.mjs";

/** Compile under every strict option, with what ajv logs; there is no addKeyword anywhere. */
function compile(schema, options = {}) {
  const logged = [];
  const keep = (...words) => logged.push(words.join(" "));
  const ajv = new Ajv2020.default({
    strict: true,
    strictTypes: true,
    strictTuples: true,
    allErrors: true,
    logger: { log: keep, warn: keep, error: keep },
    ...options,
  });
  return { validate: ajv.compile(schema), logged };
}

const validate = {};
for (const [kind, schema] of Object.entries(schemas)) {
  for (const options of [{}, { strictRequired: true }]) {
    const name = `${kind}.schema.json compiles in strict mode${options.strictRequired ? " with strictRequired" : ""}`;
    try {
      const compiled = compile(schema, options);
      validate[kind] ??= compiled.validate;
      same(`${name}, nothing logged`, compiled.logged, []);
    } catch (error) {
      check(name, false, error.message);
    }
  }
}
if (!validate.target || !validate.plan) {
  finish();
  process.exit(1);
}

/** Whether ajv's strict mode refuses, or warns of, a changed schema. */
function refused(kind, change) {
  const schema = structuredClone(schemas[kind]);
  change(schema);
  try {
    return compile(schema).logged.join(" ");
  } catch (error) {
    return error.message;
  }
}
for (const [word, value] of [
  ["defaultSnippets", [{ label: "x", body: {} }]],
  ["enumDescriptions", ["x"]],
  ["markdownDescription", "x"],
  ["patternErrorMessage", "x"],
]) {
  const message = refused("target", (schema) => (schema.properties.target[word] = value));
  check(`strict mode would refuse the custom keyword ${word}`, message.includes("unknown keyword"), message);
}
check("strict mode would refuse a keyword beside the wrong type",
  refused("target", (schema) => (schema.properties.weight.maxLength = 3)).includes("strictTypes"));
check("strict mode would refuse a broken reference",
  refused("plan", (schema) => (schema.properties.title.$ref = "#/$defs/nothing")).includes("can't resolve"));

// The registry's own files.
const files = registryFiles();
same("targets/2018 has 28 targets", files.target.filter((file) => /^targets\/2018\/[^/]+$/.test(file)).length, 28);
check("targets/2018 has its plan", files.plan.includes("targets/2018/plan.yaml"));
for (const kind of ["target", "plan"]) {
  for (const file of files[kind]) {
    const text = read(file);
    const valid = validate[kind](parse(text));
    check(`${file} is valid`, valid, validate[kind].errors);
    const modeline = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? "";
    same(`${file} names its schema in the first line`,
      path.relative(root, path.resolve(root, path.dirname(file), modeline)).split(path.sep).join("/"),
      `schema/${kind}.schema.json`);
  }
}

// What has to fail, and where.
function instance(base, { set = {}, remove = [] }) {
  const made = structuredClone(base);
  const owner = (place) => place.split(".").slice(0, -1).reduce((node, key) => node[key], made);
  for (const place of remove) delete owner(place)[place.split(".").pop()];
  for (const [place, value] of Object.entries(set)) {
    owner(place)[place.split(".").pop()] = value?.times ? value.repeat.repeat(value.times) : value;
  }
  return made;
}
const cases = readJson("tests", "editor", "cases.json");
for (const [kind, { base, valid, invalid }] of Object.entries(cases)) {
  check(`${kind}: the base case passes`, validate[kind](base), validate[kind].errors);
  for (const one of valid) check(`${kind}: ${one.name} passes`, validate[kind](instance(base, one)), validate[kind].errors);
  for (const one of invalid) {
    const passed = validate[kind](instance(base, one));
    const pointer = one.at && "/" + one.at.replaceAll(".", "/");
    const places = passed ? [] : validate[kind].errors.filter((error) => error.keyword !== "if").map((error) => error.instancePath);
    check(`${kind}: ${one.name} fails`, places.includes(pointer) && places.every((place) => place.startsWith(pointer)), places);
  }
}
for (const [name, value] of [["infinite", Infinity], ["no number", NaN]]) {
  const made = structuredClone(cases.target.base);
  made.measure.full_year = value;
  check(`target: a figure that is ${name} fails`, !validate.target(made));
}

// What editors and the form read from the schemas.
const chinese = (text) => typeof text === "string" && /\p{Script=Han}/u.test(text);
for (const [kind, schema] of Object.entries(schemas)) {
  check(`${kind}: the schema has a Chinese title and description`, chinese(schema.title) && chinese(schema.description));
  for (const [place, node] of fields(schema)) {
    check(`${kind}: ${place} has a Chinese title and description`, chinese(node.title) && chinese(node.description));
    if (!node.oneOf) continue;
    same(`${kind}: ${place} puts its own title and description before its choices`, node.allOf,
      [{ title: node.title, description: node.description }]);
    for (const option of node.oneOf) {
      const value = String(option.const);
      check(`${kind}: ${place}: ${value} has a Chinese label`, chinese(option.title));
      check(`${kind}: ${place}: the label of ${value} begins its description`, option.description.startsWith(option.title));
      check(`${kind}: ${place}: the description names ${value} with its label`,
        node.description.includes(value) && node.description.includes(option.title), node.description);
    }
  }
}

// The editor's snippets.
const snippets = readJson(".vscode", "targets.code-snippets");
for (const [name, snippet] of Object.entries(snippets)) {
  const body = snippet.body.join("\n");
  same(`snippet ${name} is for YAML`, snippet.scope, "yaml");
  check(`snippet ${name} has a Chinese description and prefix`, chinese(snippet.description) && snippet.prefix.some(chinese));
  for (const [file, folder] of [["targets/2018/29-new.yaml", "../../"], ["targets\\2018\\29-new.yaml", "../../"],
    ["targets/2018/commerce/01-new.yaml", "../../../"], ["Untitled-1", "../../"]]) {
    same(`snippet ${name} names the schema for ${file}`, expand(body, file).text.split("\n")[0],
      `# yaml-language-server: $schema=${folder}schema/target.schema.json`);
  }
  const { text, places } = expand(body);
  const blank = parse(text);
  const order = Object.keys(schemas.target.properties);
  same(`snippet ${name} keeps the form's order`, Object.keys(blank), order.filter((key) => key in blank));
  same(`snippet ${name} has every required key`, schemas.target.required.filter((key) => !(key in blank)), []);
  check(`snippet ${name} is not valid as it comes`, !validate.target(blank));
  const wrong = new Set(validate.target.errors.map((error) => error.instancePath.split("/")[1]));
  const hints = Object.keys(blank).filter((key) => Array.isArray(blank[key]));
  same(`snippet ${name}: no hint passes for a value`, hints.filter((key) => !wrong.has(key)), []);
  const filled = parse(text.replaceAll(/\[.*\]/g, "12"));
  for (const key of Object.keys(filled)) {
    if (schemas.target.properties[key].$ref) filled[key] = "consumption";
  }
  if (filled.measure) filled.measure.indicator = "增速";
  check(`snippet ${name} is valid once filled in`, validate.target(filled), validate.target.errors);
  for (const { options } of places.filter((place) => place.options)) {
    const key = body.split("\n").find((line) => line.includes(`|${options.join(",")}|`)).split(":")[0].trim();
    const node = Object.fromEntries(fields(schemas.target))[key === "unit" || key === "aim" ? `measure.${key}` : key];
    const known = node.oneOf ? node.oneOf.map((option) => option.const) : null;
    check(`snippet ${name} offers values of ${key} that the schema knows`,
      options.every((option) => (known ? known.includes(parse(option)) : typeof parse(option) === "string")), options);
  }
}
finish();
