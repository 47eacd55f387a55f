// validate.cjs SCHEMA FILE...: FILEs against a JSON schema of draft 4 or 7, by ajv. NODE_PATH says
// where ajv is.
const fs = require("fs");
const formats = require("ajv-formats");

const [schemaPath, ...files] = process.argv.slice(2);
const schema = JSON.parse(fs.readFileSync(schemaPath, "utf8"));
const draft4 = /draft-04/.test(schema.$schema || "");
const Ajv = require(draft4 ? "ajv-draft-04" : "ajv").default || require(draft4 ? "ajv-draft-04" : "ajv");
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
(formats.default || formats)(ajv);
const validate = ajv.compile(schema);
let bad = 0;
for (const file of files) {
    if (validate(JSON.parse(fs.readFileSync(file, "utf8")))) continue;
    bad = 1;
    for (const e of validate.errors) console.log(`${file}: ${e.instancePath || "/"} ${e.message}`);
}
process.exit(bad);
