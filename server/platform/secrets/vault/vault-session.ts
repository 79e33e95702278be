import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { VaultLogin } from '../../../config/vault.ts';
import type { Clock } from '../../clock.ts';
import type { VaultAnswer, VaultCall } from './vault-call.ts';
import { failureOf, VaultFailure } from './vault-failure.ts';

interface Held {
  readonly token: string;
  /** Whether we logged in for it: then there may be another one, and it ends with us. */
  readonly isOurs: boolean;
  readonly isRenewable: boolean;
  /** Infinity where it never ends, or nobody tells. */
  readonly endsAt: number;
  /** Time to renew it, or to log in anew. */
  readonly renewAt: number;
  readonly lastsSeconds: number;
}

const Auth = z.object({
  auth: z.object({
    client_token: z.string(),
    lease_duration: z.number().min(0),
    renewable: z.boolean(),
  }),
});

const Self = z.object({
  data: z.object({
    ttl: z.number().min(0),
    renewable: z.boolean().default(false),
    policies: z.array(z.string()).default([]),
  }),
});
export type VaultSelf = z.output<typeof Self>['data'];

const Unwrapped = z.object({ data: z.object({ secret_id: z.string() }) });

/** How Vault knows us: a token that was handed over, or those that we log in for with an AppRole. */
export class VaultSession {
  readonly #call: VaultCall;
  readonly #clock: Clock;
  #login: VaultLogin;
  #unwrapped: string | undefined;
  #held: Held | undefined;

  constructor(login: VaultLogin, call: VaultCall, clock: Clock) {
    this.#login = login;
    this.#call = call;
    this.#clock = clock;
  }

  /** When the token wants attention; Infinity: never. */
  get renewAt(): number {
    return this.#held?.renewAt ?? Number.POSITIVE_INFINITY;
  }

  /** When all ends unless somebody hands over another token. */
  get endsAt(): number {
    const { isOurs = true, isRenewable = true, endsAt = 0 } = this.#held ?? {};
    return isOurs || isRenewable ? Number.POSITIVE_INFINITY : endsAt;
  }

