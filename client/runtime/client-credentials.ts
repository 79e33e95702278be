import { authToken } from '../generated/auth.ts';
import type { Connection, Credentials } from './connection.ts';
import { AnswerError } from './errors.ts';
import { orAborted } from './or-aborted.ts';

export interface ClientCredentials {
  /** The id of the service account. */
  readonly clientId: string;
  /** One of its API keys. */
  readonly clientSecret: string;
  /** What the tokens are good for; what the key is good for, where none is named. */
  readonly scopes?: readonly string[] | undefined;
}

interface Held {
  readonly proof: { readonly headers: Record<string, string> };
  readonly renewAt: number;
}

/**
 * Tokens of a service account for one of its API keys (RFC 6749, 4.4): fetched when they are needed,
 * and anew before they expire. One request serves all calls that wait. Without a token, a call
 * rejects with an `AnswerError`, whose `body.error` says why.
 */
export function clientCredentials(client: ClientCredentials): Credentials {
  let held: Held | undefined;
  let fetching: Promise<Held> | undefined;
  return async ({ connection, signal, send }) => {
    const current = () => {
      if (held && Date.now() < held.renewAt) return held;
      // No signal: it is shared, and one caller must not end it for the others.
      fetching ??= tokenFor(client, connection)
        .then((next) => (held = next))
        .finally(() => {
          fetching = undefined;
        });
      return orAborted(fetching, signal);
    };
    const used = await current();
    const answer = await send(used.proof);
    if (answer.problem?.code !== 'unauthenticated') return answer;
    // Another call may have fetched the next one already.
    if (held === used) held = undefined;
    return send((await current()).proof);
  };
}

async function tokenFor(
  { clientId, clientSecret, scopes }: ClientCredentials,
  connection: Connection,
): Promise<Held> {
  const answer = await authToken(
    { ...connection, credentials: undefined, signal: undefined },
    {
      body: {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: scopes?.join(' '),
      },
    },
  );
  if (!answer.ok) {
    const { error, error_description } = answer.body;
    throw new AnswerError(`No token: ${error}: ${error_description}`, answer);
  }
  const { access_token, expires_in } = answer.body;
  const headers = { authorization: `Bearer ${access_token}` };
  // A tenth of its life is left for the way, and for clocks that run slow.
  return { proof: { headers }, renewAt: Date.now() + expires_in * 900 };
}
