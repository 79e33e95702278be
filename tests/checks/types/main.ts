// Compiles a consumer of the packed client with each TypeScript and in each surrounding that we
// promise to fit into: `npm run check:types`.
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type Case, cases } from './matrix.ts';
import { called, complaints, makeProject, untouched } from './project.ts';

const projects = {
  'types-node-20': await makeProject('types-node-20'),
  'types-node-26': await makeProject('types-node-26'),
};
const checks = [
  ...cases.map((each, at) => ({ name: nameOf(each), said: () => compiled(each, at) })),
  { name: 'every exported function is called', said: () => untouched(projects['types-node-26']) },
  { name: 'it runs on the fetch of others', said: () => called(projects['types-node-26']) },
];
const waiting = [...checks];
let failed = 0;

try {
  await Promise.all(Array.from({ length: availableParallelism() }, work));
} finally {
  for (const project of Object.values(projects)) await rm(project, { recursive: true });
}
process.stdout.write(`${checks.length - failed} of ${checks.length} hold.\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const said = await next.said();
    if (!said) continue;
    failed += 1;
    process.stdout.write(`FAILED  ${next.name}\n${said}\n`);
  }
}

function compiled(each: Case, at: number): Promise<string> {
  return complaints(projects[each.nodeTypes], at, each);
}

function nameOf({ typescript, platform, options }: Case): string {
  return ['TypeScript', typescript, platform, options['moduleResolution']].join(' ');
}
