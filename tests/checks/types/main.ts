// Compiles a consumer of the packed client with each TypeScript and in each surrounding that we
// promise to fit into: `npm run check:types`.
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { cases } from './matrix.ts';
import { complaints, makeProject } from './project.ts';

const projects = {
  'types-node-20': await makeProject('types-node-20'),
  'types-node-26': await makeProject('types-node-26'),
};
const waiting = [...cases.entries()];
let failed = 0;

try {
  await Promise.all(Array.from({ length: availableParallelism() }, work));
} finally {
  for (const project of Object.values(projects)) await rm(project, { recursive: true });
}
process.stdout.write(`${cases.length - failed} of ${cases.length} compile.\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [at, each] = next;
    const said = await complaints(projects[each.nodeTypes], at, each);
    if (!said) continue;
    failed += 1;
    process.stdout.write(`FAILED  ${each.name}\n${said}\n`);
  }
}
