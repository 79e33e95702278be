import { SecretRefused } from './client-secrets.ts';
import { ProviderError } from './identity-provider.ts';
import { isPassing } from './json.ts';

/** What openid-client throws, by its fields: it is loaded where it is used, and nowhere else. */
interface Thrown {
  readonly code?: string;
  readonly error?: string;
  readonly error_description?: string;
  readonly status?: number;
  readonly message?: string;
  readonly cause?: unknown;
}

/**
 * In our words. The cause is left behind: it holds codes, tokens and claims, which belong into no log.
 */
export function providerFailure(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const { code, error: word, error_description: description, cause } = error as Thrown;
  const { status = 0, message = String(error) } = error as Thrown;
  if (cause instanceof ProviderError) return cause;
  const detail = [message, word, description, reasonOf(cause)]
    .filter(Boolean)
    .map(oneLine)
    .join(': ');
  switch (code) {
    case 'OAUTH_AUTHORIZATION_RESPONSE_ERROR': {
      const isTheirs = word === 'server_error' || word === 'temporarily_unavailable';
      return new ProviderError(isTheirs ? 'unreachable' : 'refused', detail);
    }
    case 'OAUTH_WWW_AUTHENTICATE_CHALLENGE':
      return new SecretRefused();
    case 'OAUTH_RESPONSE_BODY_ERROR':
      if (word === 'invalid_client') return new SecretRefused(oneLine(description));
      if (word === 'invalid_grant') return new ProviderError('refused', detail);
      return new ProviderError(isPassing(status) ? 'unreachable' : 'invalid_answer', detail);
    default: {
      const answered = cause instanceof Response ? cause.status : 0;
      return new ProviderError(isPassing(answered) ? 'unreachable' : 'invalid_answer', detail);
    }
  }
}

/** What the library says about its own message, and nothing that came from outside. */
function reasonOf(cause: unknown): string | undefined {
  if (cause instanceof Response) return `answers ${cause.status}`;
  return cause instanceof Error ? cause.message : undefined;
}

/** What came from outside does not break a line, nor fill the log. */
function oneLine(text = ''): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 200);
}
