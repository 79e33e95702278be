import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { selfSigned } from '../../../kit/self-signed.ts';
import { byAppRole, byToken, openVault, vaultServer } from '../../../kit/vault.ts';
import { failed, type Handler, type VaultServer } from '../../../kit/vault-server.ts';

function end(res: ServerResponse, content: string): 'handled' {
  res.end(content);
  return 'handled';
}

const keys = { SECRET_KEYS: 'x'.repeat(32) };

async function serverWith(options = {}): Promise<VaultServer> {
  const server = await vaultServer(options);
  server.put('kv/charter', keys);
  return server;
}

describe('a start', () => {
  it('takes keys that are named after secrets, and leaves those of others alone', async () => {
    const server = await vaultServer();
    server.put('kv/charter', { SMTP_URL: 'smtp://old.example' });
    server.put('kv/charter', {
      ...keys,
      SMTP_URL: '',
      PORT: '80',
      theirs: 'not for us',
      REDIS_URL: 7,
    });
    const vault = openVault(server, byToken(server));
    expect(await vault.open()).toEqual([
      { setting: 'SECRET_KEYS', name: 'kv/charter', text: keys.SECRET_KEYS },
      { setting: 'REDIS_URL', name: 'kv/charter', text: undefined },
    ]);
    expect(vault.state).toMatchObject({ secrets: [{ name: 'kv/charter', version: 2 }] });
  });

  it('reads every secret that is named, wherever its engine is mounted', async () => {
    const server = await serverWith({ mount: 'teams/a/kv', namespace: 'ns1/' });
    server.put('teams/a/kv/charter', keys);
    server.tokens.policies.set('charter', { 'teams/a/kv/data/*': ['read'] });
    server.put('teams/a/kv/smtp', { SMTP_URL: 'smtp://mail.example' });
    const VAULT_SECRETS = 'teams/a/kv/data/charter, teams/a/kv/data/smtp';
    const vault = openVault(server, { ...byToken(server), VAULT_SECRETS, VAULT_NAMESPACE: 'ns1/' });
    const found = await vault.open();
    expect(found.map(({ setting }) => setting)).toEqual(['SECRET_KEYS', 'SMTP_URL']);
  });

  it('logs in with an AppRole, and leaves no token behind', async () => {
    const server = await serverWith({ approle: 'auth-of-apps' });
    const login = {
      ...byAppRole(server, { secretIdUses: 1 }),
      VAULT_APPROLE_MOUNT: 'auth-of-apps',
    };
    const vault = openVault(server, login);
    await vault.open();
    await vault.look();
    expect(server.requests.filter((one) => one.includes('login'))).toHaveLength(1);
    expect(server.tokens.living).toBe(1);
    await vault.close();
    expect(server.tokens.living).toBe(0);
  });

  it('leaves a token alone that it was given', async () => {
    const server = await serverWith();
    const vault = openVault(server, byToken(server));
    await vault.open();
    await vault.close();
    expect(server.tokens.living).toBe(1);
  });

  it('takes a wrapped secret id out once, and logs in with it again and again', async () => {
    const server = await serverWith();
    const { VAULT_SECRET_ID = '', ...login } = byAppRole(server);
    const wrapped = { VAULT_SECRET_ID: server.tokens.wrap(VAULT_SECRET_ID) };
    const vault = openVault(server, { ...login, ...wrapped, VAULT_SECRET_ID_WRAPPED: 'true' });
    await vault.open();
    server.tokens.revokeAll();
    await vault.look();
    const stolen = openVault(server, { ...login, ...wrapped, VAULT_SECRET_ID_WRAPPED: 'true' });
    await expect(stolen.open()).rejects.toThrow('wrapping token is not valid');
  });

  it('trusts one certificate, and no other', async () => {
    const tls = selfSigned('localhost');
    const server = await serverWith({ tls });
    const vault = openVault(server, byToken(server));
    await expect(vault.open()).rejects.toMatchObject({ kind: 'untrusted' });
    const told = openVault(server, byToken(server));
    Object.assign(told.config, { ca: tls.cert });
    expect(await told.open()).toHaveLength(1);
  });
});

describe('what does not work', () => {
  type Arrange = (server: VaultServer) => void;
  const answering =
    (handler: Handler): Arrange =>
    (server) => {
      server.intercept = handler;
    };
  const cases: readonly [what: string, kind: string, words: RegExp, arrange: Arrange][] = [
    ['is sealed', 'sealed', /Vault is sealed/, (server) => server.seal()],
    ['is not initialised', 'sealed', /status 501/, answering(() => failed(501))],
    ['has deleted it', 'missing', /1, the newest, was deleted/, (one) => one.delete('kv/charter')],
    ['has destroyed it', 'missing', /newest, was destroyed/, (one) => one.destroy('kv/charter')],
    ['never had it', 'missing', /kv\/charter: status 404/, (one) => one.forget('kv/charter')],
    [
      'has another policy',
      'denied',
      /kv\/charter: 1 error occurred: \* permission denied/,
      ({ tokens }) => void tokens.policies.delete('charter'),
    ],
    ['has revoked the token', 'login', /not known/, ({ tokens }) => tokens.revokeAll()],
    ['is too busy', 'busy', /quota/, answering(() => failed(429, 'rate limit quota exceeded'))],
    ['has an error inside', 'failing', /status 500/, answering(() => failed(500))],
    [
      'leads elsewhere',
      'foreign',
      /a redirect, which is not followed/,
      answering(() => ({ status: 307, headers: { location: 'https://elsewhere.example/v1/kv' } })),
    ],
    [
      'has an engine of version 1',
      'foreign',
      /no secret of a KV engine/,
      answering(({ path }) =>
        path.startsWith('kv/') ? { status: 200, body: { data: keys } } : undefined,
      ),
    ],
    [
      'is another server',
      'foreign',
      /no JSON/,
      answering((_asked, _req, res) => end(res, '<html>')),
    ],
    [
      'says too much',
      'foreign',
      /more than 1048576 bytes/,
      answering((_asked, _req, res) => end(res, 'x'.repeat(2_000_000))),
    ],
    ['says nothing', 'unreachable', /no answer in 100 ms/, answering(() => 'handled')],
    [
      'breaks off',
      'unreachable',
      /http:/,
      answering((_asked, { socket }) => {
        socket.destroy();
        return 'handled';
      }),
    ],
  ];
  it.each(cases)('is told of a Vault that %s', async (_what, kind, words, arrange) => {
    const server = await serverWith();
    const vault = openVault(server, {
      ...byToken(server),
      VAULT_TIMEOUT_MS: kind === 'unreachable' ? '100' : '60000',
    });
    arrange(server);
    const error = await vault.open().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ kind, message: expect.stringMatching(words) });
    expect(JSON.stringify(error, ['kind', 'message', 'stack'])).not.toContain('hvs.');
  });

  it('is told of a secret id that does not open, without the id', async () => {
    const server = await serverWith();
    const login = byAppRole(server);
    server.intercept = ({ body }) => failed(400, JSON.stringify(body));
    const error = await openVault(server, login)
      .open()
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      kind: 'login',
      message: 'AppRole: {"role_id":"…","secret_id":"…"}',
    });
  });
});
