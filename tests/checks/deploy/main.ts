// Judges of others over what deploys Charter, `npm run check:deploy`: Kubernetes' own schemas, that of
// the Prometheus operator, that of Compose, and that of GitHub's workflows. `deploy` and `.github` are
// also read by tests/deploy, which knows what Charter is; these know what the others take.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse, parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../../..');
const kubernetes = join(root, 'deploy/kubernetes');
const output = join(import.meta.dirname, '../.output/deploy');

let failures = 0;
const overlays = readdirSync(join(kubernetes, 'overlays'));
for (const overlay of overlays) await report(`overlay ${overlay}`, () => judgeOverlay(overlay));
await report('compose.yaml', judgeCompose);
for (const file of readdirSync(join(root, '.github/workflows'))) {
  await report(`workflow ${file}`, async () => judgeWorkflow(file));
}
await report('a mistake in each would be found', judgeJudges);
process.exitCode = failures === 0 ? 0 : 1;

async function report(name: string, judge: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`✓ ${name}: ${await judge()}\n`);
  } catch (error) {
    failures += 1;
    process.stdout.write(`✗ ${name}\n${(error as Error).message}\n`);
  }
}

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** As kustomize lays it out: what the cluster would be given. */
async function judgeOverlay(name: string): Promise<string> {
  const folder = join(kubernetes, 'overlays', name);
  const { status, stdout, stderr, error } = spawnSync('kubectl', ['kustomize', folder], {
    encoding: 'utf8',
  });
  if (error) return 'not judged: there is no kubectl here';
  if (status !== 0) throw new Error(stderr);
  const resources = parseAllDocuments(stdout).map((each) => each.toJS() as Resource);
  for (const resource of resources) await judgeResource(resource);
  judgeNames(name, resources);
  return `${resources.length} resources`;
}

function modelOf({ apiVersion, kind }: Resource): string {
  const models = apiVersion.startsWith('monitoring.coreos.com/')
    ? '@kubernetes-models/prometheus-operator'
    : 'kubernetes-models';
  return `${models}/${apiVersion}/${kind}`;
}

async function judgeResource(resource: Resource): Promise<void> {
  const { apiVersion, kind, metadata } = resource;
  const module = (await import(modelOf(resource))) as Record<
    string,
    new (
      resource: Resource,
    ) => { validate(): void }
  >;
  const Model = module[kind];
  if (!Model) throw new Error(`There is no ${kind} in ${apiVersion}`);
  try {
    new Model(resource).validate();
  } catch (error) {
    throw new Error(`${kind} ${metadata.name}: ${(error as Error).message}`);
  }
}

/** A schema lets names pass that it does not know; a type does not. */
function judgeNames(name: string, resources: readonly Resource[]): void {
  const lines = resources.map((resource, at) => {
    const type = `import('${modelOf(resource)}').I${resource.kind}`;
    return `export const r${at}: ${type} = ${JSON.stringify(resource, undefined, 2)};\n`;
  });
  mkdirSync(output, { recursive: true });
  const file = join(output, `${name}.ts`);
  writeFileSync(file, lines.join(''));
  const options = ['--noEmit', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext'];
  const { status, stdout } = spawnSync('tsc', [...options, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
}

async function judgeCompose(): Promise<string> {
  composeSchema()(
    parse(readFileSync(join(root, 'deploy/compose/compose.yaml'), 'utf8'), { merge: true }),
  );
  return 'as the specification has it';
}

function composeSchema(): (file: unknown) => void {
  const { $schema: _, ...schema } = JSON.parse(
    readFileSync(join(import.meta.dirname, 'compose-spec.json'), 'utf8'),
  );
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const isRight = ajv.compile(schema);
  return (file) => {
    if (!isRight(file)) throw new Error(ajv.errorsText(isRight.errors, { separator: '\n' }));
  };
}

function judgeWorkflow(file: string, folder = join(root, '.github/workflows')): string {
  const { status, stdout, stderr } = spawnSync('action-validator', [join(folder, file)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout + stderr);
  return "as GitHub's schema has it";
}

/** Else a judge that reads nothing would be content with everything. */
async function judgeJudges(): Promise<string> {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'odd' } };
  const odd = { ...service, spec: { ports: [{ port: 'eighty' }] } } as Resource;
  await mustFail('values', () => judgeResource(odd));
  const misspelt = { ...service, spec: { prots: [{ port: 80 }] } } as Resource;
  await mustFail('names', async () => judgeNames('misspelt', [misspelt]));
  await mustFail('Compose', async () => composeSchema()({ services: { api: { comand: [] } } }));
  await mustFail('workflow', async () => judgeWorkflow('odd-workflow.yml', import.meta.dirname));
  return 'each complained';
}

async function mustFail(name: string, judge: () => Promise<unknown>): Promise<void> {
  const hasFailed = await judge().then(
    () => false,
    () => true,
  );
  if (!hasFailed) throw new Error(`The judge of ${name} is content with a mistake`);
}
