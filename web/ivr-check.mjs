// What the hotline says and is told, checked by software that is not ours. One document a line on stdin:
//   {"verbs": […]}                         a reply, by @jambonz/verb-specifications and by @jambonz/schema
//   {"callback": "gather", "posted": {…}}  what the platform posts, by @jambonz/schema
// For each a line on stdout: the list of what is wrong with it. Each of the two misses what the other finds.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const specifications = require("@jambonz/verb-specifications");
const Ajv = require("ajv/dist/2020").default;
const schemas = dirname(require.resolve("@jambonz/schema/package.json"));
const HOST = "https://jambonz.org/schema";
const NESTED = ["say", "play"]; // the schema leaves open what stands in them inside of a gather
const silent = { debug() {}, error() {}, info() {} };

const ajv = new Ajv({ allErrors: true, strict: false });
for (const folder of ["components", "verbs", "callbacks"]) {
  for (const name of readdirSync(join(schemas, folder))) {
    ajv.addSchema(JSON.parse(readFileSync(join(schemas, folder, name), "utf8")));
  }
}

function bySchema(path, document) {
  const valid = ajv.getSchema(`${HOST}/${path}`);
  if (!valid) return [`${path}: no such schema`];
  return valid(document) ? [] : valid.errors.map((each) => `${path}${each.instancePath}: ${each.message}`);
}

function bySpecification(verbs) {
  try {
    specifications.validate(silent, verbs);
    return [];
  } catch (refused) {
    return [`specification: ${refused.message}`];
  }
}

function wrong({ verbs, callback, posted }) {
  if (callback) return bySchema(`callbacks/${callback}`, posted);
  if (!Array.isArray(verbs)) return ["a reply is a list"];
  const nested = verbs.flatMap((each) => NESTED.filter((verb) => each[verb]).map((verb) => ({ verb, ...each[verb] })));
  return [...bySpecification(verbs), ...[...verbs, ...nested].flatMap((each) => bySchema(`verbs/${each.verb}`, each))];
}

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  console.log(JSON.stringify(wrong(JSON.parse(line))));
}
