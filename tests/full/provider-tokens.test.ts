import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { refreshTokens } from '../../server/features/identities/jobs.ts';
import { aboutTokens } from '../../server/features/identities/model.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { connect } from '../../server/platform/db/connect.ts';
import { inTransaction } from '../../server/platform/db/transaction.ts';
import { insertJob } from '../../server/platform/jobs/stored-jobs.ts';
import { SecretKeys } from '../../server/platform/secrets/secret-keys.ts';
import { publicUrl, startApp, type TestApp } from '../kit/app.ts';
import { hashOf } from '../kit/callers.ts';
import { testSecrets } from '../kit/cluster.ts';
import { withToken } from '../kit/credentials.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { startProvider, type TestProvider } from '../kit/identity-provider.ts';
import { type Node, startNode } from '../kit/node.ts';
import { comeBack, exchange, resultIn } from '../kit/provider-sign-in.ts';
import { openProviders } from '../kit/providers.ts';

const people: Record<string, { email: string; emailVerified: boolean; name: string }> = {
  ada: { email: 'ada@example.com', emailVerified: true, name: 'Ada Byron' },
};
const parts = {} as { app: TestApp; provider: TestProvider };

beforeAll(async () => {
  const redirectUris = [`${publicUrl}/api/v1/auth/oidc/callback/acme`];
  const declared = { keepTokens: true, syncProfile: ['fullName'], syncHours: 1 };
  // It lives in real time.
  const clock = { catchUp: () => parts.app.clock.catchUp() };
  const provider = await startProvider({ redirectUris, people, declared, clock });
  const app = await startApp(provider.settings);
  Object.assign(parts, { app, provider });
});

afterAll(async () => {
  await parts.app.close();
  await parts.provider.close();
});

async function signIn() {
  const { app, provider } = parts;
  const body = { provider: 'acme', delivery: 'tokens' as const };
  const begun = await unwrap(app.client().oidc.start({ body }));
  const led = await comeBack(app, await provider.signIn(begun.url, 'ada'));
  const { code = '' } = resultIn(led);
  const given = { code, binding: begun.binding, headers: {} };
  const answer = await unwrap(exchange(app, given));
  if (answer.delivery !== 'tokens') throw new Error('It did not sign in');
  return { ...answer, client: withToken(app, answer.accessToken) };
}

interface Kept {
  tokens: { accessToken: string; refreshToken: string };
}

/** What is kept; with `change`, as it is from now on. */
async function kept(change?: (content: Kept) => unknown): Promise<Kept> {
  const { app } = parts;
  const { secretKeys } = app.platform;
  const [row] = await app.db('identityTokens');
  const about = aboutTokens(row.identityId);
  const content = JSON.parse(secretKeys.open(row.sealedTokens, about)) as Kept;
  if (!change) return content;
  change(content);
  const sealedTokens = secretKeys.seal(JSON.stringify(content), about);
  await app.db('identityTokens').update({ sealedTokens, dueAt: app.clock.now() });
  return content;
}

const refresh = () => parts.app.runScheduled('identities.refresh');
const runOut = () =>
  kept(({ tokens }) => Object.assign(tokens, { accessTokenExpiresAt: new Date(0).toJSON() }));
const provider = () => parts.app.platform.identityProviders.find('acme');
const refused = { failure: 'refused' };

it('a real provider gives tokens that are renewed, tells of people, and forgets whom it is told to', async () => {
  const { app } = parts;
  const { client, user } = await signIn();
  expect(user.fullName).toBe('Ada Byron');
  await refresh();
  const first = await runOut();
  Object.assign(people, { ada: { ...people['ada'], name: 'Ada King', email: 'new@example.com' } });
  await refresh();
  const second = await kept();
  expect(second.tokens.refreshToken).not.toBe(first.tokens.refreshToken);
  expect(await unwrap(client.me.get())).toMatchObject({
    fullName: 'Ada King',
    email: 'ada@example.com',
  });
  const passwordHash = await hashOf('a long enough passphrase');
  await app.db('users').where({ id: user.id }).update({ passwordHash });
  const [identity] = (await unwrap(client.identities.list())).items;
  await unwrap(client.identities.unlink({ identityId: identity?.id ?? '' }));
  expect(await app.db('identityTokens')).toEqual([]);
  await app.workJobs();
  const { accessToken, refreshToken } = second.tokens;
  await expect(provider()?.refresh?.(refreshToken)).rejects.toMatchObject(refused);
  await expect(provider()?.readProfile?.(accessToken, 'ada')).rejects.toMatchObject(refused);
  await app.db('users').where({ id: user.id }).delete();
});

