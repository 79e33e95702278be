import * as z from 'zod';
import { anyone } from './kit/access.ts';
import { c, type Endpoints, under } from './kit/api.ts';
import { shown } from './kit/scalars.ts';

/** 32 bytes in base64url (RFC 7518, section 6.2.1.2). */
const Coordinate = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .meta({ maxLength: 43 });

// The key of RFC 7515, appendix A.3.
const exampleKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  kid: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  use: 'sig',
  alg: 'ES256',
};

export const PublicKey = z
  .object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: Coordinate,
    y: Coordinate,
    kid: shown({ max: 64 }).describe('As in the header of the tokens it signs.'),
    use: z.literal('sig'),
    alg: z.literal('ES256'),
  })
  .meta({
    id: 'PublicKey',
    description: 'A key that verifies access tokens, as a JWK (RFC 7517).',
    examples: [exampleKey],
  });

export const KeySet = z.object({ keys: z.array(PublicKey).max(20) }).meta({
  id: 'KeySet',
  description: 'All keys that verify access tokens, current and recent.',
  examples: [{ keys: [exampleKey] }],
});

export const signingKeys = c.router(
  {
    list: {
      method: 'GET',
      path: '/jwks.json',
      summary: 'List the public keys',
      description: 'The JSON Web Key Set with which other services verify access tokens offline.',
      responses: { 200: KeySet },
      metadata: { access: anyone, cache: { by: 'anybody', seconds: 300 } },
    },
  } satisfies Endpoints,
  under('/.well-known'),
);
