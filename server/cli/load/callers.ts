import { contract } from '../../../contract/index.ts';
import { CommandFailure } from '../terminal.ts';
import type { Account } from './accounts.ts';

/** Somebody who is signed in. */
export interface Caller {
  readonly account: Account;
  readonly authorization: string;
}

interface Tokens {
  readonly delivery: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

type Changing = { authorization: string };

/** Of the life of an access token, when the next one is asked for. */
const renewAfter = 0.6;
const againMs = 1_000;
const answerMs = 30_000;

/** Signs accounts in before a run, and keeps them signed in during it. */
export class Callers {
  readonly list: Caller[] = [];
  /** What to know of those who are missing. */
  readonly shortages: string[] = [];
  readonly #origin: string;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #end = new AbortController();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** One after the other: a burst of sign-ins would be a load of its own. */
  async signIn(accounts: readonly Account[], onProgress: (done: number) => void): Promise<void> {
    const refused: string[] = [];
    for (const [index, account] of accounts.entries()) {
      const { identifier, password } = account;
      const body = { identifier, password, delivery: 'tokens' };
      const answer = await this.#post(contract.auth.login.path, body);
      if (answer.status === 429) {
        this.shortages.push(limitedAt(this.list.length, accounts.length));
        break;
      }
      const tokens = answer.status === 200 ? ((await answer.json()) as Tokens) : undefined;
      if (tokens?.delivery === 'tokens') {
        const caller = { account, authorization: `Bearer ${tokens.accessToken}` };
        this.list.push(caller);
        this.#renewLater(caller, tokens);
      } else refused.push(`${identifier} (${tokens ? 'second factor' : answer.status})`);
      onProgress(index + 1);
    }
    if (refused.length > 0) this.shortages.push(refusal(refused));
    if (this.list.length === 0) throw new CommandFailure(this.shortages.join('\n'));
  }

  /** Nobody is renewed any more. Their sessions end by themselves. */
  close(): void {
    this.#end.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #renewLater(caller: Changing, tokens: Tokens, waitMs = lifeOf(tokens) * renewAfter): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#renew(caller, tokens);
    }, waitMs);
    this.#timers.add(timer);
  }

  /** Who is refused is answered 401 soon, and that is counted; who is not answered tries again. */
  async #renew(caller: Changing, tokens: Tokens): Promise<void> {
    const { refreshToken } = tokens;
    const answer = await this.#post(contract.auth.refresh.path, { refreshToken }).catch(() => {});
    if (answer?.status === 401) return;
    const renewed = answer?.status === 200 ? await tokensIn(answer) : undefined;
    if (this.#end.signal.aborted) return;
    if (!renewed) return this.#renewLater(caller, tokens, againMs);
    caller.authorization = `Bearer ${renewed.accessToken}`;
    this.#renewLater(caller, renewed);
  }

  #post(path: string, body: object): Promise<Response> {
    return fetch(`${this.#origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.any([this.#end.signal, AbortSignal.timeout(answerMs)]),
    });
  }
}

function lifeOf({ expiresInSeconds }: Tokens): number {
  return expiresInSeconds * 1_000;
}

/** What is torn or no JSON is as good as no answer, and no reason to lose a run. */
function tokensIn(answer: Response): Promise<Tokens | undefined> {
  return (answer.json() as Promise<Tokens>).catch(() => undefined);
}

const raise =
  'RATE_LIMIT_CREDENTIALS_PER_MINUTE of the service bounds sign-ins by address (30 unless it was raised)';

function limitedAt(done: number, wanted: number): string {
  return `${done} of ${wanted} accounts are signed in, and the service takes no more for now: ${raise}. Raise it there, or name fewer accounts.`;
}

/** Who they are and what was answered, a few of them. */
function refusal(refused: readonly string[]): string {
  const some = refused.slice(0, 5).join(', ');
  const more = refused.length > 5 ? `, and ${refused.length - 5} more` : '';
  return `Left out, as they cannot sign in: ${some}${more}. 401: a wrong password; 403: one that is deactivated, for example.`;
}
