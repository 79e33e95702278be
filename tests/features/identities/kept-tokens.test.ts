import { randomUUIDv7 } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { aboutTokens } from '../../../server/features/identities/model.ts';
import { systemActor } from '../../../server/platform/auth/actor.ts';
import { secondsAfter } from '../../../server/platform/clock.ts';
import {
  ProviderError,
  type ProviderTokens,
} from '../../../server/platform/identity-providers/identity-provider.ts';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';
import { useApp } from '../../kit/app.ts';
import { hashOf, newPerson, signIn } from '../../kit/callers.ts';
import { testSecrets } from '../../kit/cluster.ts';
import { sending } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { newToken } from '../../kit/fake-provider.ts';
import { signedInAs } from '../../kit/provider-sign-in.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { storedRows } from '../../kit/secrets.ts';

const app = useApp();
const daySeconds = 86_400;
const refresh = () => app.runScheduled('identities.refresh');

beforeAll(async () => {
  const { google, acme } = app.providers;
  google.upkeep = { follows: ['fullName', 'locale'], everySeconds: daySeconds };
  acme.upkeep = { follows: [], everySeconds: daySeconds };
  passwordHash = await hashOf(password);
});
// Nobody else's are due.
beforeEach(() => app.db('identityTokens').delete());

const password = 'a long enough passphrase';
let passwordHash = '';
let people = 0;

/** What a sign-in brings: it runs out in an hour. */
const newTokens = () => ({
  accessToken: newToken(),
  refreshToken: newToken(),
  accessTokenExpiresAt: secondsAfter(app.clock.now(), 3_600),
});

interface Wanted {
  readonly provider?: 'google' | 'acme';
  readonly tokens?: ProviderTokens;
}

/** Somebody whose tokens were kept a moment ago. */
async function aPerson({ provider = 'google', tokens = newTokens() }: Wanted = {}) {
  people += 1;
  const { userId, headers } = await quickSession(app, { account: { passwordHash } });
  const { email, username } = await app.db('users').where({ id: userId }).first();
  const [identityId, now] = [randomUUIDv7(), app.clock.now()];
  const who = { issuer: `https://${provider}.example`, subject: `kept-${people}` };
  await app
    .db('userIdentities')
    .insert({ id: identityId, userId, provider, ...who, createdAt: now });
  const content = JSON.stringify({ tokens, told: {} });
  const sealedTokens = app.platform.secretKeys.seal(content, aboutTokens(identityId));
  await app.db('identityTokens').insert({ identityId, provider, sealedTokens, dueAt: now });
  const client = app.client(sending(headers));
  return { ...{ id: userId, email, username, password }, ...who, identityId, tokens, client };
}

type Person = Awaited<ReturnType<typeof aPerson>>;

const rowOf = async ({ identityId }: Pick<Person, 'identityId'>) =>
  (await app.db('identityTokens').where({ identityId }))[0];
const needs = async ({ client }: Pick<Person, 'client'>) =>
  (await unwrap(client.identities.list())).items.map((one) => one.needsReauthentication);
const accountOf = ({ id }: Person) => app.db('users').where({ id }).first();
const aDayLater = () => app.clock.advance({ days: 1, minutes: 1 });

