import { type Permission, permissionNames } from '../../contract/kit/permissions.ts';
import { apiKeyEnded } from '../../server/features/api-keys/model.ts';
import type { TestApp } from '../kit/app.ts';
import { insertRole } from '../kit/build.ts';
import {
  type QuickKey,
  quickKey,
  quickProgram,
  quickProgramToken,
  type WantedKey,
} from '../kit/quick-key.ts';
import type { Part } from './part.ts';

const everything = permissionNames;
const administrator = { roles: ['admin'] };

type Change = (app: TestApp, key: QuickKey) => Promise<unknown>;

/** Everybody who comes with an API key; `deactivate` lets the account behind it act no more. */
export function programsOf(app: TestApp, deactivate: Change): Record<string, Part> {
  const program = (
    worth: Part['worth'],
    permissions: readonly Permission[],
    wanted: WantedKey,
    change: Change = async () => {},
  ): Part => ({
    worth,
    permissions: new Set(permissions),
    open: async () => {
      const key = await quickKey(app, wanted);
      await change(app, key);
      return key.headers;
    },
  });
  return {
    'API key': program('program', everything, administrator),
    'API key without scopes': program('program', [], { ...administrator, scopes: [] }),
    'API key with more scopes than rights': program('program', ['health:read'], {
      permissions: ['health:read'],
    }),
    'API key without the second factor': {
      worth: 'unfactored program',
      permissions: new Set(everything),
      open: async () => {
        const role = await insertRole(app, [], { requiresSecondFactor: true });
        return (await quickKey(app, { roles: ['admin', role] })).headers;
      },
    },
    'service account': {
      worth: 'program',
      permissions: new Set(everything),
      open: async () => (await quickProgram(app, everything)).headers,
    },
    'service account without permissions': {
      worth: 'program',
      permissions: new Set(),
      open: async () => (await quickProgram(app, [])).headers,
    },
    'service account by a token': {
      worth: 'program',
      permissions: new Set(everything),
      open: async () => (await quickProgramToken(app, everything)).headers,
    },
    'service account by a token of a revoked key': {
      worth: 'void',
      permissions: new Set(everything),
      open: async () => {
        const program = await quickProgramToken(app, everything);
        await revoke(app, program);
        return program.headers;
      },
    },
    'deactivated service account': {
      worth: 'void',
      permissions: new Set(everything),
      open: async () => {
        const { serviceAccountId: id, headers } = await quickProgram(app, everything);
        await app.db('service_accounts').where({ id }).update({ deactivatedAt: app.clock.now() });
        return headers;
      },
    },
    'expired API key': program('void', everything, { ...administrator, expiresInSeconds: 0 }),
    'revoked API key': program('void', everything, administrator, revoke),
    'API key of a deactivated account': program('void', everything, administrator, deactivate),
  };
}

async function revoke(
  { platform, db, clock }: TestApp,
  { apiKeyId: id }: Pick<QuickKey, 'apiKeyId'>,
): Promise<void> {
  const now = clock.now();
  await db('api_keys').where({ id }).update({ revokedAt: now, expiresAt: now });
  await platform.change(undefined, (tx) => tx.revoke({ kind: apiKeyEnded, subject: id }));
}
