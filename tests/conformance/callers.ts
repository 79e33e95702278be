/** What a caller sends to say who it is. */
export type CallerHeaders = Readonly<Record<string, string>>;

/** Lets callers come anew: the requests sign them out, end their keys and remove their accounts. */
export type NewCallers = () => Promise<readonly CallerHeaders[]>;

/** Nobody: what is answered to strangers is judged, and little else. */
export const strangers: NewCallers = async () => [];

/**
 * Somebody who signs in for tokens, or an API key where there is no password.
 * @throws where the service does not let them in.
 */
export function accountsAt(url: string, lines: readonly string[]): NewCallers {
  return () => Promise.all(lines.map((line) => signIn(url, line)));
}

async function signIn(url: string, line: string): Promise<CallerHeaders> {
  const [, identifier, password] = /^(\S+)[ \t](.+)$/.exec(line) ?? [];
  if (identifier === undefined) return { Authorization: `Bearer ${line}` };
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ identifier, password, delivery: 'tokens' }),
  });
  const { accessToken, detail } = (await answer.json()) as Record<string, string>;
  if (accessToken) return { Authorization: `Bearer ${accessToken}` };
  throw new Error(`${identifier} cannot sign in at ${url}: ${answer.status} ${detail}`);
}
