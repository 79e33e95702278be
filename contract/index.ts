import { auth } from './auth.ts';
import { health } from './health.ts';
import { keys } from './keys.ts';
import { c } from './kit/api.ts';
import { me } from './me.ts';
import { users } from './users.ts';

/** The whole API: a line per feature. */
export const contract = c.router({ auth, me, users, health, keys });

export type Contract = typeof contract;

/** What each feature is about, for readers of the documentation. */
export const tags = {
  auth: 'Sign up, sign in by cookie or tokens, refresh, sign out.',
  me: 'The own account.',
  users: 'Accounts, for those who may see or manage them.',
  health: 'Is the service up, and does it take work?',
  keys: 'The public keys that verify access tokens.',
} satisfies Record<keyof Contract, string>;
