import type { IssuedToken, TokenRequest } from '../../../contract/oauth.ts';
import { problem } from '../../platform/problem-error.ts';
import { programOf } from './actors.ts';
import { readClient } from './client-authentication.ts';
import type { AuthContext } from './context.ts';

/**
 * A token of a service account for one of its API keys (RFC 6749, 4.4). It opens what the key opens,
 * or less: whoever gets hold of it has it for minutes, and not for months.
 */
export async function issueToken(
  context: AuthContext,
  request: TokenRequest,
  authorization: string | undefined,
): Promise<IssuedToken> {
  if (request.grant_type !== 'client_credentials') throw problem('unsupported_grant_type');
  const { apiKeyId, serviceAccountId, scopes, until } = await authenticate(
    context,
    request,
    authorization,
  );
  const scope = narrowed(scopes, request.scope);
  const claims = { apiKeyId, serviceAccountId, scope, until };
  const { token, expiresInSeconds } = await context.sessions.accessTokens.signForProgram(claims);
  await context.change(programOf(claims), (tx) =>
    tx.audit({ target: { type: 'api_key', id: apiKeyId } }),
  );
  context.telemetry.apiKeys.countToken('issued');
  return { access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds, scope };
}

/** The key that the client has shown, as the database has it now: no token begins from memory. */
async function authenticate(
  { apiKeys, telemetry }: AuthContext,
  request: TokenRequest,
  authorization: string | undefined,
) {
  const { id, secret } = readClient(request, authorization);
  const named = id && secret ? await apiKeys.callers.prove(secret) : undefined;
  const owner = named?.key.serviceAccountId ?? named?.key.userId;
  if (!named?.isProven || owner !== id) {
    telemetry.apiKeys.countToken('refused');
    throw problem('invalid_client', { about: named && { type: 'api_key', id: named.key.id } });
  }
  const { id: apiKeyId, serviceAccountId, scopes, expiresAt: until } = named.key;
  // The client is who it says, and a person.
  if (serviceAccountId === null) throw problem('unauthorized_client');
  return { apiKeyId, serviceAccountId, scopes, until };
}

/** @throws a problem `invalid_scope` for what the key itself does not open. */
function narrowed(scopes: readonly string[], wanted: string | undefined): string {
  const asked = wanted?.split(' ') ?? scopes;
  if (!asked.every((scope) => scopes.includes(scope))) throw problem('invalid_scope');
  return [...new Set(asked)].sort().join(' ');
}
