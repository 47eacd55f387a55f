// parse.mjs FENCES.json: parses fences of data and query languages with their real parsers,
// from $RUNE_MODULES. Prints, for each fence, a list of {message, line}.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = process.env.RUNE_MODULES;
const require = createRequire(pathToFileURL(join(modules, "x.js")));

function lineOf(text, offset) {
  return text.slice(0, offset).split("\n").length;
}

const parsers = {
  json({ code }) {
    try {
      JSON.parse(code);
      return [];
    } catch (e) {
      return [{ message: e.message }];
    }
  },
  jsonc({ code }) {
    const errors = [];
    require("jsonc-parser").parse(code, errors, { allowTrailingComma: true });
    return errors.map((e) => ({ message: `JSON with comments: error ${e.error}`, line: lineOf(code, e.offset) }));
  },
  async yaml({ code }) {
    const yaml = require("yaml");
    const docs = yaml.parseAllDocuments(code, { version: "1.2" });
    const errors = docs.flatMap((d) => [...d.errors, ...d.warnings]);
    if (errors.length) return errors.map((e) => ({ message: e.message, line: e.linePos?.[0].line }));
    const value = docs[0]?.toJS();
    if (value && typeof value === "object" && "on" in value && "jobs" in value) return workflow(code);
    return [];
  },
  async sql({ code }) {
    const { parse } = require("pgsql-parser");
    try {
      await parse(code);
      return [];
    } catch (e) {
      const at = e.sqlDetails?.cursorPosition ?? e.cursorPosition;
      return [{ message: e.message, line: at === undefined ? 0 : lineOf(code, at) }];
    }
  },
  css({ code }) {
    const { validate } = require("csstree-validator");
    return validate(code, "fence.css").map((e) => ({ message: `${e.message}${e.css ? `: ${e.css}` : ""}`, line: e.line }));
  },
  async html({ code }) {
    const { HtmlValidate, StaticConfigLoader } = require("html-validate");
    const rules = { "no-trailing-whitespace": "off", "void-style": "off", "no-inline-style": "off", "require-sri": "off", "long-title": "off" };
    const html = new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:standard"], rules }));
    const report = await html.validateString(code);
    return report.results.flatMap((r) => r.messages.map((m) => ({ message: `${m.ruleId}: ${m.message}`, line: m.line })));
  },
  dockerfile({ code }) {
    const { validate } = require("dockerfile-utils");
    return validate(code).map((d) => ({ message: d.message, line: d.range.start.line + 1 }));
  },
  svg({ code }) {
    const { XMLValidator } = require("fast-xml-parser");
    const done = XMLValidator.validate(code);
    return done === true ? [] : [{ message: done.err.msg, line: done.err.line }];
  },
  toml({ code }) {
    try {
      require("smol-toml").parse(code);
      return [];
    } catch (e) {
      return [{ message: e.message.split("\n")[0], line: e.line }];
    }
  },
  graphql({ code }) {
    try {
      require("graphql").parse(code);
      return [];
    } catch (e) {
      return [{ message: e.message, line: e.locations?.[0].line }];
    }
  },
};
parsers.yml = parsers.yaml;
parsers.xml = parsers.svg;

let validateWorkflow;
function workflow(code) {
  validateWorkflow ??= require("@action-validator/core").validateWorkflow;
  const state = validateWorkflow(code);
  return state.errors.map((e) => ({ message: `${e.code}: ${e.detail ?? e.title} ${e.path ?? ""}` }));
}

const results = [];
for (const fence of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const parser = parsers[fence.language];
  try {
    results.push(parser ? await parser(fence) : [{ message: "nothing here checks this language: mark the fence as a fragment" }]);
  } catch (e) {
    results.push([{ message: `the parser failed: ${e.message}` }]);
  }
}
console.log(JSON.stringify(results));