it('who took the grant back at the provider has to sign in there again, which heals', async () => {
  const { client } = await signIn();
  const needs = async () => {
    const { items } = await unwrap(client.identities.list());
    return items.map(({ needsReauthentication }) => needsReauthentication);
  };
  const { tokens } = await runOut();
  await provider()?.revoke?.(tokens);
  await refresh();
  expect(await needs()).toEqual([true]);
  await signIn();
  expect(await needs()).toEqual([false]);
  await refresh();
  await runOut();
  await refresh();
  expect((await kept()).tokens.refreshToken).toBeDefined();
});

it('two processes renew one token once, and revoke it when its identity goes', async () => {
  const { url, drop } = await createDatabase();
  const redirectUris = [`${publicUrl}/api/v1/auth/oidc/callback/acme`];
  const provider = await startProvider({ redirectUris, declared: { keepTokens: true } });
  const settings = { ...provider.settings, DATABASE_URL: url, PUBLIC_URL: publicUrl };
  const nodes = await Promise.all([startNode(settings), startNode(settings)]);
  const db = connect({ url, poolSize: 2, statementTimeoutMs: 60_000 });
  onTestFinished(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await provider.close();
    await db.destroy();
    await drop();
  });
  const [node] = nodes as [Node, Node];
  const body = { provider: 'acme', delivery: 'tokens' as const };
  const begun = await unwrap(node.client().oidc.start({ body }));
  const back = await provider.signIn(begun.url, 'ada');
  const led = await fetch(node.url + back.pathname + back.search, { redirect: 'manual' });
  const { code = '' } = resultIn(new URL(led.headers.get('location') ?? ''));
  const given = { code, ...(begun.binding && { binding: begun.binding }) };
  const answer = await unwrap(node.client().oidc.exchange({ body: given }));
  const client = node.client(answer.delivery === 'tokens' ? answer.accessToken : '');
  const [row] = await db('identityTokens');
  const about = aboutTokens(row.identityId);
  const keys = new SecretKeys(testSecrets);
  const sealed = keys.open(row.sealedTokens, about);
  const content = JSON.parse(sealed) as Kept;
  Object.assign(content.tokens, { accessTokenExpiresAt: new Date(0).toJSON() });
  const sealedTokens = keys.seal(JSON.stringify(content), about);
  await db('identityTokens').update({ sealedTokens, dueAt: new Date(0) });
  const many = Array.from({ length: 6 }, () => ({ id: randomUUIDv7(), envelope: { data: {} } }));
  await inTransaction(db, systemClock, async (tx) => {
    for (const one of many) await insertJob(tx, refreshTokens, one);
  });
  const done = { name: refreshTokens.name, state: 'completed' };
  await eventually(async () =>
    expect(await db('pgboss.job').where(done)).toHaveLength(many.length),
  );
  // The provider takes a refresh token once: of a second time it would have voided all of them.
  const [identity] = (await unwrap(client.identities.list())).items;
  expect(identity).toMatchObject({ needsReauthentication: false });
  const [fresh] = await db('identityTokens');
  const { tokens } = JSON.parse(keys.open(fresh.sealedTokens, about)) as Kept;
  expect(tokens.refreshToken).not.toBe(content.tokens.refreshToken);
  const passwordHash = await hashOf('a long enough passphrase');
  await db('users').update({ passwordHash });
  await unwrap(client.identities.unlink({ identityId: identity?.id ?? '' }));
  const revoked = { name: 'identities.revoke', state: 'completed' };
  await eventually(async () => expect(await db('pgboss.job').where(revoked)).toHaveLength(1));
  const acme = openProviders(provider.settings, systemClock).getProvider('acme');
  await expect(acme.refresh?.(tokens.refreshToken)).rejects.toMatchObject(refused);
});
