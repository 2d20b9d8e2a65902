// What somebody who edits a target in an editor with the yaml-language-server is shown.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { parse } from "yaml";
import { Client } from "./client.mjs";
import { check, expand, fields, finish, read, readJson, registryFiles, root, same, schemas } from "./common.mjs";

const KEY = 10; // CompletionItemKind.Property
const WHOLE = 7; // CompletionItemKind.Class: the server's item for all required keys at once
const settings = readJson(".vscode", "settings.json");
const known = { target: Object.fromEntries(fields(schemas.target)), plan: Object.fromEntries(fields(schemas.plan)) };
const modeline = (kind, folder = "../../schema") => `# yaml-language-server: $schema=${folder}/${kind}.schema.json\n`;
const labels = (items, kind) => items.filter((item) => item.kind === kind).map((item) => item.label);
const plain = (markdown) => markdown.replaceAll(/\\(.)/g, "$1").trim();
const shown = (node) => `#### ${node.title}\n\n${node.description}`;
const shows = (hover, node) => hover === shown(node) || hover.startsWith(`${shown(node)}\n`);

/** Open a text whose cursor stands at ‸, and do something there. */
let made = 28;
async function at(client, text, action, file) {
  const before = text.split("‸")[0].split("\n");
  const document = await client.open(file ?? `targets/2018/${++made}-new.yaml`, text.replace("‸", ""));
  const answer = await action(document, { line: before.length - 1, character: before.at(-1).length });
  await client.close(document);
  return answer;
}
const completeAt = (client, text, file) => at(client, text, (...where) => client.complete(...where), file);
const hoverAt = async (client, text, file) => plain(await at(client, text, (...where) => client.hover(...where), file));

async function problems(client) {
  const files = registryFiles();
  for (const file of [...files.target, ...files.plan]) {
    const document = await client.open(file, read(file));
    same(`${file}: no problems`, document.problems, []);
    await client.close(document);
  }
  const good = read("targets/2018/01-retail-sales.yaml");
  for (const [name, from, to] of [
    ["an unknown key", "weight:", "wieght:"],
    ["a missing key", "weight: 4\n", ""],
    ["an unknown category", "key_quantitative", "关键量化指标"],
    ["a month as text", "deadline_month: 12", "deadline_month: 12月"],
    ["a truth value of YAML 1.1", "fiscal_project: false", "fiscal_project: no"],
    ["aim: match without reference", "aim: about\n  full_year: 9\n  half_year: 8.5\n", "aim: match\n"],
    ["aim: match with full_year", "aim: about\n  full_year: 9\n  half_year: 8.5\n", "aim: match\n  full_year: 9\n  reference: 全国\n"],
    ["a trailing newline in a text", "target: 社会消费品零售总额增长9%左右", 'target: "社会消费品零售总额增长9%左右\\n"'],
    ["an unquoted percent sign", 'unit: "%"', "unit: %"],
  ]) {
    check(`the case “${name}” changes the file`, good.includes(from));
    const document = await client.open("targets/2018/01-retail-sales.yaml", good.replace(from, to));
    check(`${name}: shown as a problem`, document.problems.length > 0);
    await client.close(document);
  }
}

/** Hover over every key of a text, and over its value. */
async function hovers(client, kind, text, file, prefixes = {}) {
  const seen = new Set();
  const parents = [];
  const document = await client.open(file, text);
  for (const [line, content] of text.split("\n").entries()) {
    const entry = /^((?: |- )*)(\w+):(?: (.+))?$/.exec(content);
    if (!entry) continue;
    const column = entry[1].length;
    while (parents.length && parents.at(-1).column >= column) parents.pop();
    const place = [...parents.map((parent) => parent.key), entry[2]].join(".");
    const list = known[kind][`${place}[]`] ? "[]" : "";
    parents.push({ column, key: entry[2] + list });
    const node = known[kind][place];
    const onKey = plain(await client.hover(document, { line, character: column + 1 }));
    check(`${kind}: hovering over the key ${place} shows ${node.title}`, shows(onKey, node), onKey);
    seen.add(place);
    if (!entry[3]) continue;
    const onValue = plain(await client.hover(document, { line, character: content.length - 1 }));
    const label = node.oneOf?.find((option) => String(option.const) === entry[3])?.title ?? node.title;
    check(`${kind}: hovering over ${entry[3].slice(0, 20)} of ${place} shows ${label}`, onValue.includes(label), onValue);
  }
  await client.close(document);
  return seen;
}

