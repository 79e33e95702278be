import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../client/generate/generate.ts';
import {
  compile,
  copyRuntime,
  emptyFolder,
  root,
  runModule,
  temporaryFolder,
  tsc,
  write,
} from '../client/compile.ts';
import { oddDocument, operation } from '../client/odd.ts';

const installed = 'node_modules/@charter/client';

/** Someone else's folder with the package as it is published. */
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  const client = join(root, 'client');
  const outDir = join(folder, installed, 'dist');
  expect(await tsc(folder, '-p', client, '--outDir', outDir)).toBe('');
  await cp(join(client, 'package.json'), join(folder, installed, 'package.json'));
  await write(folder, [['package.json', '{ "type": "module" }']]);
  return () => rm(folder, { recursive: true });
}, 60_000);

/** Each line that must not compile says so: an unused expectation is an error as well. */
const typed = `
import {
  bearer, type CodeOf, cookie, createClient, type Connection, fieldErrors, hooks, type Instant, isProblem, ProblemError,
  readThenChange, remembered, retry, toArray, unwrap, unwrapOr,
} from '@charter/client';
import { healthCheck } from '@charter/client/health';
import type { HealthReport, User, UserView } from '@charter/client/schemas';
import { type UsersCreateAnswer, usersGet, type UsersGetAnswer, usersListAll } from '@charter/client/users';

const connection: Connection = { baseUrl: 'http://localhost', credentials: bearer() };
const client = createClient({ baseUrl: '', credentials: cookie(), timeoutMs: 5 });

export async function answers(answer: UsersGetAnswer): Promise<string> {
  // @ts-expect-error the answer may be a refusal
  answer.body.username;
  if (answer.ok) return answer.body.username;
  // @ts-expect-error nothing that refuses has a body
  const body: object = answer.body;
  switch (answer.status) {
    case 404: {
      const code: 'not_found' = answer.problem.code;
      return code;
    }
    case 401: {
      // @ts-expect-error 401 has another code
      const code: 'not_found' = answer.problem.code;
      return code;
    }
    // @ts-expect-error not declared
    case 409:
      return '';
    default:
      return answer.problem.detail;
  }
}

export async function health(): Promise<HealthReport | 'service_unavailable' | undefined> {
  const answer = await healthCheck(connection);
  if (answer.status !== 503) return undefined;
  if (answer.problem) return answer.problem.code;
  return answer.body;
}

export async function inputs(): Promise<void> {
  await client.users.list();
  await client.users.list({ search: 'a', sort: '-createdAt', limit: 5, isActive: true });
  await client.me.get({}, { signal: AbortSignal.timeout(5) });
  // @ts-expect-error options are not inputs
  await client.me.get({ signal: AbortSignal.timeout(5) });
  // @ts-expect-error the id is required
  await client.users.get({});
  // @ts-expect-error the input is required
  await client.users.get();
  // @ts-expect-error not a sort order
  await client.users.list({ sort: 'email' });
  // @ts-expect-error not an input
  await usersGet(connection, { userId: '1', other: 2 });
  // @ts-expect-error the username is required
  await client.users.create({ body: { email: 'a@example.com' } });
}

export async function unwrapped(): Promise<void> {
  const created: User = await unwrap(client.users.create({ body: { email: 'a', username: 'b' } }));
  const nothing: undefined = await unwrap(client.users.remove({ userId: created.id }));
  const view: UserView = await unwrap(await usersGet(connection, { userId: '1' }));
  // @ts-expect-error a summary has no e-mail
  view.email;
  for await (const user of usersListAll(connection, { search: 'a' })) user.username.trim();
  for await (const user of client.users.listAll()) user.username.trim();
  const signedIn = await unwrap(
    client.auth.login({ body: { identifier: 'a', password: 'b', delivery: 'tokens' } }),
  );
  if (signedIn.delivery === 'tokens') signedIn.accessToken.trim();
  // @ts-expect-error a second factor may be asked for
  signedIn.accessToken;
  return nothing;
}

export async function deliveries(delivery: 'cookie' | 'tokens'): Promise<string> {
  const passkey = { id: '', rawId: '', type: 'public-key', response: {} as never } as const;
  const tokens = await unwrap(client.auth.passkey({ body: { passkey, delivery: 'tokens' } }));
  const cookies = await unwrap(client.auth.passkey({ body: { passkey, delivery: 'cookie' } }));
  // @ts-expect-error a sign-in by cookie has no tokens
  cookies.accessToken;
  const either = await unwrap(client.auth.passkey({ body: { passkey, delivery } }));
  return either.delivery === 'tokens' ? either.accessToken : tokens.accessToken;
}

/** Codes are those of the operation: in answers, in handlers, and in what was thrown. */
export async function codes(error: unknown): Promise<string | undefined> {
  const create = () => client.users.create({ body: { email: 'a', username: 'b' } });
  const code: CodeOf<UsersCreateAnswer> = 'email_taken';
  // @ts-expect-error creating refuses nothing so
  const other: CodeOf<UsersCreateAnswer> = 'invalid_credentials';
  const name: User | 'taken' | number = await unwrapOr(create(), {
    email_taken: (problem) => {
      const own: 'email_taken' = problem.code;
      return own && ('taken' as const);
    },
    username_taken: async ({ status }) => status,
  });
  // @ts-expect-error creating refuses nothing so
  await unwrapOr(create(), { invalid_credentials: () => 'no' });
  // @ts-expect-error the handler may give undefined
  const user: User = await unwrapOr(create(), { email_taken: () => undefined });
  // @ts-expect-error there is no such code
  if (isProblem(error, 'no_such_code')) return undefined;
  if (isProblem<CodeOf<UsersCreateAnswer>>(error)) {
    // @ts-expect-error creating refuses nothing so
    if (error.code === 'invalid_credentials') return undefined;
    return fieldErrors(error, { email_taken: 'email' })['email']?.[0]?.message;
  }
  if (!isProblem(error, 'email_taken', 'username_taken')) return undefined;
  const two: 'email_taken' | 'username_taken' = error.code;
  return \`\${typeof name} \${code} \${other} \${user.id} \${two}\`;
}

export async function options(): Promise<Instant> {
  const careful = client.with({
    headers: { 'x-tenant': 'acme' }, signal: AbortSignal.timeout(5), retry: retry({ attempts: 2 }),
    hooks: hooks({ onRequest: () => undefined, onProblem: (problem, { requestId }) => [problem.code, requestId] }),
  });
  await careful.me.get({}, { headers: { 'accept-language': 'de' } });
  const users = await toArray(careful.users.listAll({ createdFrom: '2026-11-21T12:00:00.000Z' }, { maxItems: 5 }));
  // @ts-expect-error a single call has no number of items
  await careful.users.list({}, { maxItems: 5 });
  const changed = await readThenChange(
    () => client.roles.get({ roleId: '1' }),
    ({ body, etag }) => client.roles.update({ roleId: '1', ifMatch: etag, body: { name: body.name } }),
  );
  const read = remembered((ifNoneMatch) => client.roles.get({ roleId: '1', ifNoneMatch }));
  const role = await read();
  // @ts-expect-error what is remembered is not told as 304
  if (role.status === 304) return '';
  const text: string = role.ok ? role.body.createdAt : changed.headers.get('date') ?? '';
  const instant: Instant = users.length > 0 ? text : new Date().toISOString();
  return instant;
}

export function caught(error: unknown): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  // @ts-expect-error not a code
  if (error.code === 'no_such_code') return undefined;
  return error.code === 'email_taken' ? error.requestId : error.errors[0]?.path;
}
`;

