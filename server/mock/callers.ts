import { type Permission, permissionNames } from '../../contract/kit/permissions.ts';
import { service } from '../../contract/service.ts';
import type { Actor } from '../platform/auth/actor.ts';
import type { Scheme } from '../platform/auth/guard.ts';
import type { OriginCheck } from '../platform/auth/origin.ts';
import { type Clock, secondsAfter } from '../platform/clock.ts';
import { problem } from '../platform/problem-error.ts';

/** Credentials that are none: whoever reads the documentation of the mock holds them. */
export const madeUp = {
  admin: 'mock-admin',
  member: 'mock-member',
  program: 'mock-program',
  old: 'mock-old',
  factorless: 'mock-factorless',
  another: 'mock-as-another',
} as const;

/** In front of the permissions that somebody holds, as `mock+users.read+roles.read`. */
const withPermissions = 'mock+';

/** What each credential means, for whoever reads along. */
export const meanings: Readonly<Record<string, string>> = {
  [madeUp.admin]: 'may do everything',
  [madeUp.member]: 'a person without a permission',
  [madeUp.program]: 'an API key with every permission',
  [madeUp.old]: 'may do everything, and signed in long ago',
  [madeUp.factorless]: 'must have a second factor, and has none',
  [madeUp.another]: 'acts as somebody else',
  [`${withPermissions}users.read`]: 'a person with this permission; more behind further +',
};

const id = (last: number) => `01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b${last.toString(16)}`;

/** Who a made-up credential is; undefined: it is none of them. */
export function callerOf(credential: string, now: Date): Actor | undefined {
  const held = permissionsOf(credential);
  if (!held) return undefined;
  const isProgram = credential === madeUp.program;
  const minutesAgo = credential === madeUp.old ? 60 : 0;
  const session = { id: id(0x20), authenticatedAt: secondsAfter(now, -60 * minutesAgo) };
  return {
    id: id(credential === madeUp.admin ? 0x11 : 0x12),
    kind: isProgram ? 'service' : 'person',
    roles: held.size === permissionNames.length ? ['admin'] : ['member'],
    permissions: held,
    ...(isProgram ? { apiKey: { id: id(0x30) } } : { session }),
    ...(credential === madeUp.factorless && { lacksSecondFactor: true as const }),
    ...(credential === madeUp.another && { act: { id: id(0x11) } }),
  };
}

function permissionsOf(credential: string): ReadonlySet<Permission> | undefined {
  if (credential === madeUp.member) return new Set();
  if ((Object.values(madeUp) as string[]).includes(credential)) return new Set(permissionNames);
  if (!credential.startsWith(withPermissions)) return undefined;
  const wanted = credential.slice(withPermissions.length).split('+');
  const known = permissionNames.filter((name) => wanted.includes(name.replace(':', '.')));
  return known.length === wanted.length ? new Set(known) : undefined;
}

/** As the service reads credentials: a header decides alone, a cookie must come from a known page. */
export function mockSchemes(clock: Clock, origins: OriginCheck): Scheme[] {
  const cookie = new RegExp(`(?:^|;)\\s*(?:__Host-)?${service.cookie}=([^;]*)`);
  return [
    {
      read: ({ authorization }) => authorization,
      authenticate: async (header) => {
        const token = /^Bearer (\S+)$/i.exec(header)?.[1] ?? '';
        const actor = callerOf(token, clock.now());
        if (!actor) throw problem('unauthenticated', { detail: knownOnes });
        return { ...actor, via: 'token' };
      },
    },
    {
      read: ({ cookie: all = '' }) => cookie.exec(all)?.[1] || undefined,
      authenticate: async (secret, { isUnsafe }, presented) => {
        if (isUnsafe) origins.assertProven(presented);
        const actor = callerOf(secret, clock.now());
        return actor && { ...actor, via: 'cookie' };
      },
    },
  ];
}

const knownOnes = `This is a mock, which knows ${Object.keys(meanings).join(', ')}.`;
