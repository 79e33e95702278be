import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';
import { operations } from '../kit/operations.ts';
import { root } from './compile.ts';

const client = join(root, 'client');

/** A browser bundle: minified, alone in its file. */
async function bundleOf(source: string): Promise<Rolldown.OutputChunk> {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry' ? '\0entry' : undefined),
    load: (id: string) => (id === '\0entry' ? source : undefined),
  };
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [entry],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: 'entry', preserveEntrySignatures: 'strict' },
    },
  });
  return (result as Rolldown.RolldownOutput).output[0];
}

/** Its bytes over the wire. */
async function bundled(source: string): Promise<number> {
  const { code } = await bundleOf(source);
  return gzipSync(code, { level: 9 }).length;
}

/** The files that something is left of. */
async function filesIn(source: string): Promise<string[]> {
  const { modules } = await bundleOf(source);
  const left = Object.entries(modules).filter(([, { renderedLength }]) => renderedLength > 0);
  return left.map(([file]) => file).toSorted();
}

const oneOperation = (credentials: string) => `
  import { usersGet } from '${client}/generated/users.ts';
  import { ${credentials}, unwrap } from '${client}/index.ts';
  const connection = { baseUrl: '', credentials: ${credentials}() };
  export const userOf = (userId) => unwrap(usersGet(connection, { userId }));`;

/** All of the client's plan, and one operation of each kind: pages, a body, a key, a stream. */
const everyFeature = `
  export { usersCreate, usersList } from '${client}/generated/users.ts';
  export { authLogin } from '${client}/generated/auth.ts';
  export { accountExportDownload } from '${client}/generated/account-export.ts';
  export {
    AnswerError, apiKey, bearer, clientCredentials, cookie, hooks, isProblem, NetworkError, pagesOf,
    ProblemError, readThenChange, remembered, retry, toArray, tokensInMemory, unwrap, unwrapOr,
  } from '${client}/index.ts';`;

const andUploads = `${everyFeature} export { meSetAvatar } from '${client}/generated/me.ts';`;
const andForms = `${andUploads} export { fieldErrors } from '${client}/index.ts';`;
const andTabs = `${andForms} export { tokensAcrossTabs } from '${client}/index.ts';`;

describe('the bundle of a caller', () => {
  it('is at most 2 KB for one operation with bearer credentials', async () => {
    expect(await bundled(oneOperation('bearer'))).toBeLessThanOrEqual(2048);
  });

  it('is smaller with a cookie: what is not used is left out', async () => {
    expect(await bundled(oneOperation('cookie'))).toBeLessThanOrEqual(1536);
  });

  it('is at most 1 KB for passkeys alone', async () => {
    const source = `export { passkeys, PasskeyError } from '${client}/passkeys.ts';`;
    expect(await bundled(source)).toBeLessThanOrEqual(1024);
  });

  it.each([
    ['tanstack', 'usersGetOptions, usersListInfiniteOptions, usersCreateMutation', 2304],
    ['tanstack/users', 'usersGetOptions', 1792],
  ])('is small for what it takes of %s', async (file, names, most) => {
    const source = `export { ${names} } from '${client}/generated/${file}.ts';`;
    expect(await bundled(source)).toBeLessThanOrEqual(most);
  });

  it('is at most 1 KB for what acts for visitors', async () => {
    expect(await bundled(`export { visitorOf } from '${client}/server.ts';`)).toBeLessThanOrEqual(
      1024,
    );
  });

  it('is at most 8 KB for mocks of the whole service, with their examples', async () => {
    const source = `export { createMock } from '${client}/generated/msw.ts';`;
    expect(await bundled(source)).toBeLessThanOrEqual(8192);
  });

  it('is what it was without entry points of which nothing is taken', async () => {
    const entries = [
      'generated/tanstack',
      'generated/msw',
      'server',
      'events',
      'webhooks',
      'passkeys',
    ];
    const imported = entries.map((entry) => `import '${client}/${entry}.ts';`).join('');
    const one = oneOperation('bearer');
    expect(await filesIn(imported + one)).toEqual(await filesIn(one));
  });

  it('is at most 3.5 KB with every feature of the runtime', async () => {
    expect(await bundled(everyFeature)).toBeLessThanOrEqual(3584);
  });

  it('is at most 1 KB more for whoever uploads, and nothing for others', async () => {
    const [more, less] = [await bundled(andUploads), await bundled(everyFeature)];
    expect(more - less).toBeLessThanOrEqual(1024);
  });

  it('is at most 200 bytes more for whoever has forms', async () => {
    const [more, less] = [await bundled(andForms), await bundled(andUploads)];
    expect(more - less).toBeLessThanOrEqual(200);
  });

  it('is at most 512 bytes more for whoever shares tokens between tabs', async () => {
    const [more, less] = [await bundled(andTabs), await bundled(andForms)];
    expect(more - less).toBeLessThanOrEqual(512);
  });

  it('grows by at most 24 bytes for an operation, when somebody takes them all', async () => {
    const whole = await bundled(`export * from '${client}/index.ts';`);
    const paid = whole - (await bundled(andTabs));
    expect(paid / operations.length).toBeLessThanOrEqual(24);
  });
});