describe('the package', { timeout: 60_000 }, () => {
  it('types what it promises, in plain declarations', async () => {
    await write(folder, [['caller.ts', typed]]);
    const strictest = {
      noEmit: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
    };
    expect(await compile(folder, ['caller.ts'], strictest)).toBe('');
    const bundler = {
      ...strictest,
      skipLibCheck: true,
      module: 'esnext',
      moduleResolution: 'bundler',
    };
    expect(await compile(folder, ['caller.ts'], bundler)).toBe('');
  });

  it('is imported by plain Node, each entry on its own', async () => {
    const { paths } = JSON.parse(await readFile(join(root, 'docs/openapi.json'), 'utf8'));
    const operations = Object.values<object>(paths).flatMap((methods) => Object.values(methods));
    const tags = [...new Set(operations.map(({ tags: [tag] }) => tag as string))];
    // A file of the package is named as files are: `signing-keys` for `signingKeys`.
    const files = tags.map((tag) =>
      tag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    );
    const entries = ['@charter/client', ...files.map((file) => `@charter/client/${file}`)];
    const source = `
      const entries = ${JSON.stringify(entries)};
      const modules = await Promise.all(entries.map((entry) => import(entry)));
      const { createClient, bearer } = modules[0];
      const client = createClient({ baseUrl: '', credentials: bearer() });
      console.log(JSON.stringify(Object.keys(client)));
      console.log(modules.every((module) => Object.keys(module).length > 0));`;
    await write(folder, [['caller.js', source]]);
    expect(await runModule(join(folder, 'caller.js'))).toBe(
      `${JSON.stringify([...tags, 'with'])}\ntrue`,
    );
  });

  it('depends on nothing at run time, and is built by the TypeScript that checks it', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'client/package.json'), 'utf8'));
    const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(Object.keys(manifest).filter((name) => /dependencies/i.test(name))).toEqual([
      'devDependencies',
    ]);
    expect(manifest.devDependencies).toEqual({ typescript: devDependencies.typescript });
  });
});

