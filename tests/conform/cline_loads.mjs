// cline_loads.mjs CLIENTS DIR: what Cline's own loader finds in DIR, as JSON: skills, rules, workflows (names),
// errors.
import path from 'node:path';

const [clients, dir] = process.argv.slice(2);
const core = await import(`${clients}/cline/node_modules/@cline/core/dist/index.js`);
const base = path.resolve(dir);
const errors = [];
console.warn = console.error = (...texts) => errors.push(texts.join(' '));
const place = { workspacePath: base };
const service = core.createUserInstructionConfigService({
  skills: place,
  rules: place,
  workflows: place,
  emitParseErrors: true,
});
await service.start();
const names = (kind) =>
  service
    .listRecords(kind)
    .filter((r) => r.filePath.startsWith(base))
    .map((r) => r.item.name ?? path.basename(r.filePath));
console.log(JSON.stringify({ skills: names('skill'), rules: names('rule'), workflows: names('workflow'), errors }));
service.stop();
process.exit(0);
