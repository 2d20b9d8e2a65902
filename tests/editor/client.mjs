// A small client of the language server protocol, which runs the real yaml-language-server.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const HEADER_END = "\r\n\r\n";
const SECONDS = 20;

export class Client {
  #server;
  #settings;
  #folder;
  #received = Buffer.alloc(0);
  #asked = 0;
  #version = 0;
  #waiting = new Map();
  #diagnosed = new Map();
  #configured;

  /** Settings are as in .vscode/settings.json; the server asks for them by section. */
  constructor(folder, settings) {
    this.#folder = folder;
    this.#settings = settings;
    const home = path.dirname(createRequire(import.meta.url).resolve("yaml-language-server/package.json"));
    this.#server = spawn(process.execPath, [path.join(home, "bin", "yaml-language-server"), "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#server.stdout.on("data", (data) => this.#take(data));
  }

  async start() {
    const configured = new Promise((resolve) => (this.#configured = resolve));
    const uri = pathToFileURL(this.#folder).href;
    await this.#request("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: path.basename(this.#folder) }],
      locale: "zh-cn",
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          hover: { contentFormat: ["markdown"] },
          completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] } },
        },
      },
    });
    this.#notify("initialized", {});
    await within(configured, "the server asks for its settings");
  }

  async stop() {
    await this.#request("shutdown");
    this.#notify("exit");
  }

  /** Show the server a file, which need not be on disk, and wait for its problems. */
  async open(file, text) {
    const uri = pathToFileURL(path.resolve(this.#folder, file)).href;
    const diagnosed = new Promise((resolve) => this.#diagnosed.set(uri, resolve));
    // A new version each time: the server keeps what it parsed by file and version.
    const version = ++this.#version;
    this.#notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version, text } });
    return { uri, problems: await within(diagnosed, `problems of ${file}`) };
  }

  /** Close a file; the server answers by taking its problems back. */
  async close({ uri }) {
    const cleared = new Promise((resolve) => this.#diagnosed.set(uri, resolve));
    this.#notify("textDocument/didClose", { textDocument: { uri } });
    await within(cleared, `closing ${uri}`);
    this.#diagnosed.delete(uri);
  }

  async hover({ uri }, position) {
    return (await this.#request("textDocument/hover", { textDocument: { uri }, position }))?.contents?.value ?? "";
  }

  async complete({ uri }, position) {
    return (await this.#request("textDocument/completion", { textDocument: { uri }, position }))?.items ?? [];
  }

  async format({ uri }) {
    const options = { tabSize: 2, insertSpaces: true };
    return (await this.#request("textDocument/formatting", { textDocument: { uri }, options })) ?? [];
  }

  #section(name) {
    if (name in this.#settings) return this.#settings[name];
    const section = {};
    for (const [key, value] of Object.entries(this.#settings)) {
      if (!key.startsWith(`${name}.`)) continue;
      const words = key.slice(name.length + 1).split(".");
      const last = words.pop();
      words.reduce((node, word) => (node[word] ??= {}), section)[last] = value;
    }
    return section;
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#server.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}${HEADER_END}`), body]));
  }

  #notify(method, params) {
    this.#send({ method, params });
  }

  #request(method, params) {
    const id = ++this.#asked;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ id, method, params });
    return within(answer, method);
  }

  #take(data) {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const end = this.#received.indexOf(HEADER_END);
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.subarray(0, end).toString())[1]);
      const start = end + HEADER_END.length;
      if (this.#received.length < start + length) return;
      const message = JSON.parse(this.#received.subarray(start, start + length).toString());
      this.#received = this.#received.subarray(start + length);
      this.#handle(message);
    }
  }

  #handle({ id, method, params, result, error }) {
    if (method === "workspace/configuration") {
      this.#send({ id, result: params.items.map((item) => this.#section(item.section)) });
      this.#configured();
    } else if (method === "textDocument/publishDiagnostics") {
      this.#diagnosed.get(params.uri)?.(params.diagnostics);
    } else if (method && id !== undefined) {
      this.#send({ id, result: null });
    } else if (!method) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting.reject(new Error(error.message));
      else waiting.resolve(result);
    }
  }
}

function within(promise, what) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${SECONDS} seconds: ${what}`)), SECONDS * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