async function everyHover(client) {
  const { base } = readJson("tests", "editor", "cases.json").target;
  const lines = (node, indent = "") =>
    Object.entries(node).map(([key, value]) =>
      typeof value === "object" ? `${indent}${key}:\n${lines(value, indent + "  ")}` : `${indent}${key}: ${JSON.stringify(value).replaceAll(/^"([^%]*)"$/g, "$1")}\n`,
    ).join("");
  const seen = await hovers(client, "target", modeline("target") + lines(base), "targets/2018/29-new.yaml");
  for (const place of ["category", "measure.aim", "fiscal_project"]) {
    for (const option of known.target[place].oneOf) {
      const [key, measure] = [place.split(".").pop(), place.includes(".")];
      const text = `${modeline("target")}${measure ? "measure:\n  reference: 全国平均增速\n  " : ""}${key}: ${option.const}\n`;
      for (const found of await hovers(client, "target", text, `targets/2018/${++made}-new.yaml`)) seen.add(found);
    }
  }
  same("target: every key was hovered over", Object.keys(known.target).filter((place) => !seen.has(place)), []);
  const plan = `${modeline("plan")}title: 填报表\ndepartment: 省商务厅\ndepartment_id: commerce\nyear: 2018\nlanguage: en\nstatus: draft\napproved_revision: approved-2018\n` +
    "weight_rules:\n  total: 90\n  reason: 说明\n  step: 1\n  minimum: 1\n  maximum: 10\n" +
    "key_works:\n  - id: consumption\n    title: 扩大消费\ncommitment_ladders:\n  - - [揭牌]\n    - [奠基]\nwaivers:\n  - rule: weight-outlier\n    target: retail-sales\n    reason: 经同意\n";
  const inPlan = await hovers(client, "plan", plan, "targets/2018/plan.yaml");
  same("plan: every key was hovered over",
    Object.keys(known.plan).filter((place) => !inPlan.has(place) && !place.endsWith("[]")), []);
  for (const [place, text] of [["category", "cat‸egory:\n"], ["category", "cat‸egory: 关键\n"], ["fiscal_project", "fiscal‸_project: 是\n"],
    ["measure.aim", "measure:\n  a‸im:\n"]]) {
    const found = await hoverAt(client, modeline("target") + text);
    check(`target: hovering over ${JSON.stringify(text)} shows the column, not one choice`, shows(found, known.target[place]), found);
  }
}

async function keys(client) {
  const documented = (items, kind, prefix) =>
    items.filter((item) => item.kind === KEY && item.documentation !== known[kind][prefix + item.label]?.description).map((item) => item.label);
  for (const [name, text, prefix, present] of [
    ["a file with two keys", "key_work: consumption\ntarget: 增长9%\n‸", "", ["key_work", "target"]],
    ["a file with a gap", "key_work: consumption\n‸\nweight: 4\n", "", ["key_work", "weight"]],
    ["a new line in measure", "measure:\n  ‸\n", "measure.", []],
    ["a measure with an indicator", "measure:\n  indicator: 增速\n  ‸\n", "measure.", ["indicator"]],
    ["a measure with aim: about", "measure:\n  indicator: 增速\n  aim: about\n  ‸\n", "measure.", ["indicator", "aim"]],
    ["a measure with aim: match", "measure:\n  indicator: 增速\n  aim: match\n  ‸\n", "measure.", ["indicator", "aim"]],
    ["a new line in as_filed", "as_filed:\n  ‸\n", "as_filed.", []],
  ]) {
    const node = prefix ? schemas.target.properties[prefix.slice(0, -1)] : schemas.target;
    const items = await completeAt(client, modeline("target") + text);
    const missing = Object.keys(node.properties).filter((key) => !present.includes(key));
    same(`${name}: exactly the missing keys are offered, in the form's order`, labels(items, KEY), missing);
    same(`${name}: each with its Chinese description`, documented(items, "target", prefix), []);
    const rest = (node.required ?? []).filter((key) => missing.includes(key));
    same(`${name}: one item for all missing required keys, under the Chinese title`, labels(items, WHOLE), rest.length ? [node.title] : []);
    same(`${name}: no key is put in with itself as value`,
      items.filter((item) => item.kind === KEY && !new RegExp(`^${item.label}:( \\$\\{1:0\\}| |\\n[^]*)$`).test(item.insertText)).map((item) => item.insertText), []);
  }
  const measure = (await completeAt(client, `${modeline("target")}key_work: consumption\n‸`)).find((item) => item.label === "measure");
  same("measure comes with its required keys", measure?.insertText, "measure:\n  indicator: $1\n  unit: $2\n  aim: $3");
  const inPlan = await completeAt(client, `${modeline("plan")}title: 填报表\n‸`, "targets/2018/plan.yaml");
  same("a plan: exactly the missing keys are offered", labels(inPlan, KEY), Object.keys(schemas.plan.properties).slice(1));
  same("a plan: each with its Chinese description", documented(inPlan, "plan", ""), []);
  const keyWork = await completeAt(client, `${modeline("plan")}key_works:\n  - ‸`, "targets/2018/plan.yaml");
  same("a key work: its keys are offered", labels(keyWork, KEY), ["id", "title"]);
}

