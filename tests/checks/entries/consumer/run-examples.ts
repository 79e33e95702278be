// Runs every example of docs/client against the mocks: each calls its own operation, with input that
// the document allows.
import { readdir, readFile } from 'node:fs/promises';
import { createMock, examples as data } from '@charter/client/msw';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { http } from 'msw';
import { setupServer } from 'msw/node';

interface Media {
  readonly schema: object;
}

interface Described {
  readonly operationId: string;
  readonly tags: readonly [string];
  readonly requestBody?: { readonly content: Record<string, Media> };
}

const document = JSON.parse(await readFile('../../../../docs/openapi.json', 'utf8'));
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ $id: 'document', ...document });

const operations = Object.entries<Record<string, Described>>(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: operation.operationId.toLowerCase(),
      operation,
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replaceAll(/\{.+?\}/g, '[^/]+')}$`),
      parameters: path.split('{').length,
    })),
);
operations.sort((one, other) => one.parameters - other.parameters);

const mock = createMock(http, { baseUrl: 'https://api.example.com' });
const picture = () =>
  new Response(data.picture as BodyInit, { headers: { 'content-type': 'image/png' } });
const server = setupServer(http.get('https://app.example.com/ada.png', picture), ...mock.handlers);
server.listen({ onUnhandledFrame: 'error' });

let called: string[] = [];
const faults: string[] = [];
const mocked = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  await note(request.clone());
  return mocked(request);
};
console.log = () => {};

let count = 0;
for (const file of await readdir('examples')) {
  const { examples } = (await import(`./examples/${file}`)) as {
    examples: Record<string, () => Promise<void>>;
  };
  for (const [verb, example] of Object.entries(examples)) {
    called = [];
    await example().catch((error: unknown) => faults.push(`${file} ${verb}: ${String(error)}`));
    const name = `${file.replace('.ts', '')}${verb}`.replaceAll('-', '').toLowerCase();
    if (!called.includes(name)) faults.push(`${file} ${verb} called ${called.join() || 'nothing'}`);
    count += 1;
  }
}
server.close();

if (count !== operations.length)
  faults.push(`${count} examples for ${operations.length} operations`);
process.stdout.write(`${faults.map((fault) => `${fault}\n`).join('')}${count} examples ran.\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function note(request: Request): Promise<void> {
  const { pathname, origin } = new URL(request.url);
  if (origin !== 'https://api.example.com') return;
  const found = operations.find(
    ({ method, pattern }) => method === request.method && pattern.test(pathname),
  );
  called.push(found?.name ?? `${request.method} ${pathname}`);
  const [[type, media] = []] = Object.entries(found?.operation.requestBody?.content ?? {});
  if (!media || type === 'multipart/form-data') return;
  const text = await request.text();
  const body =
    type === 'application/json' ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
  const schema = JSON.parse(JSON.stringify(media.schema).replaceAll('"#/', '"document#/'));
  if (!ajv.validate(schema, body)) faults.push(`${found?.name}: ${ajv.errorsText()}`);
}