describe('the tokens of a provider', () => {
  it('are kept where the configuration says so, and nowhere to be read', async () => {
    const tokens = newTokens();
    await signedInAs(app, { email: newPerson().email, tokens });
    const [row, ...more] = await app.db('identityTokens');
    expect([row, more]).toEqual([
      expect.objectContaining({ provider: 'google', dueAt: app.clock.now() }),
      [],
    ]);
    const everywhere = `${(await storedRows(app)).join()}${JSON.stringify(app.logs)}`;
    expect(everywhere).not.toContain(tokens.accessToken);
    expect(everywhere).not.toContain(tokens.refreshToken);
    const { acme } = app.providers;
    const { upkeep } = acme;
    delete acme.upkeep;
    await signedInAs(app, { email: newPerson().email, tokens }, { provider: acme });
    Object.assign(acme, { upkeep });
    expect(await app.db('identityTokens')).toHaveLength(1);
  });

  it('are left alone where the secret that sealed them is gone, and the log says whose', async () => {
    const person = await aPerson();
    aDayLater();
    const { identityId } = person;
    const gone = new SecretKeys(['a secret that nobody has any more, and was long enough']);
    const sealedTokens = gone.seal('{}', aboutTokens(identityId));
    await app.db('identityTokens').where({ identityId }).update({ sealedTokens });
    await refresh();
    expect(app.logs).toContainEqual(
      expect.objectContaining({
        level: 'error',
        msg: 'tokens of a provider cannot be opened',
        identityId,
      }),
    );
    const after = await rowOf(person);
    expect(after.sealedTokens).toEqual(sealedTokens);
    expect(after.dueAt.getTime()).toBeGreaterThan(app.clock.now().getTime());
  });

  it('are renewed once, of two workers at once', async () => {
    const person = await aPerson();
    aDayLater();
    const { promise: other, resolve: goOn } = Promise.withResolvers<void>();
    const { google } = app.providers;
    const isOf = (token: string) => token === person.tokens.refreshToken;
    const spy = vi.spyOn(google, 'refresh').mockImplementation(async (token) => {
      if (isOf(token)) await other;
      return { accessToken: newToken(), accessTokenExpiresAt: app.clock.now() };
    });
    onTestFinished(() => spy.mockRestore());
    const asked = () => spy.mock.calls.filter(([token]) => isOf(token)).length;
    const first = refresh();
    await eventually(() => expect(asked()).toBe(1));
    await refresh();
    goOn();
    await first;
    expect(asked()).toBe(1);
    // None came with the new one: the old one goes on.
    aDayLater();
    await refresh();
    expect(asked()).toBe(2);
  });

  it('are renewed once each, however many workers begin at once', async () => {
    const all = [await aPerson(), await aPerson(), await aPerson()];
    aDayLater();
    await Promise.all(Array.from({ length: 5 }, refresh));
    await refresh();
    const { refreshed } = app.providers.google;
    const given = all.map(({ tokens }) => refreshed.filter((one) => one === tokens.refreshToken));
    expect(given.map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  it('are void when the provider says so: the person sees it, nobody asks again, a sign-in heals', async () => {
    const person = await aPerson();
    const { google } = app.providers;
    const { refreshToken = '' } = person.tokens;
    google.refreshed.push(refreshToken);
    expect(await needs(person)).toEqual([false]);
    aDayLater();
    await refresh();
    const [heard] = await app.db('auditEntries').where({ targetId: person.identityId });
    expect(heard).toMatchObject({
      actor: 'system:provider sync',
      operation: 'identities.refresh',
      changed: ['needsReauthentication'],
    });
    aDayLater();
    await refresh();
    expect(google.refreshed.filter((token) => token === refreshToken)).toHaveLength(2);
    const back = await signIn(app, person);
    expect(await needs(back)).toEqual([true]);
    await signedInAs(app, { subject: person.subject, tokens: newTokens() });
    expect(await needs(back)).toEqual([false]);
    expect(await rowOf(person)).toMatchObject({ dueAt: app.clock.now() });
  });

  it('of a provider that does not answer wait, and keep no other', async () => {
    const [person, other] = [await aPerson(), await aPerson({ provider: 'acme' })];
    aDayLater();
    const { google } = app.providers;
    google.failure = 'unreachable';
    await refresh();
    google.failure = undefined;
    expect(app.providers.acme.refreshed).toContain(other.tokens.refreshToken);
    expect(google.refreshed).not.toContain(person.tokens.refreshToken);
    for (const minutes of [5, 10]) {
      app.clock.advance({ minutes });
      await refresh();
    }
    expect(google.refreshed).toContain(person.tokens.refreshToken);
    expect(await rowOf(person)).toMatchObject({ failures: 0, lease: null });
  });

  it('that nothing renews are gone when they have run out, and nobody is asked to sign in', async () => {
    const accessTokenExpiresAt = secondsAfter(app.clock.now(), 3_600);
    const person = await aPerson({ tokens: { accessToken: newToken(), accessTokenExpiresAt } });
    aDayLater();
    await refresh();
    expect(await rowOf(person)).toMatchObject({ dueAt: null });
    const [row] = await app.db('userIdentities').where({ id: person.identityId });
    expect(row.needsReauthenticationAt).toBeNull();
  });

  it('of an account at rest are left alone', async () => {
    const person = await aPerson();
    aDayLater();
    await app.db('users').where({ id: person.id }).update({ deactivatedAt: app.clock.now() });
    await refresh();
    expect(app.providers.google.refreshed).not.toContain(person.tokens.refreshToken);
  });
});

describe('the profile', () => {
  const tell = ({ subject }: Person, profile: object) =>
    app.providers.google.people.set(subject, profile);

  it('is followed in what is listed, and in nothing else', async () => {
    const person = await aPerson();
    tell(person, { fullName: 'Ada King', username: 'another', locale: 'no such language' });
    const before = await accountOf(person);
    await refresh();
    const after = await accountOf(person);
    expect(after).toEqual({ ...before, fullName: 'Ada King', updatedAt: app.clock.now() });
    const entries = await app.db('auditEntries').where({ targetId: person.id });
    expect(entries.at(-1)).toMatchObject({ actor: 'system:provider sync', changed: ['fullName'] });
    const told = await app.db('events').where({ name: 'account.updated' }).orderBy('id');
    expect(told.at(-1).data).toEqual({ userId: person.id, changed: ['fullName'] });
  });

  it('is followed until the person says something else', async () => {
    const person = await aPerson();
    const names: unknown[] = [];
    const look = async (fullName: string) => {
      tell(person, { fullName });
      await refresh();
      aDayLater();
      names.push((await accountOf(person)).fullName);
    };
    await look('Ada Byron');
    await look('Ada King');
    await app.db('users').where({ id: person.id }).update({ fullName: 'Lady Lovelace' });
    await look('Ada King-Noel');
    await app.db('users').where({ id: person.id }).update({ fullName: null });
    await look('Ada Lovelace');
    expect(names).toEqual(['Ada Byron', 'Ada King', 'Lady Lovelace', null]);
  });
});

describe('who unlinks an identity', () => {
  it('has its tokens revoked at the provider, however often it takes', async () => {
    const person = await aPerson();
    const { google } = app.providers;
    await unwrap(person.client.identities.unlink({ identityId: person.identityId }));
    expect(await rowOf(person)).toBeUndefined();
    const away = new ProviderError('unreachable', 'As the test has it');
    const spy = vi.spyOn(google, 'revoke').mockRejectedValueOnce(away);
    onTestFinished(() => spy.mockRestore());
    await app.workJobs();
    expect(spy).toHaveBeenCalledTimes(2);
    const { accessToken, refreshToken } = person.tokens;
    expect(google.revoked.at(-1)).toEqual({ accessToken, refreshToken });
  });

  it('while they are being renewed, too', async () => {
    const person = await aPerson();
    aDayLater();
    const { google } = app.providers;
    const fresh = { accessToken: newToken(), refreshToken: newToken() };
    const spy = vi.spyOn(google, 'refresh').mockImplementation(async (token) => {
      if (token === person.tokens.refreshToken) {
        await app.db('userIdentities').where({ id: person.identityId }).delete();
      }
      return fresh;
    });
    await refresh();
    spy.mockRestore();
    await app.workJobs();
    expect(google.revoked.at(-1)).toEqual(fresh);
  });

  it('as whoever is erased', async () => {
    const person = await aPerson();
    const { personalData, change } = app.platform;
    await change(systemActor('a test'), async (tx) => {
      for (const { erase } of personalData.all) await erase?.(tx, person.id);
    });
    await app.workJobs();
    expect(app.providers.google.revoked.at(-1)).toMatchObject({
      refreshToken: person.tokens.refreshToken,
    });
  });

  it('as whoever loses the account to the owner of its mailbox', async () => {
    const person = await aPerson();
    await app.db('users').where({ id: person.id }).update({ emailVerifiedAt: null });
    const { user } = await signedInAs(app, { email: person.email });
    expect(user.id).toBe(person.id);
    await app.workJobs();
    const { refreshToken } = person.tokens;
    expect(app.providers.google.revoked.at(-1)).toMatchObject({ refreshToken });
  });

  it('is done where the provider says that they are void', async () => {
    const person = await aPerson();
    const refused = new ProviderError('refused', 'void');
    const spy = vi.spyOn(app.providers.google, 'revoke').mockRejectedValue(refused);
    onTestFinished(() => spy.mockRestore());
    await unwrap(person.client.identities.unlink({ identityId: person.identityId }));
    await app.workJobs();
    expect(spy).toHaveBeenCalledOnce();
  });
});

it('a provider that is down is asked again what it publishes, and keeps no other', async () => {
  const { google, acme } = app.providers;
  const [down, up] = [vi.spyOn(google, 'rediscover'), vi.spyOn(acme, 'rediscover')];
  google.failure = 'unreachable';
  await app.runScheduled('identities.rediscover');
  google.failure = undefined;
  expect([down.mock.calls.length, up.mock.calls.length]).toEqual([1, 1]);
});

it('what became of it is counted, by provider', async () => {
  const lines = (await app.scrape()).filter((line) => line.startsWith('charter_provider_syncs'));
  const counted = lines.map((line) => /provider="(\w+)",outcome="(\w+)"/.exec(line)?.slice(1));
  expect(counted).toEqual(
    expect.arrayContaining([
      ['google', 'changed'],
      ['google', 'unchanged'],
      ['google', 'unreachable'],
      ['google', 'expired'],
      ['google', 'skipped'],
      ['google', 'needs_reauthentication'],
      ['acme', 'unchanged'],
    ]),
  );
});

it('tokens of a provider that keeps none any more go', async () => {
  const person = await aPerson();
  const { google } = app.providers;
  const { upkeep } = google;
  delete google.upkeep;
  await app.runScheduled('identities.drop-tokens');
  Object.assign(google, { upkeep });
  expect(await rowOf(person)).toBeUndefined();
  expect(await app.db('identityTokens').whereNot({ provider: 'acme' })).toEqual([]);
});

it('what is sealed is sealed anew, and renewed with the new secret alone', async () => {
  const person = await aPerson();
  const newer = 'a newer secret of at least 32 characters';
  const { secretKeys, resealing } = app.platform;
  secretKeys.replace([newer, ...testSecrets]);
  await resealing.run(systemActor('a test'));
  secretKeys.replace([newer]);
  aDayLater();
  await refresh();
  expect(app.providers.google.refreshed).toContain(person.tokens.refreshToken);
  secretKeys.replace([newer, ...testSecrets]);
});
