import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { systemActor } from '../../../server/platform/auth/actor.ts';
import {
  ProviderError,
  type ProviderTokens,
} from '../../../server/platform/identity-providers/identity-provider.ts';
import { useApp } from '../../kit/app.ts';
import { hashOf, newPerson, signIn } from '../../kit/callers.ts';
import { testSecrets } from '../../kit/cluster.ts';
import { withToken } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { newToken } from '../../kit/fake-provider.ts';
import { signedInAs } from '../../kit/provider-sign-in.ts';
import { storedRows } from '../../kit/secrets.ts';

const app = useApp();
const daySeconds = 86_400;
const refresh = () => app.runScheduled('identities.refresh');

beforeAll(() => {
  const { google, acme } = app.providers;
  google.upkeep = { follows: ['fullName', 'locale'], everySeconds: daySeconds };
  acme.upkeep = { follows: [], everySeconds: daySeconds };
});

const password = 'a long enough passphrase';
let people = 0;

interface Wanted {
  readonly provider?: 'google' | 'acme';
  readonly tokens?: ProviderTokens;
}

/** Somebody who has signed in with a provider, whose tokens run out in an hour. */
async function aPerson({ provider: name = 'google', ...wanted }: Wanted = {}) {
  people += 1;
  const provider = app.providers[name];
  const hour = new Date(app.clock.now().getTime() + 3_600_000);
  const tokens = { accessToken: newToken(), refreshToken: newToken(), accessTokenExpiresAt: hour };
  const who = { subject: `kept-${people}`, email: newPerson().email, profile: {} };
  const somebody = { ...who, tokens: wanted.tokens ?? tokens };
  provider.people.set(who.subject, {});
  const answer = await signedInAs(app, somebody, { provider });
  const { user } = answer;
  const passwordHash = await hashOf(password);
  await app.db('users').where({ id: user.id }).update({ passwordHash });
  const [identity] = await app.db('userIdentities').where({ userId: user.id });
  const client = clientOf(answer);
  const identityId = String(identity.id);
  return {
    ...{ userId: user.id, id: user.id, email: user.email, username: user.username, password },
    identityId,
    somebody,
    tokens: somebody.tokens,
    provider,
    client,
  };
}

function clientOf(answer: Awaited<ReturnType<typeof signedInAs>>) {
  return withToken(app, answer.delivery === 'tokens' ? answer.accessToken : '');
}

type Person = Awaited<ReturnType<typeof aPerson>>;

const rowOf = async ({ identityId }: Person) =>
  (await app.db('identityTokens').where({ identityId }))[0];
const needs = async ({ client }: Pick<Person, 'client'>) =>
  (await unwrap(client.identities.list())).items.map((one) => one.needsReauthentication);
const accountOf = ({ userId }: Person) => app.db('users').where({ id: userId }).first();
/** Nobody else's are due. */
async function aDayLater(): Promise<void> {
  await refresh();
  app.clock.advance({ days: 1, minutes: 1 });
}