async function values(client) {
  for (const [kind, place, text] of [
    ["target", "category", "category: ‸"],
    ["target", "category", "key_work: consumption\ncategory: ‸\nweight: 3\n"],
    ["target", "category", "category: key‸\n"],
    ["target", "fiscal_project", "fiscal_project: ‸\n"],
    ["target", "measure.aim", "measure:\n  indicator: 增速\n  aim: ‸\n"],
    ["plan", "language", "title: 填报表\nlanguage: ‸\n"],
  ]) {
    const items = await completeAt(client, modeline(kind) + text, kind === "plan" ? "targets/2018/plan.yaml" : undefined);
    const { oneOf } = known[kind][place];
    same(`${JSON.stringify(text)} offers the values of ${place}`, items.map((item) => item.insertText), oneOf.map((option) => String(option.const)));
    for (const option of oneOf) {
      const documentation = items.find((item) => item.label === String(option.const))?.documentation;
      same(`${place}: ${option.const} is offered as ${option.title}`, documentation, option.description);
    }
  }
  const units = await completeAt(client, `${modeline("target")}measure:\n  unit: ‸\n`);
  same("unit: offers usual units, the percent sign in quotes", units.map((item) => item.insertText), ['"%"', "家", "个"]);
  same("target: offers no ready text", await completeAt(client, `${modeline("target")}target: ‸\n`), []);
}

async function wholeFile(client) {
  const validate = new Ajv2020.default({ strict: true, allErrors: true }).compile(schemas.target);
  const required = schemas.target.required;
  for (const [name, text, file] of [
    ["a new file with the modeline only", `${modeline("target")}‸`],
    ["a new file with the modeline and a blank line", `${modeline("target")}‸\n`],
    ["an empty new file, by .vscode/settings.json", "‸"],
    ["an empty new file of another year and department", "‸", "targets/2019/commerce/01-new.yaml"],
  ]) {
    const items = await completeAt(client, text, file);
    const whole = items.filter((item) => item.kind === WHOLE);
    same(`${name}: one item for the whole target, named in Chinese`, whole.map((item) => item.label), [schemas.target.title]);
    if (whole.length !== 1) continue;
    const [item] = whole;
    const order = items.map((one) => (one.sortText ?? one.label).toLowerCase()).sort();
    same(`${name}: it stands first`, order[0], item.sortText.toLowerCase());
    check(`${name}: it is explained in Chinese`, item.documentation.value.startsWith(schemas.target.description), item.documentation);
    same(`${name}: it is a snippet`, item.insertTextFormat, 2);
    same(`${name}: the snippet is put in where the cursor is`, item.textEdit.newText, item.insertText);
    const { text: body, places } = expand(item.insertText);
    const blank = parse(body);
    same(`${name}: the snippet has exactly the required keys, in the form's order`, Object.keys(blank), required);
    same(`${name}: the snippet has a place to fill in for each`, places.map((place) => place.index), required.map((_key, index) => index + 1));
    validate(blank);
    const wrong = new Set(validate.errors.map((error) => error.instancePath.slice(1)));
    same(`${name}: no place passes unless it is filled in`, required.filter((key) => !wrong.has(key)), []);
    const source = parse(read("targets/2018/08-yiwu-pilot-plan.yaml"));
    const filled = expand(item.insertText.replaceAll(/\$(?:\{(\d+):0\}|(\d+))/g, (_all, one, two) => source[required[(one ?? two) - 1]])).text;
    check(`${name}: the snippet is valid once filled in`, validate(parse(filled)), validate.errors);
  }
  const plan = (await completeAt(client, "‸", "targets/2019/plan.yaml")).filter((item) => item.kind === WHOLE);
  same("an empty new plan: one item for the whole plan", plan.map((item) => item.label), [schemas.plan.title]);
  same("an empty new plan: it has the required keys", Object.keys(parse(expand(plan[0]?.insertText ?? "").text) ?? {}),
    Object.keys(schemas.plan.properties).filter((key) => schemas.plan.required.includes(key)));
}

