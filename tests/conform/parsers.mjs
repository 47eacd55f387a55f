// parsers.mjs CLIENTS DIR...: reads every SKILL.md below each DIR with the reference
// validator of the Agent Skills standard (skills-ref) and with Cline's strict parser, and
// the header of every other .md and .mdc file with js-yaml. Prints a JSON object per DIR.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [clients, ...dirs] = process.argv.slice(2);
const { validate } = await import(`${clients}/skillsref/node_modules/skills-ref/dist/validator.js`);
const cline = await import(`${clients}/cline/node_modules/@cline/core/dist/index.js`);
const yaml = createRequire(`${clients}/skillsref/node_modules/`)('js-yaml');

function* files(dir) {
  for (const e of fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const p = path.join(dir, e.name);
    if (e.isDirectory() && e.name !== '.git' && e.name !== 'node_modules') yield* files(p);
    else if (e.isFile()) yield p;
  }
}

function header(text) {
  const m = text.match(/^---\n([\s\S]*?\n)?---\n/);
  if (!m) return undefined;
  return yaml.load(m[1] ?? '') ?? {};
}

for (const dir of dirs) {
  const r = { dir, skills: [], spec: [], cline: [], headers: [], yaml: [] };
  for (const file of files(dir)) {
    const rel = path.relative(dir, file);
    if (!/\.mdc?$/.test(file)) continue;
    const text = fs.readFileSync(file, 'utf8');
    if (path.basename(file) === 'SKILL.md') {
      r.skills.push(path.basename(path.dirname(file)));
      for (const e of await validate(path.dirname(file))) r.spec.push(`${rel}: ${e}`);
      try {
        cline.parseAgentSkillMarkdown(text, path.basename(path.dirname(file)));
      } catch (e) {
        r.cline.push(`${rel}: ${e.message}`);
      }
    }
    try {
      const h = header(text);
      if (h !== undefined) r.headers.push([rel, h]);
    } catch (e) {
      r.yaml.push(`${rel}: ${e.message.split('\n')[0]}`);
    }
  }
  console.log(JSON.stringify(r));
}
process.exit(0); // Cline's core keeps timers
