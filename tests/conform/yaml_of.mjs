// yaml_of.mjs CLIENTS FILE: a YAML file as JSON.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const [clients, file] = process.argv.slice(2);
const yaml = createRequire(`${clients}/skillsref/node_modules/`)('js-yaml');
console.log(JSON.stringify(yaml.load(fs.readFileSync(file, 'utf8'))));
