// Starts Prism for each document in specs/, and sends it the requests that the client sends: the cases with `expect` in
// tests/wire/requests.json. Prints each request that Prism rejects with its reasons, and exits with 1 if one is not in EXPECTED.

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import { resolve as absolute } from "node:path";

const [folder, file = "tests/wire/requests.json"] = process.argv.slice(2);
const prism = `${folder}/node_modules/.bin/prism`;
const yaml = createRequire(absolute(folder, "package.json"))("js-yaml");
const FIRST_PORT = 4310;

// The requests that Prism rejects although they are right, with the reason: `api case` or `api *`.
const EXPECTED = new Map(JSON.parse(readFileSync(new URL("expected.json", import.meta.url), "utf8")));

/**
 * Writes a copy of a document for Prism, without header parameters that are lists: Prism 5.16.0 ends if a request does not have
 * such a header.
 */
function documentFor(api) {
  const document = yaml.load(readFileSync(`specs/${api}.yaml`, "utf8"));
  const isList = (parameter) => parameter.in === "header" && parameter.schema?.type === "array";
  const components = document.components?.parameters ?? {};
  const lists = Object.keys(components).filter((name) => isList(components[name]));
  const references = new Set(lists.map((name) => `#/components/parameters/${name}`));
  for (const item of Object.values(document.paths)) {
    for (const owner of [item, ...Object.values(item)]) {
      if (!Array.isArray(owner?.parameters)) continue;
      owner.parameters = owner.parameters.filter((one) => !references.has(one.$ref) && !isList(one));
    }
  }
  const copy = `${folder}/${api}.json`;
  writeFileSync(copy, JSON.stringify(document));
  return copy;
}

/** Starts Prism for a document, and waits until it listens. */
function start(api, port) {
  const server = spawn(prism, ["mock", "--errors", "--port", String(port), documentFor(api)]);
  const listening = new Promise((resolve, reject) => {
    let printed = "";
    const read = (text) => {
      printed += text;
      if (printed.includes("Prism is listening")) resolve();
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.on("exit", (code) => reject(new Error(`Prism ended with ${code}:\n${printed}`)));
  });
  return { server, listening };
}

/** Sends the request of a case. Returns the status and the body of the response. */
function send({ inputs, expect }, port) {
  const base = new URL(inputs.base_url).pathname.replace(/\/$/, "");
  const path = expect.path.slice(base.length) + (expect.query ? `?${expect.query}` : "");
  const body = expect.body === null ? "" : JSON.stringify(expect.body);
  const headers = { Accept: "*/*", ...expect.headers };
  if (body) headers["Content-Length"] = Buffer.byteLength(body);
  return new Promise((resolve) => {
    const sent = request({ port, host: "127.0.0.1", method: expect.method, path, headers }, (response) => {
      let text = "";
      response.on("data", (part) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    sent.on("error", (error) => resolve({ text: "", error: `no response: ${error.message}` }));
    sent.end(body);
  });
}

/**
 * Returns why Prism rejects a request; an empty string if it accepts the request. Prism also complains about the responses that it
 * makes up, which says nothing about the request.
 */
function reasons({ text, error }) {
  if (error) return error;
  let problem;
  try {
    problem = JSON.parse(text);
  } catch {
    return "";
  }
  if (!String(problem.type).includes("stoplight.io/prism")) return "";
  const validation = problem.validation ?? [];
  if (validation.length && validation.every((one) => one.location?.[0] === "response")) return "";
  const details = validation.map((one) => `${(one.location ?? []).join(".")}: ${one.message}`);
  return [problem.title, ...details].join("; ");
}

const cases = JSON.parse(readFileSync(file, "utf8")).filter((one) => one.expect);
const apis = [...new Set(cases.map((one) => one.api.split(".")[0]))];
let failed = 0;
for (const [index, api] of apis.entries()) {
  const port = FIRST_PORT + index;
  const { server, listening } = start(api, port);
  try {
    await listening;
    const own = cases.filter((one) => one.api.startsWith(`${api}.`));
    let accepted = 0;
    for (const one of own) {
      const rejection = reasons(await send(one, port));
      const name = `${one.api} ${one.case}`;
      const expected = EXPECTED.get(name);
      if (!rejection) accepted += 1;
      else console.log(`${name}: ${rejection}${expected ? ` (expected: ${expected})` : ""}`);
      if (Boolean(rejection) !== Boolean(expected)) failed += 1;
    }
    console.log(`specs/${api}.yaml: Prism accepts ${accepted} of ${own.length} requests`);
  } finally {
    server.removeAllListeners("exit");
    server.kill();
  }
}
process.exit(failed ? 1 : 0);
