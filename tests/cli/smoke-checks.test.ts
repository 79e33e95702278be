import { expect, it } from 'vitest';
import { smokeChecks, type Visit } from '../../server/cli/smoke-checks.ts';

/** What a service answers to whatever is asked: none of ours would. */
function answering(answers: Record<string, unknown>): Visit {
  const client = new Proxy(
    {},
    {
      get: (_, noun: string) =>
        new Proxy({}, { get: (__, verb: string) => async () => answers[`${noun}.${verb}`] }),
    },
  );
  return {
    ...{ url: 'http://127.0.0.1:1', timeoutMs: 1_000, anyRelease: false },
    ...{ stranger: client as never, guest: client as never },
    credentials: { identifier: 'ada', password: 'a long enough passphrase' },
  };
}

const good = (body: unknown) => ({ ok: true, status: 200, body });
const refused = (status: number, code: string) => ({ ok: false, status, problem: { code } });
const somebody = (permissions: string[]) =>
  good({ username: 'grace', email: 'grace@example.com', permissions });

it.each([
  ['signing keys', { 'signingKeys.list': good({ keys: [] }) }, 'nobody can sign in'],
  ['signing keys', { 'signingKeys.list': good({ keys: [{ d: 'x' }] }) }, 'private key'],
  ['refusal (401)', { 'me.get': good({}) }, 'Nobody was asked'],
  ['refusal (401)', { 'me.get': refused(403, 'forbidden') }, '403 forbidden, not 401'],
  ['sign-in', { 'auth.login': refused(401, 'invalid_credentials') }, '401 invalid_credentials'],
  ['sign-in', { 'auth.login': { ...good({}), status: 202 } }, 'second factor'],
  ['me', { 'me.get': somebody([]) }, 'somebody else'],
  ['list', { 'sessions.list': good({ items: [] }) }, 'not in it'],
  ['refusal (403)', { 'me.get': somebody([]), 'audit.list': good({}) }, 'takes audit:read'],
  [
    'refusal (403)',
    { 'me.get': somebody(['audit:read']), 'roles.list': refused(404, 'not_found') },
    '404 not_found, not 403',
  ],
  [
    'refusal (403)',
    { 'me.get': somebody(['audit:read', 'roles:read', 'webhooks:read']) },
    'may read everything',
  ],
])('%s fails where the service answers %j', async (name, answers, why) => {
  const check = smokeChecks.find((one) => one.name === name);
  await expect(check?.look(answering(answers))).rejects.toThrow(why);
});

it('the document is not looked for where nobody listens', async () => {
  const check = smokeChecks.find(({ name }) => name === 'document');
  await expect(check?.look(answering({}))).rejects.toThrow('fetch failed');
});
