import type { Json } from '../../contract/kit/json.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import { service } from '../../contract/service.ts';
import type { Actor } from '../platform/auth/actor.ts';
import { problem } from '../platform/problem-error.ts';
import { madeUp } from './callers.ts';

interface SigningIn {
  /** The body of the request. */
  readonly sent: Json;
  readonly actor: Actor | undefined;
}

/**
 * The tokens of an answer that holds some. Signing in is done with any password but `wrong`, and whoever's
 * name begins with `member` is one.
 * @throws problems `invalid_credentials` and `invalid_refresh_token`.
 */
export function tokensFor({ credentials, problems }: Operation, { sent, actor }: SigningIn): Json {
  if (credentials !== 'keep') return {};
  if (sent.password === 'wrong' && problems.has('invalid_credentials')) {
    throw problem('invalid_credentials', { detail: 'The mock takes any password but this one.' });
  }
  const { refreshToken } = sent;
  const known: readonly unknown[] = Object.values(madeUp);
  if (refreshToken !== undefined && !known.includes(refreshToken)) {
    throw problem('invalid_refresh_token');
  }
  const token = refreshToken ?? credentialOf({ sent, actor });
  return { accessToken: token, refreshToken: token };
}

/** The cookie that an answer sets or clears. */
export function cookiesFor({ credentials, sends }: Operation, signingIn: SigningIn): string[] {
  const { sent, actor } = signingIn;
  const isByCookie = sent.delivery === 'cookie' || actor?.via === 'cookie';
  if (!credentials || !isByCookie || !sends.has('Set-Cookie')) return [];
  const isKept = credentials === 'keep';
  const value = isKept ? credentialOf(signingIn) : '';
  const life = isKept ? '' : 'Max-Age=0; ';
  return [`${service.cookie}=${value}; ${life}Path=/; HttpOnly; SameSite=Lax`];
}

function credentialOf({ sent: { identifier }, actor }: SigningIn): string {
  const isNamed = typeof identifier === 'string' && identifier.startsWith('member');
  return isNamed || actor?.roles[0] === 'member' ? madeUp.member : madeUp.admin;
}
