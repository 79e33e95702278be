import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { signedIn } from '../../contract/kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from '../../contract/kit/api.ts';
import type { Mount } from '../../server/app.ts';
import { keptAnswersData } from '../../server/features/idempotency/personal-data.ts';
import { Role } from '../../server/features/roles/model.ts';
import { UserRole } from '../../server/features/users/model.ts';
import type { Handlers } from '../../server/operations/handlers.ts';
import { KeptAnswer } from '../../server/platform/idempotency/kept-answer.ts';
import { KeptAnswers } from '../../server/platform/idempotency/kept-answers.ts';
import { useApp } from '../kit/app.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';

const endpoint = {
  method: 'POST',
  summary: 'Make tea',
  description: 'Makes a role that is called tea.',
  body: z.object({ name: z.string(), size: z.number().optional() }),
  responses: { 201: z.object({ size: z.number() }) },
  metadata: { access: signedIn() },
} as const;
const tea = c.router(
  {
    brew: { ...endpoint, path: '/brew' },
    brewTwice: { ...endpoint, path: '/brew-twice' },
    order: {
      ...endpoint,
      path: '/order',
      metadata: { access: signedIn(), idempotencyKey: 'required' },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/tea`),
);

/** Its answer breaks the contract unless the caller says a size. */
const mount: Mount = ({ change }) => {
  const brew: Handlers<typeof tea>['brew'] = async ({ actor, body: { name, size } }) => {
    await change(actor, async (tx) => {
      const row = { name, isSystem: false, requiresSecondFactor: false };
      const { id } = await Role.query(tx).create(row, tx.now);
      await tx.audit({ target: { type: 'tea', id } });
    });
    return { status: 201, body: { size: size as number } };
  };
  const brewTwice: typeof brew = async (input) => {
    await brew(input);
    return brew({ ...input, body: { ...input.body, name: `${input.body.name} again` } });
  };
  return {
    contract: { tea },
    tags: { tea: 'Tea.' },
    features: { tea: { handlers: { brew, brewTwice, order: brew } } },
  };
};

const app = useApp({}, { mount });
const caller = {} as QuickSession;
const signIn = async () => Object.assign(caller, await quickSession(app, { roles: ['admin'] }));
const aDayLater = () => {
  app.clock.advance({ hours: 24, seconds: 1 });
  return signIn();
};
beforeAll(signIn);

describe('a request with an Idempotency-Key', () => {
  it('is done once by fifty at once, and the others get its answer or are told to wait', async () => {
    const [key, name] = [randomUUID(), `tea-${randomUUID()}`];
    const answers = await Promise.all(Array.from({ length: 50 }, () => makeRole(name, key)));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    const codes = answers.filter(({ status }) => status !== 201).map(({ code }) => code);
    expect(codes).toEqual(codes.map(() => 'idempotency_key_in_use'));
    expect(await Role.query(app.db).where({ name }).resultSize()).toBe(1);
    expect(await makeRole(name, key)).toMatchObject({ status: 201, isReplay: true });
  });

  it('is told to wait while the first is being done', async () => {
    const [key, name] = [randomUUID(), `tea-${randomUUID()}`];
    // Whoever takes the name next waits for this to end.
    const takesName = await app.db.transaction();
    const row = { name, isSystem: false, requiresSecondFactor: false };
    await Role.query(takesName).create(row, app.clock.now());
    const both = [makeRole(name, key), makeRole(name, key)];
    const inUse = { status: 409, code: 'idempotency_key_in_use' };
    expect(await Promise.race(both)).toMatchObject(inUse);
    await takesName.rollback();
    const answers = (await Promise.all(both)).toSorted((one, other) => one.status - other.status);
    expect(answers).toMatchObject([{ status: 201, isReplay: false }, inUse]);
  });

  it('that was refused may be tried anew', async () => {
    const [key, name] = [randomUUID(), `tea-${randomUUID()}`];
    await makeRole(name, randomUUID());
    expect(await makeRole(name, key)).toMatchObject({ status: 409, code: 'role_name_taken' });
    await Role.query(app.db).delete().where({ name });
    expect(await makeRole(name, key)).toMatchObject({ status: 201, isReplay: false });
  });

  it('that fails after its change has changed nothing', async () => {
    const [key, name] = [randomUUID(), `tea-${randomUUID()}`];
    expect((await post('/tea/brew', { name }, key)).status).toBe(500);
    expect(await Role.query(app.db).where({ name }).resultSize()).toBe(0);
    expect(await app.db('auditEntries').where({ operation: 'teaBrew' })).toEqual([]);
    expect((await post('/tea/brew', { name }, undefined)).status).toBe(500);
    expect(await Role.query(app.db).where({ name }).resultSize()).toBe(1);
  });

  it('takes an operation of one change', async () => {
    const name = randomUUID();
    const { status } = await post('/tea/brew-twice', { name, size: 1 }, randomUUID());
    expect(status).toBe(500);
    expect(await Role.query(app.db).whereLike('name', `${name}%`).resultSize()).toBe(0);
  });

  it('may be the only one that is taken', async () => {
    const body = { name: randomUUID(), size: 1 };
    const refused = await post('/tea/order', body, undefined);
    expect(refused).toMatchObject({ status: 422, code: 'validation_failed' });
    expect(refused.text).toContain('"code":"required"');
    expect((await post('/tea/order', body, randomUUID())).status).toBe(201);
  });

  it('is the same by another way in, and whatever the order of its fields', async () => {
    const [key, name] = [randomUUID(), `tea-${randomUUID()}`];
    const { text } = await post('/roles', { name, description: 'Tea.' }, `"${key}"`);
    const { body, headers } = await app.perform('roles.create', {
      origin: 'job',
      address: '203.0.113.1',
      caller: { authorization: caller.headers.Authorization, 'idempotency-key': key },
      input: { body: { description: 'Tea.', name } },
    });
    expect([JSON.stringify(body), headers]).toEqual([text, { 'Idempotency-Replayed': 'true' }]);
  });

  it('is asked anew whether the caller may', async () => {
    const [key, name] = [randomUUID(), `tea-${randomUUID()}`];
    const demoted = await quickSession(app, { roles: ['admin'] });
    expect((await makeRole(name, key, demoted)).status).toBe(201);
    await UserRole.query(app.db).delete().where({ userId: demoted.userId });
    expect((await makeRole(name, key, demoted)).status).toBe(403);
  });

  it('leaves nothing that can be read, and goes with the account', async () => {
    const [key, name] = [randomUUID(), `tea-${randomUUID()}`];
    const owner = await quickSession(app, { roles: ['admin'] });
    await makeRole(name, key, owner);
    const { userId: actor } = owner;
    const [row] = await KeptAnswer.query(app.db).where({ actor });
    expect(JSON.stringify(row)).not.toContain(name);
    expect(JSON.stringify(row)).not.toContain(key);
    const told = { operation: 'rolesCreate', createdAt: row?.createdAt, expiresAt: row?.expiresAt };
    expect(await keptAnswersData.read?.(app.db, actor)).toEqual([told]);
    // Whoever acts as the account has keys of their own.
    const scope = { actor, operation: 'rolesCreate', key };
    const answers = new KeptAnswers(app.platform);
    expect(await answers.find({ ...scope, by: undefined })).toBeDefined();
    expect(await answers.find({ ...scope, by: randomUUID() })).toBeUndefined();
    await app.platform.change(undefined, async (tx) => keptAnswersData.erase?.(tx, actor));
    expect(await KeptAnswer.query(app.db).where({ actor })).toEqual([]);
  });

  it('is new again when its time is over', async () => {
    const [key, name] = [randomUUID(), `tea-${randomUUID()}`];
    const kept = () => KeptAnswer.query(app.db).resultSize();
    await makeRole(name, key);
    await Role.query(app.db).delete().where({ name });
    await aDayLater();
    expect(await makeRole(name, key)).toMatchObject({ status: 201, isReplay: false });
    await aDayLater();
    expect(await kept()).toBeGreaterThan(0);
    await app.runScheduled('idempotency.purge');
    expect(await kept()).toBe(0);
  });
});

it.each(['', '"', '""', '"a', 'a b', 'a,b', '"a";b=1', 'ü', 'x'.repeat(256)])(
  'the key %j is none',
  async (key) => {
    const answer = await makeRole(`tea-${randomUUID()}`, key);
    expect(answer).toMatchObject({ status: 422, code: 'validation_failed' });
  },
);

it('counts what came again', async () => {
  const lines = await app.scrape();
  for (const outcome of ['replayed', 'in_use']) {
    const series = `charter_idempotency_repeats_total{outcome="${outcome}"`;
    expect(lines.some((line) => line.startsWith(series))).toBe(true);
  }
});

const makeRole = (name: string, key: string, by = caller) => post('/roles', { name }, key, by);

async function post(path: string, body: object, key: string | undefined, by = caller) {
  const response = await fetch(`${app.url}${apiPrefix}${path}`, {
    method: 'POST',
    headers: {
      ...by.headers,
      'Content-Type': 'application/json',
      ...(key !== undefined && { 'Idempotency-Key': key }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const { code } = JSON.parse(text) as { code?: string };
  const isReplay = response.headers.get('idempotency-replayed') === 'true';
  return { status: response.status, text, code, isReplay };
}
