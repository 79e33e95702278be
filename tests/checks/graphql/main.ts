// Documents that are typed by the schema alone, as a frontend writes them with gql.tada, in each
// TypeScript: what is right compiles, and what is wrong does not. `npm run check:graphql`.
import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const checks = fileURLToPath(new URL('..', import.meta.url));
const schema = fileURLToPath(new URL('../../../docs/schema.graphql', import.meta.url));
// Inside of this folder, so that gql.tada is found by looking upwards.
const project = join(checks, '.output/graphql');

const compilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  target: 'es2022',
  lib: ['esnext', 'dom'],
  module: 'nodenext',
  types: [],
  skipLibCheck: true,
};
const plugin = {
  name: 'gql.tada/ts-plugin',
  schema: './schema.graphql',
  tadaOutputLocation: './graphql-env.d.ts',
};

await rm(project, { recursive: true, force: true });
await mkdir(project, { recursive: true });
await cp(join(checks, 'graphql/consumer'), project, { recursive: true });
await copyFile(schema, join(project, 'schema.graphql'));
await writeFile(join(project, 'package.json'), '{ "type": "module" }');

const tada = join(checks, 'node_modules/gql.tada/bin/cli.js');
let failed = 0;

await configure('people.ts');
tell('gql.tada reads the schema', await node(tada, 'generate-output'), '');
tell('documents that are right are found right', await node(tada, 'check'), '');
for (const typescript of ['typescript-5.9', 'typescript-6.0', 'typescript-7.0']) {
  const tsc = join(checks, 'node_modules', typescript, 'bin/tsc');
  const compile = () => node(tsc, '--pretty', 'false', '-p', 'tsconfig.json');
  await configure('people.ts');
  tell(`${typescript} compiles what is right`, await compile(), '');
  await configure('wrong-value.ts');
  tell(
    `${typescript} refuses words that there are not`,
    await compile(),
    'shoe_size',
    'no_such_code',
  );
}
await configure('wrong-field.ts');
tell('a field that there is not is found', await node(tada, 'check'), 'usernam');
process.exitCode = failed === 0 ? 0 : 1;

/** The file that is looked at, with what it imports. */
async function configure(file: string): Promise<void> {
  const config = { compilerOptions: { ...compilerOptions, plugins: [plugin] }, files: [file] };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config));
}

interface Ran {
  readonly code: number;
  readonly text: string;
}

async function node(...args: string[]): Promise<Ran> {
  const ran = await run(process.execPath, args, { cwd: project }).catch((error) => error);
  return { code: ran.code ?? 0, text: `${ran.stdout}${ran.stderr}` };
}

/** @param expected nothing where it must succeed, else what its complaint must name. */
function tell(what: string, { code, text }: Ran, ...expected: string[]): void {
  const words = expected.filter((word) => word !== '');
  const isGood =
    words.length === 0 ? code === 0 : code !== 0 && words.every((one) => text.includes(one));
  if (!isGood) failed += 1;
  process.stdout.write(`${isGood ? 'ok     ' : 'FAILED '} ${what}\n${isGood ? '' : `${text}\n`}`);
}