describe("a caller's compiler", { timeout: 120_000 }, () => {
  const answersOf = (at: number) => ({
    [200 + (at % 5)]: { description: 'Done.' },
    410: { $ref: '#/components/responses/Gone' },
  });

  /** The sources of a client with so many operations. */
  async function grown(folder: string, count: number): Promise<string[]> {
    const operations = Array.from({ length: count }, (_, at) => {
      const responses = answersOf(at);
      return [`/things/${at}`, { get: operation(`get${at}`, { responses }) }] as const;
    });
    await write(folder, generate(oddDocument(Object.fromEntries(operations))));
    await copyRuntime(folder);
    return [`client/generated/client.ts`, `client/runtime/unwrap.ts`];
  }

  /** What it costs to check one call against the declarations. */
  async function instantiations(folder: string): Promise<number> {
    const call = `
      import { createClient } from './client/generated/client.ts';
      import { unwrap } from './client/runtime/unwrap.ts';
      const client = createClient({ baseUrl: '' });
      export const thing = await unwrap(client.wellKnownThings.get1());`;
    await write(folder, [['caller.ts', call]]);
    // As nearly everyone compiles; else each declaration is checked once more.
    const common = { skipLibCheck: true, noEmit: true, allowImportingTsExtensions: true };
    const report = await compile(folder, ['caller.ts'], { ...common, extendedDiagnostics: true });
    expect(report).not.toContain('error');
    return Number(/^Instantiations:\s+(\d+)/m.exec(report)?.[1]);
  }

  it('does not work harder when the service grows from 10 to 1,000 operations', async () => {
    const folder = await emptyFolder();
    await write(folder, [['package.json', '{ "type": "module" }']]);
    const counts = [10, 1_000];
    const clients = counts.map(async (count) => {
      const files = await grown(join(folder, String(count)), count);
      return files.map((file) => `${count}/${file}`);
    });
    const files = (await Promise.all(clients)).flat();
    const declared = { declaration: true, emitDeclarationOnly: true, outDir: 'out', rootDir: '.' };
    const options = { ...declared, rewriteRelativeImportExtensions: true, skipLibCheck: true };
    expect(await compile(folder, files, options)).toBe('');
    const folders = counts.map((count) => join(folder, 'out', String(count)));
    const [small, large] = await Promise.all(folders.map(instantiations));
    expect(large).toBe(small);
  });
});
