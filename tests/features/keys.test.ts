import { describe, expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { useApp } from '../kit/app.ts';

const app = useApp();

describe('keys.list', () => {
  it('publishes the key that signs, and nothing private', async () => {
    const { keys } = await unwrap(app.client().keys.list());
    const coordinate = expect.stringMatching(/^[\w-]{43}$/);
    const kid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(keys).toEqual([
      { kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256', kid, x: coordinate, y: coordinate },
    ]);
  });

  it('stands where verifiers look for it, and may be cached', async () => {
    const answer = await app.request('/.well-known/jwks.json');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('keeps the private key sealed in the database', async () => {
    const [row] = await app.db('signingKeys').select();
    expect(row.publicJwk).not.toHaveProperty('d');
    expect(row.privateJwkSealed).not.toMatch(/"d"|\{/);
  });
});