describe('the tokens of a provider', () => {
  it('are kept where the configuration says so, and nowhere to be read', async () => {
    const person = await aPerson();
    expect(await rowOf(person)).toMatchObject({ provider: 'google', dueAt: app.clock.now() });
    const { accessToken = '', refreshToken = '' } = person.tokens;
    const rows = (await storedRows(app)).join('\n');
    await unwrap(person.client.accountExport.request());
    await app.workJobs();
    for (const token of [accessToken, refreshToken]) {
      expect(rows).not.toContain(token);
      expect(JSON.stringify(app.logs)).not.toContain(token);
    }
    const { acme } = app.providers;
    const { upkeep } = acme;
    delete acme.upkeep;
    expect(await rowOf(await aPerson({ provider: 'acme' }))).toBeUndefined();
    Object.assign(acme, { upkeep });
  });

  it('are renewed once, of two workers at once', async () => {
    const person = await aPerson();
    await aDayLater();
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
    app.clock.advance({ days: 1, minutes: 1 });
    await refresh();
    expect(asked()).toBe(2);
  });

  it('are void when the provider says so: the person sees it, nobody asks again, a sign-in heals', async () => {
    const person = await aPerson();
    const { google } = app.providers;
    google.refreshed.push(person.tokens.refreshToken ?? '');
    expect(await needs(person)).toEqual([false]);
    await aDayLater();
    await refresh();
    expect(await needs(await signIn(app, person))).toEqual([true]);
    const [heard] = await app.db('auditEntries').where({ targetId: person.identityId });
    expect(heard).toMatchObject({
      actor: 'system:provider sync',
      operation: 'identities.refresh',
      changed: ['needsReauthentication'],
    });
    const asked = google.refreshed.length;
    await aDayLater();
    await refresh();
    expect(google.refreshed.filter((token) => token === person.tokens.refreshToken)).toHaveLength(
      2,
    );
    expect(google.refreshed.length).toBeGreaterThanOrEqual(asked);
    const again = { ...person.somebody, tokens: { accessToken: newToken() } };
    const client = clientOf(await signedInAs(app, again));
    expect(await needs({ client })).toEqual([false]);
    expect(await rowOf(person)).toMatchObject({ dueAt: app.clock.now() });
  });

  it('of a provider that does not answer wait, and keep no other', async () => {
    const [person, other] = [await aPerson(), await aPerson({ provider: 'acme' })];
    await aDayLater();
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
    const accessTokenExpiresAt = new Date(app.clock.now().getTime() + 3_600_000);
    const person = await aPerson({ tokens: { accessToken: newToken(), accessTokenExpiresAt } });
    await aDayLater();
    await refresh();
    expect(await rowOf(person)).toMatchObject({ dueAt: null });
    const [row] = await app.db('userIdentities').where({ id: person.identityId });
    expect(row.needsReauthenticationAt).toBeNull();
  });

  it('of an account at rest are left alone', async () => {
    const person = await aPerson();
    await aDayLater();
    await app.db('users').where({ id: person.userId }).update({ deactivatedAt: app.clock.now() });
    await refresh();
    expect(app.providers.google.refreshed).not.toContain(person.tokens.refreshToken);
  });
});

describe('the profile', () => {
  const tell = ({ provider, somebody }: Person, profile: object) =>
    provider.people.set(somebody.subject, profile);

  it('is followed in what is listed, and in nothing else', async () => {
    const person = await aPerson();
    tell(person, { fullName: 'Ada King', username: 'another', locale: 'no such language' });
    const before = await accountOf(person);
    await refresh();
    const after = await accountOf(person);
    expect(after).toEqual({ ...before, fullName: 'Ada King', updatedAt: app.clock.now() });
    const entries = await app.db('auditEntries').where({ targetId: person.userId });
    expect(entries.at(-1)).toMatchObject({ actor: 'system:provider sync', changed: ['fullName'] });
    const told = await app.db('events').where({ name: 'account.updated' }).orderBy('id');
    expect(told.at(-1).data).toEqual({ userId: person.userId, changed: ['fullName'] });
  });

  it('is followed until the person says something else', async () => {
    const person = await aPerson();
    const names: unknown[] = [];
    const look = async (fullName: string) => {
      tell(person, { fullName });
      await aDayLater();
      await refresh();
      names.push((await accountOf(person)).fullName);
    };
    await look('Ada Byron');
    await look('Ada King');
    await app.db('users').where({ id: person.userId }).update({ fullName: 'Lady Lovelace' });
    await look('Ada King-Noel');
    await app.db('users').where({ id: person.userId }).update({ fullName: null });
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
    await aDayLater();
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
      for (const { erase } of personalData.all) await erase?.(tx, person.userId);
    });
    await app.workJobs();
    expect(app.providers.google.revoked.at(-1)).toMatchObject({
      refreshToken: person.tokens.refreshToken,
    });
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

it('what is sealed is sealed anew, and renewed with the new secret alone', async () => {
  const person = await aPerson();
  const newer = 'a newer secret of at least 32 characters';
  const { secretKeys, resealing } = app.platform;
  secretKeys.replace([newer, ...testSecrets]);
  await resealing.run(systemActor('a test'));
  secretKeys.replace([newer]);
  await aDayLater();
  await refresh();
  expect(app.providers.google.refreshed).toContain(person.tokens.refreshToken);
  secretKeys.replace([newer, ...testSecrets]);
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
  delete google.upkeep;
  await app.runScheduled('identities.drop-tokens');
  expect(await rowOf(person)).toBeUndefined();
  expect(await app.db('identityTokens').whereNot({ provider: 'acme' })).toEqual([]);
});
