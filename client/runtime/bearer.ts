import { authRefresh } from '../generated/auth.ts';
import type { AnyAnswer } from './answer.ts';
import type { Connection, Credentials } from './connection.ts';
import { orAborted } from './or-aborted.ts';
import { type TokenStore, type Tokens, tokensInMemory } from './tokens.ts';

/**
 * Access and refresh token (RFC 6750), kept from each sign-in through this connection.
 * When an access token is refused, one refresh serves all calls that wait, and each tries once more:
 * as whom it began, or not at all.
 */
export function bearer(store: TokenStore = tokensInMemory()): Credentials {
  let refreshing: Promise<Tokens | AnyAnswer | undefined> | undefined;
  return async ({ connection, operation, signal, send }) => {
    const attempt = async (tokens: Tokens | undefined) => {
      const proof = tokens && { headers: { authorization: `Bearer ${tokens.accessToken}` } };
      const answer = await send(proof);
      if (answer.ok && operation.credentials) await store.write(tokensIn(answer.body, tokens));
      return answer;
    };
    const used = await store.read();
    const answer = await attempt(used);
    if (!used || answer.problem?.code !== 'unauthenticated') return answer;
    // The refresh gets no signal: it is shared, and one caller must not end it for the others.
    const work = () => refresh(connection, store, used);
    refreshing ??= (store.exclusively?.(work) ?? work()).finally(() => {
      refreshing = undefined;
    });
    const outcome = await orAborted(refreshing, signal);
    if (outcome && 'status' in outcome) return outcome;
    // Whoever has signed in meanwhile did not make this call.
    return outcome && outcome.userId === used.userId ? attempt(outcome) : answer;
  };
}

/**
 * The tokens to go on with, or nothing when the session is over. A refresh that could not be
 * decided (429, 5xx) is answered as it is and keeps the tokens: an outage signs nobody out.
 */
async function refresh(
  connection: Connection,
  store: TokenStore,
  used: Tokens,
): Promise<Tokens | AnyAnswer | undefined> {
  const held = await store.read();
  // Another call, tab or process was faster.
  if (held?.accessToken !== used.accessToken) return held;
  const { refreshToken } = held;
  const bare = { ...connection, credentials: undefined, signal: undefined };
  const answer = await authRefresh(bare, { body: { refreshToken } });
  if (answer.status === 429 || answer.status >= 500) return answer;
  const current = await store.read();
  // A sign-in or sign-out meanwhile stands.
  if (current?.refreshToken !== refreshToken) return current;
  const next = answer.ok ? tokensIn(answer.body, used) : undefined;
  await store.write(next);
  return next;
}

/** A sign-in says whose they are; a refresh does not. */
interface Issued extends Tokens {
  readonly user: { readonly id: string };
}

/** A sign-in by cookie holds none, nor does what ends one. */
function tokensIn(body: unknown, before: Tokens | undefined): Tokens | undefined {
  const { accessToken, refreshToken, user } = (body ?? {}) as Partial<Issued>;
  const userId = user?.id ?? before?.userId;
  return accessToken && refreshToken ? { accessToken, refreshToken, userId } : undefined;
}
