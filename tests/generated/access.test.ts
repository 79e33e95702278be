import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Access } from '../../contract/kit/access.ts';
import { hasBody, type Operation } from '../../contract/kit/operations.ts';
import { permissionNames } from '../../contract/kit/permissions.ts';
import type { Actor } from '../../server/platform/auth/actor.ts';
import { createGuard } from '../../server/platform/auth/guard.ts';
import { OriginCheck } from '../../server/platform/auth/origin.ts';
import { startApp, useApp } from '../kit/app.ts';
import { ask } from '../kit/ask.ts';
import { createPerson, signIn } from '../kit/callers.ts';
import { isAboutCaller, named, operations, refusedBody, requestOf } from '../kit/operations.ts';
import { raw, requestText } from '../kit/raw.ts';
import { type Caller, type Cast, castOf, holdersOf } from './cast.ts';
import { outcomeOf, promised } from './promised.ts';
import { sample } from './sample.ts';

const app = useApp();
let everybody: Cast;
let holders: Readonly<Record<string, Cast>>;

beforeAll(async () => {
  everybody = await castOf(app);
  const casts = permissionNames.map(async (name) => [name, await holdersOf(app, name)] as const);
  holders = Object.fromEntries(await Promise.all(casts));
});

type Named = readonly [name: string, caller: Caller];

async function outcomesOf(
  operation: Operation,
  callers: readonly Named[],
): Promise<Record<string, string>> {
  const asked = callers.map(async ([name, { headers, open }]) => {
    const sent = isAboutCaller(operation) ? await open() : headers;
    const answer = await ask(app, operation, { ...refusedBody(operation), headers: sent });
    return [name, outcomeOf(answer)] as const;
  });
  return Object.fromEntries(await Promise.all(asked));
}

describe('the door of', () => {
  it.each(named)('%s opens to those it should, and to nobody else', async (_name, operation) => {
    const { access } = operation;
    const also = access.kind === 'requires' ? holders[access.permission] : {};
    const promiseTo = ([, caller]: Named) => promised(operation, caller);
    const cast: Named[] = Object.entries({ ...everybody, ...also });
    const callers = sample(cast, operation, { perKind: 1, kindOf: promiseTo });
    const expected = callers.map((one) => [one[0], promiseTo(one)]);
    expect(await outcomesOf(operation, callers)).toEqual(Object.fromEntries(expected));
  });
});

const guarded = named.filter(([, { access }]) => !access.kind.startsWith('anyone'));
const reading = guarded.filter(([, { route }]) => hasBody(route));

describe('nobody learns from', () => {
  it.each(reading)('%s what is wrong with a body', async (_name, operation) => {
    const bodies = [
      { body: '{broken' },
      { body: '[]', headers: { 'Content-Type': 'text/plain' } },
      { body: new Uint8Array([0xff, 0xfe]) },
      { body: `"${'x'.repeat(200_000)}"` },
      refusedBody(operation),
    ];
    const answers = await Promise.all(bodies.map((input) => ask(app, operation, input)));
    expect(answers.map(outcomeOf)).toEqual(bodies.map(() => '401 unauthenticated'));
  });

  it.each(reading)('%s, and is refused before the body arrives', async (_name, operation) => {
    const [path] = requestOf(operation);
    const promisedOnly = { 'Content-Type': 'application/json', 'Content-Length': '1000000' };
    const answer = await raw(
      app.url,
      requestText(`${operation.route.method} ${path}`, promisedOnly),
    );
    expect(answer).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
  });

  it.each(guarded)('%s what is wrong with an address', async (_name, operation) => {
    const params = Object.fromEntries(
      [...operation.route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, 'no-such-thing']),
    );
    const answer = await ask(app, operation, { params, query: 'no-such=parameter' });
    expect(outcomeOf(answer)).toBe('401 unauthenticated');
  });
});

describe('a sign-in of long ago', () => {
  it('does not become recent by a refresh', async () => {
    const lasting = await startApp();
    onTestFinished(() => lasting.close());
    const person = await signIn(lasting, await createPerson(lasting, { roles: ['admin'] }));
    const { accessToken } = person.tokens();
    lasting.clock.advance({ minutes: 11 });
    await person.client.me.get();
    expect(person.tokens().accessToken).not.toBe(accessToken);
    const headers = { Authorization: `Bearer ${person.tokens().accessToken}` };
    const sensitive = operations.filter(({ access }) => 'recentLogin' in access);
    const answers = await Promise.all(
      sensitive.map((operation) => ask(lasting, operation, { headers })),
    );
    expect(answers.map(outcomeOf)).toEqual(sensitive.map(() => '403 reauthentication_required'));
    expect(sensitive).not.toEqual([]);
  });
});

describe('a kind of access that the guard does not know', () => {
  const actor: Actor = {
    id: 'x',
    kind: 'person',
    roles: [],
    permissions: new Set(permissionNames),
  };
  const scheme = { read: () => 'a credential', authenticate: async () => actor };
  const guard = createGuard({
    schemes: [scheme],
    origins: new OriginCheck('https://charter.test', []),
    clock: { now: () => new Date() },
  });
  const admit = async (access: object) => {
    const [operation] = operations as [Operation];
    const guarded = guard({ ...operation, access: access as Access });
    const caller = await guarded.authenticate({ authorization: 'Bearer t' });
    guarded.authorize(caller);
    return caller;
  };

  it('is closed to everybody', async () => {
    for (const access of [{ kind: 'friends' }, { kind: '' }, {}]) {
      await expect(admit(access)).rejects.toMatchObject({ code: 'permission_denied' });
    }
  });

  it('is the only one that is', async () => {
    expect(await admit({ kind: 'requires', permission: 'users:read' })).toBe(actor);
  });
});
