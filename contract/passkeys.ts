import * as z from 'zod';
import { signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Id, Instant, shown, text } from './kit/scalars.ts';

/** Bytes as WebAuthn writes them in JSON. */
function bytes(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/, 'Write base64url, without padding');
}

const shownBytes = shown({ max: 2000, pattern: '^[A-Za-z0-9_-]+$' });

const exampleChallenge = 'm2Fh0cYqv1d3mYJw6m4cJ9o1W7b5Xk2Qe8r0tYuIoPs';
const exampleCredentialId = 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU';

const Transport = z
  .string()
  .max(32)
  .regex(/^[a-z-]+$/, 'Write a transport, as internal or usb');
const KnownCredential = z.object({
  id: shownBytes,
  type: z.literal('public-key'),
  transports: z.array(shown({ max: 32 })).max(10),
});
const timeout = z.int().min(0).describe('Milliseconds that the browser may wait.');

/** `PublicKeyCredentialCreationOptionsJSON` of WebAuthn. */
export const PasskeyCreation = z
  .object({
    rp: z.object({ id: shown({ max: 253 }), name: shown({ max: 100 }) }),
    user: z.object({
      id: shownBytes,
      name: shown({ max: 254 }),
      displayName: shown({ max: 255 }),
    }),
    challenge: shownBytes,
    pubKeyCredParams: z
      .array(z.object({ type: z.literal('public-key'), alg: z.int().min(-65_536).max(0) }))
      .max(10),
    timeout,
    attestation: z.literal('none'),
    excludeCredentials: z.array(KnownCredential).max(50),
    authenticatorSelection: z.object({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
  })
  .meta({
    id: 'PasskeyCreation',
    description: 'What `passkeys.create` of the client, or `navigator.credentials.create`, takes.',
    examples: [
      {
        rp: { id: 'app.example.com', name: 'Charter' },
        user: {
          id: 'AZlMHm8KfH6dXx9vOg-bEQ',
          name: 'ada@example.com',
          displayName: 'Ada Lovelace',
        },
        challenge: exampleChallenge,
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        timeout: 300_000,
        attestation: 'none',
        excludeCredentials: [],
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
      },
    ],
  });
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;

/** `PublicKeyCredentialRequestOptionsJSON` of WebAuthn. */
export const PasskeyRequest = z
  .object({
    rpId: shown({ max: 253 }),
    challenge: shownBytes,
    timeout,
    userVerification: z.literal('required'),
    allowCredentials: z
      .array(KnownCredential)
      .max(50)
      .describe('Empty: whichever the person chooses.'),
  })
  .meta({
    id: 'PasskeyRequest',
    description: 'What `passkeys.get` of the client, or `navigator.credentials.get`, takes.',
    examples: [
      {
        rpId: 'app.example.com',
        challenge: exampleChallenge,
        timeout: 300_000,
        userVerification: 'required',
        allowCredentials: [],
      },
    ],
  });
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;

const credentialFields = {
  id: bytes(1400),
  rawId: bytes(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullable().optional(),
  clientExtensionResults: z
    .strictObject({ credProps: z.strictObject({ rk: z.boolean().optional() }).optional() })
    .optional(),
};

const exampleCredential = {
  id: exampleCredentialId,
  rawId: exampleCredentialId,
  type: 'public-key',
  response: {
    clientDataJSON:
      'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoibTJGaDBjWXF2MWQzbVlKdzZtNGNKOW8xVzdiNVhrMlFlOHIwdFl1SW9QcyIsIm9yaWdpbiI6Imh0dHBzOi8vYXBwLmV4YW1wbGUuY29tIn0',
    attestationObject: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVg',
  },
};

export const exampleAssertion = {
  id: exampleCredentialId,
  rawId: exampleCredentialId,
  type: 'public-key',
  response: {
    clientDataJSON:
      'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoibTJGaDBjWXF2MWQzbVlKdzZtNGNKOW8xVzdiNVhrMlFlOHIwdFl1SW9QcyIsIm9yaWdpbiI6Imh0dHBzOi8vYXBwLmV4YW1wbGUuY29tIn0',
    authenticatorData: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ',
    signature: 'MEUCIQDh',
  },
};

/** `RegistrationResponseJSON` of WebAuthn. */
export const NewCredential = z
  .strictObject({
    ...credentialFields,
    response: z.strictObject({
      clientDataJSON: bytes(4000),
      attestationObject: bytes(20_000),
      transports: z.array(Transport).max(10).optional(),
      authenticatorData: bytes(4000).optional(),
      publicKey: bytes(4000).optional(),
      publicKeyAlgorithm: z.int().min(-65_536).max(0).optional(),
    }),
  })
  .meta({
    id: 'NewCredential',
    description: 'What `passkeys.create` of the client gives.',
    examples: [exampleCredential],
  });
export type NewCredential = z.output<typeof NewCredential>;

/** `AuthenticationResponseJSON` of WebAuthn. */
export const Assertion = z
  .strictObject({
    ...credentialFields,
    response: z.strictObject({
      clientDataJSON: bytes(4000),
      authenticatorData: bytes(4000),
      signature: bytes(4000),
      userHandle: bytes(100).nullable().optional(),
    }),
  })
  .meta({
    id: 'Assertion',
    description: 'What `passkeys.get` of the client gives.',
    examples: [exampleAssertion],
  });
export type Assertion = z.output<typeof Assertion>;

const examplePasskey = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a13',
  name: 'My phone',
  isSynced: true,
  isBackedUp: true,
  createdAt: '2026-11-21T12:00:00.000Z',
  lastUsedAt: null,
};

export const Passkey = z
  .object({
    id: Id,
    name: shown({ max: 100 }),
    isSynced: z.boolean().describe('Whether it may live on several devices of its owner.'),
    isBackedUp: z.boolean().describe('Whether it did when it was used last.'),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
  })
  .meta({
    id: 'Passkey',
    description: 'One of the own passkeys. Its secret never leaves the device.',
    examples: [examplePasskey],
  });
export type Passkey = z.infer<typeof Passkey>;

export const Passkeys = z.object({ items: z.array(Passkey).max(50) }).meta({
  id: 'Passkeys',
  description: 'The passkeys of the account, the oldest first.',
  examples: [{ items: [examplePasskey] }],
});

const PasskeyName = text({ max: 100, description: 'What its owner calls it.' });

export const NewPasskey = z.strictObject({ name: PasskeyName, credential: NewCredential }).meta({
  id: 'NewPasskey',
  description: 'A passkey that the browser has made.',
  examples: [{ name: 'My phone', credential: exampleCredential }],
});
export type NewPasskey = z.output<typeof NewPasskey>;

export const PasskeyCreated = z
  .object({
    passkey: Passkey,
    recoveryCodes: z
      .array(shown({ max: 64 }))
      .max(10)
      .describe('Shown once, with the first factor of the account; else none.'),
  })
  .meta({
    id: 'PasskeyCreated',
    description: 'The new passkey.',
    examples: [{ passkey: examplePasskey, recoveryCodes: ['QDPMK-2RSVA-7TXCZ-64HJN-EFWBY-Q'] }],
  });

export const PasskeyChanges = z.strictObject({ name: PasskeyName }).meta({
  id: 'PasskeyChanges',
  description: 'What to change.',
  examples: [{ name: 'My old phone' }],
});
export type PasskeyChanges = z.output<typeof PasskeyChanges>;

const PasskeyPath = z.object({ passkeyId: Id });

const change = { recentLogin: true, exact: true } as const;
const setUp = signedIn({ ...change, beforeSecondFactor: true });

export const passkeys = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List the own passkeys',
      description: 'Every passkey of the account with its last use.',
      responses: { 200: Passkeys },
      metadata: { graphql: { field: 'passkeys' }, access: signedIn({ beforeSecondFactor: true }) },
    },
    options: {
      method: 'POST',
      path: '/options',
      summary: 'Begin to make a passkey',
      description: 'What the browser needs for it. Good once, for five minutes.',
      body: c.noBody(),
      responses: { 200: PasskeyCreation },
      metadata: {
        graphql: { field: 'passkeyCreationOptions' },
        access: setUp,
        idempotency: 'none',
        safety: true,
      },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Add a passkey',
      description:
        'Adds what the browser has made. From now on it signs in by itself, and each sign-in by password asks for it or another factor.',
      body: NewPasskey,
      responses: { 200: PasskeyCreated },
      metadata: {
        graphql: { field: 'createPasskey' },
        access: setUp,
        idempotency: 'none',
        problems: ['invalid_link', 'passkey_exists', 'too_many_passkeys'],
        limit: 'credentials',
        safety: true,
      },
    },
    rename: {
      method: 'PATCH',
      path: '/:passkeyId',
      summary: 'Rename a passkey',
      description: 'Gives it another name, here and nowhere else.',
      pathParams: PasskeyPath,
      body: PasskeyChanges,
      responses: { 200: Passkey },
      metadata: {
        graphql: { field: 'renamePasskey' },
        access: signedIn({ exact: true, inPerson: true }),
      },
    },
    remove: {
      method: 'DELETE',
      path: '/:passkeyId',
      summary: 'Remove a passkey',
      description: 'It signs in no more. The last one of an account without a password stays.',
      pathParams: PasskeyPath,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'removePasskey' },
        access: signedIn(change),
        problems: ['last_sign_in_method'],
        safety: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/passkeys`),
);
