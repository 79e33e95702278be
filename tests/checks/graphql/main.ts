// Documents that are typed by the schema alone, as a frontend writes them with gql.tada, in each
// TypeScript: what is right compiles, and what is wrong does not. `npm run check:graphql`; with the
// address of a service (`-- http://localhost:3000`) what docs/graphql.md shows is run there as well.
import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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
const page = await readFile(
  fileURLToPath(new URL('../../../docs/graphql.md', import.meta.url)),
  'utf8',
);
const [plain = '', typed = ''] = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
  ([, text]) => text,
);
const [origin] = process.argv.slice(2);
const token = origin === undefined ? 'none' : await signIn(origin);
await writeFile(join(project, 'plain.ts'), here(plain));
await writeFile(join(project, 'typed.ts'), here(typed));

const tada = join(checks, 'node_modules/gql.tada/bin/cli.js');
let failed = 0;

const right = ['people.ts', 'plain.ts', 'typed.ts'];
await configure(...right);
tell('gql.tada reads the schema', await node(tada, 'generate-output'), '');
tell('documents that are right are found right', await node(tada, 'check'), '');
for (const typescript of ['typescript-5.9', 'typescript-6.0', 'typescript-7.0']) {
  const tsc = join(checks, 'node_modules', typescript, 'bin/tsc');
  const compile = () => node(tsc, '--pretty', 'false', '-p', 'tsconfig.json');
  await configure(...right);
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
for (const file of origin === undefined ? [] : ['plain.ts', 'typed.ts']) {
  const ran = await node(file);
  const isAnswered = ran.text.includes(setting('CHARTER_USERNAME'));
  tell(`${file} of docs/graphql.md is answered`, { ...ran, code: isAnswered ? ran.code : 1 }, '');
}
process.exitCode = failed === 0 ? 0 : 1;

/** The sample as somebody has it who follows it here. */
function here(sample: string): string {
  const text = sample.replace("'…'", JSON.stringify(token));
  if (text === sample) throw new Error('docs/graphql.md shows a sample without its token');
  return origin === undefined ? text : text.replace('http://localhost:3000', origin);
}

async function signIn(service: string): Promise<string> {
  const credentials = {
    identifier: setting('CHARTER_IDENTIFIER'),
    password: setting('CHARTER_PASSWORD'),
    delivery: 'tokens',
  };
  const answer = await fetch(`${service}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  const { accessToken, code } = (await answer.json()) as { accessToken?: string; code?: string };
  if (accessToken === undefined) throw new Error(`The sign-in was refused: ${code}`);
  return accessToken;
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Set ${name}`);
  return value;
}

/** The files that are looked at, with what they import. */
async function configure(...files: string[]): Promise<void> {
  const config = { compilerOptions: { ...compilerOptions, plugins: [plugin] }, files };
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
