import { beforeAll, describe, expect, it } from 'vitest';
import { hasBody, hasInput, type Operation } from '../../contract/kit/operations.ts';
import { Role } from '../../server/features/roles/model.ts';
import { useApp } from '../kit/app.ts';
import { type Answer, ask } from '../kit/ask.ts';
import { insertRole, insertUser } from '../kit/build.ts';
import { contentOf } from '../kit/content.ts';
import { type Input, inputsOf, named, refusedBody, requestOf } from '../kit/operations.ts';
import { quickSession } from '../kit/quick-session.ts';
import { raw, requestText } from '../kit/raw.ts';
import { isEchoed } from './marker.ts';
import { harmless, staleCookies, worthless } from './odd-headers.ts';
import { type Odd, oddTexts, valuesOf } from './odd-text.ts';
import { sample } from './sample.ts';

const app = useApp();
let administrator: Record<string, string>;
/** Something that is there, for the parameters of paths. */
const existing: Record<string, string> = {};

beforeAll(async () => {
  administrator = (await quickSession(app, { roles: ['admin'] })).headers;
  existing.userId = (await insertUser(app)).id;
  const name = await insertRole(app, []);
  existing.roleId = (await Role.query(app.db).findOne({ name }).throwIfNotFound()).id;
});

const reading = named.filter(([, { route }]) => hasInput(route));
const withTexts = reading.filter(([, operation]) => oddTexts(operation, {}).length > 0);

describe('odd text is text', () => {
  it.each(withTexts)('to %s', async (_name, operation) => {
    const texts = sample(oddTexts(operation, existing), operation, { perKind: 2 });
    const asked = texts.map(async (one) => {
      const answer = await ask(app, operation, { ...one.input, headers: administrator });
      return surprisesOf(one, answer, operation);
    });
    expect((await Promise.all(asked)).flat()).toEqual([]);
  });
});

function surprisesOf(
  { what, field, text }: Odd,
  { status, text: answer }: Answer,
  { streams }: Operation,
): string[] {
  if (status >= 500) return [`${what}: ${status}`];
  if (status >= 400) return answer.includes(JSON.stringify(text)) ? [`${what}: is echoed`] : [];
  if (streams) return [];
  const values = valuesOf(field, answer && JSON.parse(answer)).filter((value) => value !== null);
  const isListed = values.length > 1;
  return isListed || values.every((value) => value === text)
    ? []
    : [`${what}: ${JSON.stringify(values)}`];
}

const guarded = named.filter(([, { access }]) => access.kind !== 'anyone');

describe('odd headers', () => {
  it.each(named)('mean nothing to %s', async (_name, operation) => {
    const some = sample(harmless, operation, { perKind: 1 });
    const [usual, ...odd] = await statusesOf(operation, [{}, ...some]);
    expect(odd).toEqual(some.map(() => usual));
  });

  it.each(guarded)('prove nothing to %s', async (_name, operation) => {
    const cookies = sample(staleCookies, operation, { perKind: 1 });
    const [usual, ...withCookie] = await statusesOf(operation, [{}, ...cookies]);
    expect(withCookie).toEqual(cookies.map(() => usual));
    const tokens = sample(worthless, operation, { perKind: 1 });
    const withToken = await statusesOf(operation, tokens);
    expect(withToken).toEqual(tokens.map(() => 401));
  });

  async function statusesOf(operation: Operation, all: readonly NonNullable<Input['headers']>[]) {
    const answers = await Promise.all(
      all.map((headers) => ask(app, operation, { ...refusedBody(operation), headers })),
    );
    expect(answers.filter((answer) => isEchoed(JSON.stringify(answer)))).toEqual([]);
    return answers.map(({ status }) => status);
  }
});

describe('a body of another length than was said', () => {
  const posting = named.filter(([, { route }]) => hasBody(route));

  const send = (operation: Operation, body: string, length: number) => {
    const [path, { headers }] = requestOf(operation);
    const all = { ...Object.fromEntries(headers as [string, string][]), ...administrator };
    const start = `${operation.route.method} ${path}`;
    return requestText(start, { ...all, 'Content-Length': String(length) }, body);
  };

  it.each(posting)('does not reach %s when it is too short', async (_name, operation) => {
    const { body = '' } = refusedBody(operation);
    const before = await contentOf(app);
    const answer = await raw(app.url, send(operation, String(body), 1_000), { ends: true });
    expect(answer).toMatchObject({ status: 400, json: { code: 'malformed_request' } });
    expect(await contentOf(app)).toEqual(before);
  });

  it.each(posting)('breaks off for %s where it was said to end', async (_name, operation) => {
    const { type } = inputsOf(operation).body ?? {};
    const body = type === 'application/json' ? '[{"a":1}]' : 'no-such-field=1';
    const answer = await raw(app.url, send(operation, body, 5));
    expect([400, 422]).toContain(answer.status);
  });
});
