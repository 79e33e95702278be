import { afterAll, beforeAll, expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { aboutTokens } from '../../server/features/identities/model.ts';
import { publicUrl, startApp, type TestApp } from '../kit/app.ts';
import { hashOf } from '../kit/callers.ts';
import { withToken } from '../kit/credentials.ts';
import { startProvider, type TestProvider } from '../kit/identity-provider.ts';
import { comeBack, exchange, resultIn } from '../kit/provider-sign-in.ts';

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
