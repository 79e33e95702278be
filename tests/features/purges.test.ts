import { randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { daySeconds, secondsAfter } from '../../server/platform/clock.ts';
import { useApp } from '../kit/app.ts';
import { insertUser } from '../kit/build.ts';
import { sending } from '../kit/credentials.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp({ PURGE_REMOVED_DAYS: '10', PURGE_DEACTIVATED_DAYS: '100' });

const daysAgo = (days: number) => secondsAfter(app.clock.now(), -days * daySeconds);

const text = () => randomBytes(8).toString('hex');

const atProvider = { nonce: '', sealedVerifier: '', redirectTo: '' };
const onItsWay = (expiresAt: Date) => ({
  id: randomUUIDv7(),
  provider: 'google',
  bindingHash: '',
  intent: 'sign_in',
  delivery: 'tokens',
  createdAt: expiresAt,
  expiresAt,
});

/** A row of each table that is purged, as old as it is told to be. */
const makers: Record<string, { key: string; make: (at: Date) => Record<string, unknown> }> = {
  revocations: {
    key: 'id',
    make: (createdAt) => ({ id: randomUUIDv7(), kind: 'keys', subject: null, createdAt }),
  },
  sign_in_attempts: { key: 'key', make: (updatedAt) => ({ key: text(), failures: 1, updatedAt }) },
  sign_ups: {
    key: 'email',
    make: (createdAt) => ({ email: text(), username: text(), passwordHash: '', createdAt }),
  },
  one_time_tokens: {
    key: 'id',
    make: (expiresAt) => ({
      id: randomUUIDv7(),
      purpose: 'verify-email',
      tokenHash: text(),
      createdAt: expiresAt,
      expiresAt,
    }),
  },
  provider_sign_ins: {
    key: 'id',
    make: (expiresAt) => ({ ...onItsWay(expiresAt), stateHash: text(), ...atProvider }),
  },
  proven_identities: {
    key: 'id',
    make: (expiresAt) => ({ ...onItsWay(expiresAt), codeHash: text(), sealedIdentity: '' }),
  },
  provider_sessions: {
    key: 'id',
    make: (expiresAt) => ({
      ...{ id: randomUUIDv7(), provider: 'google', subjectHash: '', sealedTokens: '' },
      ...{ createdAt: expiresAt, expiresAt },
    }),
  },
  logout_tokens: {
    key: 'id',
    make: (expiresAt) => ({ id: text(), createdAt: expiresAt, expiresAt }),
  },
  events: {
    key: 'id',
    make: (occurredAt) => ({
      id: randomUUIDv7(),
      name: 'account.created',
      version: 1,
      data: { userId: randomUUID() },
      occurredAt,
    }),
  },
};

describe.each([
  ['revocations', 'revocations.purge', 2],
  ['sign_in_attempts', 'sign-in-attempts.purge', 1],
  ['sign_ups', 'sign-ups.purge', 7],
  ['one_time_tokens', 'one-time-tokens.purge', 1],
  ['provider_sign_ins', 'provider-sign-ins.purge', 0],
  ['proven_identities', 'provider-sign-ins.purge', 0],
  ['provider_sessions', 'provider-sessions.purge', 0],
  ['logout_tokens', 'provider-sessions.purge', 0],
  ['events', 'events.purge', 30],
])('%s', (table, job, days) => {
  it(`go by ${job} after ${days} days, not before`, async () => {
    const maker = makers[table];
    if (!maker) throw new Error(`Nobody makes ${table}`);
    const [old, young] = [maker.make(daysAgo(days + 0.1)), maker.make(daysAgo(days - 0.1))];
    await app.db(table).insert([old, young]);
    await app.runScheduled(job);
    await app.runScheduled(job);
    const keys = await app.db(table).pluck(maker.key);
    expect(keys).toContain(young[maker.key]);
    expect(keys).not.toContain(old[maker.key]);
  });
});

it('sessions go 90 days after they have run out', async () => {
  const [old, young] = [await quickSession(app), await quickSession(app)];
  const runOut = (userId: string, days: number) =>
    app
      .db('sessions')
      .where({ userId })
      .update({ expiresAt: daysAgo(days) });
  await runOut(old.userId, 91);
  await runOut(young.userId, 89);
  await app.runScheduled('sessions.purge');
  const left = (await app.db('sessions').select('userId')).map((row) => row.userId);
  expect(left).toContain(young.userId);
  expect(left).not.toContain(old.userId);
});

describe('accounts', () => {
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    const insert = async (name: string, row: Parameters<typeof insertUser>[1]) => {
      ids[name] = (await insertUser(app, row)).id;
    };
    await insert('removedLongAgo', { deletedAt: daysAgo(11) });
    await insert('removedLately', { deletedAt: daysAgo(9) });
    await insert('deactivatedLongAgo', { deactivatedAt: daysAgo(101) });
    await insert('deactivatedLately', { deactivatedAt: daysAgo(99) });
    await insert('active', {});
    for (let round = 0; round < 2; round += 1) {
      await app.runScheduled('users.purge-removed');
      await app.runScheduled('users.purge-deactivated');
    }
  });

  it('that were removed or deactivated long ago are deleted', async () => {
    const left = await app.db('users').whereIn('id', Object.values(ids)).pluck('id');
    const names = Object.keys(ids).filter((name) => left.includes(ids[name]));
    expect(names).toEqual(['removedLately', 'deactivatedLately', 'active']);
  });

  it('leave nothing of where they called from, and all that others did from elsewhere', async () => {
    const { userId, headers } = await quickSession(app);
    const other = await quickSession(app);
    for (const caller of [headers, other.headers]) {
      await app.client(sending(caller)).me.update({ body: { fullName: 'Ada' } });
    }
    await app
      .db('users')
      .where({ id: userId })
      .update({ deletedAt: daysAgo(11) });
    await app.runScheduled('users.purge-removed');
    const sentFrom = await app
      .db('audit_origins')
      .join('audit_entries', 'audit_entries.id', 'entryId')
      .whereIn('actor', [userId, other.userId])
      .pluck('actor');
    expect(sentFrom).toEqual([other.userId]);
  });

  it('leave one entry in the audit each, by the system', async () => {
    const entries = await app
      .db('audit_entries')
      .whereIn('targetId', Object.values(ids))
      .orderBy('id')
      .select('targetId', 'targetType', 'actor', 'operation', 'origin', 'reason');
    const entry = { targetType: 'user', actor: 'system:retention', origin: 'job' };
    expect(entries).toEqual([
      {
        ...entry,
        targetId: ids.removedLongAgo,
        operation: 'users.purge-removed',
        reason: 'deletedAt',
      },
      {
        ...entry,
        targetId: ids.deactivatedLongAgo,
        operation: 'users.purge-deactivated',
        reason: 'deactivatedAt',
      },
    ]);
  });
});