async function mapping(client) {
  for (const [file, title] of [
    ["targets/2018/29-new.yaml", schemas.target.title],
    ["targets/2018/1-new.yaml", schemas.target.title],
    ["targets/2018/commerce/01-new.yaml", schemas.target.title],
    ["targets/2018/plan.yaml", schemas.plan.title],
    ["targets/2018/commerce/plan.yaml", schemas.plan.title],
    ["targets/2018/notes.yaml", undefined],
    ["targets/2018/plan.yml", undefined],
    ["docs/01-new.yaml", undefined],
    ["plan.yaml", undefined],
  ]) {
    const found = labels(await completeAt(client, "‸\n", file), WHOLE)[0];
    same(`settings: ${file} without modeline is ${title ?? "not ours"}`, found, title);
  }
  const untidy = "target:   增长9%\nkey_work:      consumption\n";
  same("settings: the formatter leaves files alone", await at(client, untidy, (document) => client.format(document)), []);
}

/** The same questions where the answer has to be another one: what the schemas' devices are for. */
async function counterproof() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "target-registry-"));
  const client = new Client(folder, { ...settings, "yaml.schemas": {}, "yaml.yamlVersion": "1.1", "yaml.format.enable": true });
  try {
    cpSync(path.join(root, "schema"), path.join(folder, "schema"), { recursive: true });
    const changed = structuredClone(schemas.target);
    delete changed.properties.category.allOf;
    delete changed.properties.category.oneOf[0].description;
    delete changed.properties.category.description;
    delete changed.properties.measure.properties.unit.examples;
    changed.properties.measure.then.properties.full_year = {};
    changed.required = changed.required.filter((key) => key !== "weight");
    changed.properties.target.defaultSnippets = [{ label: "x", body: "x" }];
    writeFileSync(path.join(folder, "schema", "target.schema.json"), JSON.stringify(changed));
    await client.start();
    const hover = await hoverAt(client, `${modeline("target")}cat‸egory:\n`);
    check("counterproof: without allOf an empty category is shown as its first choice", hover.startsWith("#### 关键量化指标"), hover);
    const found = await completeAt(client, `${modeline("target")}category: ‸\n`);
    check("counterproof: without its description a choice has no Chinese label", !found[0]?.documentation, found[0]);
    same("counterproof: without examples no units are offered", await completeAt(client, `${modeline("target")}measure:\n  unit: ‸\n`), []);
    const inMeasure = await completeAt(client, `${modeline("target")}measure:\n  ‸\n`);
    check("counterproof: with {} for true a key is put in as its own value",
      inMeasure.some((item) => item.label === "full_year" && item.insertText.includes("full_year,")), labels(inMeasure, KEY));
    const whole = (await completeAt(client, `${modeline("target")}‸`)).find((item) => item.kind === WHOLE);
    check("counterproof: the whole target follows the required keys", whole && !whole.insertText.includes("weight:"), whole);
    const custom = await completeAt(client, `${modeline("target")}target: ‸\n`);
    same("counterproof: the server would know defaultSnippets", custom.map((item) => item.label), ["x"]);
    same("counterproof: without settings an empty file has no schema", labels(await completeAt(client, "‸\n"), WHOLE), []);
    const untidy = await at(client, "target:   增长9%\nkey_work:      consumption\n", (document) => client.format(document));
    check("counterproof: the formatter would rewrite files", untidy.length > 0);
    const old = await client.open("targets/2018/01-x.yaml", read("targets/2018/01-retail-sales.yaml").replace("fiscal_project: false", "fiscal_project: no"));
    same("counterproof: YAML 1.1 would take no for false", old.problems, []);
    await client.close(old);
    await client.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  const client = new Client(root, settings);
  await client.start();
  for (const part of [problems, everyHover, keys, values, wholeFile, mapping]) await part(client);
  await client.stop();
  await counterproof();
} catch (error) {
  check("the language server answers", false, error.stack);
}
finish();
setTimeout(() => process.exit(), 1000).unref();
