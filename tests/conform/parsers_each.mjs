// parsers_each.mjs CLIENTS DIR: what skills-ref's validator and Cline's strict parser say of each
// SKILL.md below DIR. A JSON object per complaint: checker, file, message.
import fs from 'node:fs';
import path from 'node:path';

const [clients, base] = process.argv.slice(2);
const { validate } = await import(`${clients}/skillsref/node_modules/skills-ref/dist/validator.js`);
const cline = await import(`${clients}/cline/node_modules/@cline/core/dist/index.js`);

function* skills(dir) {
  const entries = fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const e of entries) {
    const at = path.join(dir, e.name);
    if (e.isFile() && e.name.toLowerCase() === 'skill.md') yield at;
    else if (e.isDirectory() && e.name !== '.git') yield* skills(at);
  }
}

for (const at of skills(base)) {
  const dir = path.dirname(at);
  const say = (checker, message) =>
    console.log(JSON.stringify({ checker, file: path.relative(base, at), message }));
  for (const e of await validate(dir)) say('skills-ref', e);
  if (path.basename(at) !== 'SKILL.md') continue;
  try {
    cline.parseAgentSkillMarkdown(fs.readFileSync(at, 'utf8'), path.basename(dir));
  } catch (e) {
    say('cline', e.message);
  }
}
process.exit(0); // Cline's core keeps timers