  /** One that is good by all that we know: renewed in time, or had by another login. */
  async token(signal?: AbortSignal): Promise<string> {
    if (this.#held && this.#now < this.#held.renewAt) return this.#held.token;
    this.#held = (await this.#renewed(signal)) ?? (await this.#loggedIn(signal));
    return this.#held.token;
  }

  /** What Vault says of the token; undefined: it does not know it any more, or may not tell. */
  async self(signal?: AbortSignal): Promise<VaultSelf | undefined> {
    const token = await this.token(signal);
    return this.#lookUp(token, signal);
  }

  /** What a file or its setting says by now. */
  use(part: { readonly token: string } | { readonly secretId: string }): void {
    const login: VaultLogin = { ...this.#login, ...part };
    // The first look at a file says what the start has used: a wrapping token opens once only.
    if (isDeepStrictEqual(login, this.#login)) return;
    this.#login = login;
    this.#unwrapped = undefined;
    // Another wrapping token lives for moments: it is opened by the next look, not by a login in an hour.
    if ('token' in part || ('isWrapped' in login && login.isWrapped)) this.#held = undefined;
  }

  /** Leaves no token behind that nobody will use: whoever needs one logs in anew. */
  async close(): Promise<void> {
    const { isOurs, token } = this.#held ?? {};
    this.#held = undefined;
    if (!isOurs || token === undefined) return;
    const signal = AbortSignal.timeout(1_000);
    await this.#call({ method: 'POST', path: 'auth/token/revoke-self', token, signal }).catch(
      () => {},
    );
  }

  get #now(): number {
    return this.#clock.now().getTime();
  }

  async #renewed(signal: AbortSignal | undefined): Promise<Held | undefined> {
    const held = this.#held;
    if (!held?.isRenewable) return undefined;
    const { token, isOurs, lastsSeconds } = held;
    const answer = await this.#call({
      method: 'POST',
      path: 'auth/token/renew-self',
      token,
      body: {},
      ...(signal && { signal }),
    });
    if (answer.status !== 200) {
      assertAnswered(answer);
      // It has ended or was revoked. One that was handed over may still be good until it ends.
      return isOurs ? undefined : { ...held, isRenewable: false, renewAt: held.endsAt };
    }
    const { lease_duration: seconds, renewable } = parse(Auth, answer).auth;
    // Near the most that it may live it gets less each time.
    const isWorthIt = renewable && seconds > lastsSeconds / 2;
    return this.#hold(token, { isOurs, seconds, isRenewable: isWorthIt, lastsSeconds });
  }

  async #loggedIn(signal: AbortSignal | undefined): Promise<Held> {
    const login = this.#login;
    if ('token' in login) {
      const self = await this.#lookUp(login.token, signal);
      const { ttl: seconds = 0, renewable: isRenewable = false } = self ?? {};
      return this.#hold(login.token, { isOurs: false, seconds, isRenewable });
    }
    const secretId = login.isWrapped ? await this.#unwrap(login.secretId, signal) : login.secretId;
    const answer = await this.#call({
      method: 'POST',
      path: `auth/${login.mount}/login`,
      body: { role_id: login.roleId, secret_id: secretId },
      // Not to be broken off: there would be a token that nobody knows, and nobody ends.
    });
    if (answer.status !== 200) throw loginFailure(answer, 'AppRole');
    const {
      client_token,
      lease_duration: seconds,
      renewable: isRenewable,
    } = parse(Auth, answer).auth;
    return this.#hold(client_token, { isOurs: true, seconds, isRenewable });
  }

  /** What takes it out is used up by that: it is kept for the next login. */
  async #unwrap(wrapping: string, signal: AbortSignal | undefined): Promise<string> {
    if (this.#unwrapped !== undefined) return this.#unwrapped;
    const answer = await this.#call({
      method: 'POST',
      path: 'sys/wrapping/unwrap',
      token: wrapping,
      ...(signal && { signal }),
    });
    if (answer.status !== 200) throw loginFailure(answer, 'the wrapped secret id');
    this.#unwrapped = parse(Unwrapped, answer).data.secret_id;
    return this.#unwrapped;
  }

  async #lookUp(token: string, signal: AbortSignal | undefined): Promise<VaultSelf | undefined> {
    const answer = await this.#call({
      method: 'GET',
      path: 'auth/token/lookup-self',
      token,
      ...(signal && { signal }),
    });
    if (answer.status === 403) return undefined;
    if (answer.status !== 200) throw failureOf(answer.status, answer.words, answer.retryAfterMs);
    return parse(Self, answer).data;
  }

  #hold(
    token: string,
    {
      seconds,
      lastsSeconds = seconds,
      ...rest
    }: { seconds: number; lastsSeconds?: number; isOurs: boolean; isRenewable: boolean },
  ): Held {
    const lastsMs = seconds * 1000;
    const endsAt = seconds === 0 ? Number.POSITIVE_INFINITY : this.#now + lastsMs;
    const isLeft = seconds === 0 || (!rest.isOurs && !rest.isRenewable);
    // Not all processes at one instant.
    const renewAt = isLeft
      ? Number.POSITIVE_INFINITY
      : this.#now + lastsMs * (0.6 + 0.1 * Math.random());
    return { token, lastsSeconds, endsAt, renewAt, ...rest };
  }
}

function loginFailure({ status, words, retryAfterMs }: VaultAnswer, what: string): VaultFailure {
  if ([400, 403, 404].includes(status)) return new VaultFailure('login', `${what}: ${words}`);
  return failureOf(status, words, retryAfterMs);
}

/** @throws where Vault could not say whether it would. */
function assertAnswered({ status, words, retryAfterMs }: VaultAnswer): void {
  if (status !== 400 && status !== 403) throw failureOf(status, words, retryAfterMs);
}

function parse<Schema extends z.ZodType>(schema: Schema, { body }: VaultAnswer): z.output<Schema> {
  const { success, data } = schema.safeParse(body);
  if (!success) throw new VaultFailure('foreign', 'answers something else than Vault does');
  return data;
}
