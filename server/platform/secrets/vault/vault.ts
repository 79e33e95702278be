import { type FromVault, secretSettings } from '../../../config/environment.ts';
import type { VaultConfig, VaultSecret } from '../../../config/vault.ts';
import { type Clock, systemClock } from '../../clock.ts';
import type { Reading, SecretSource } from '../secret-source.ts';
import { type KvSecret, readSecret } from './kv.ts';
import { type VaultCall, vaultCalls } from './vault-call.ts';
import { VaultFailure } from './vault-failure.ts';
import { VaultSession } from './vault-session.ts';

/** How it stands, for health and metrics: names and numbers, no value. */
export interface VaultState {
  /** Why the last look failed; undefined: it did not. */
  readonly trouble: string | undefined;
  /** For how long nothing was read. */
  readonly ageSeconds: number;
  readonly secrets: readonly { readonly name: string; readonly version: number }[];
  /** When a token ends that nobody can renew; undefined: it does not. */
  readonly tokenEndsAt: Date | undefined;
  readonly looks: { readonly read: number; readonly failed: number };
}

type Found = ReadonlyMap<string, KvSecret | VaultFailure>;

const firstRetryMs = 1_000;

/** Secrets in Vault or OpenBao: keys of KV secrets fill the settings that they are named after. */
export class Vault implements SecretSource {
  readonly name = 'vault';
  readonly #config: VaultConfig;
  readonly #clock: Clock;
  readonly #call: VaultCall;
  readonly #session: VaultSession;
  /** Setting → the secret that filled it at the start. */
  readonly #places = new Map<string, string>();
  readonly #atStart = new Map<string, string>();
  readonly #versions = new Map<string, number>();
  /** Refused to a token that was fetched for the purpose, too: it is the policy, whatever we may look up. */
  readonly #refusedAnew = new Set<string>();
  readonly #looks = { read: 0, failed: 0 };
  #readAt: number;
  #trouble: VaultFailure | undefined;
  #failures = 0;
  /** Vault wants no look before it, whoever wants one. */
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(config: VaultConfig, clock: Clock = systemClock) {
    this.#config = config;
    this.#clock = clock;
    this.#call = vaultCalls(config);
    this.#session = new VaultSession(config.login, this.#call, clock);
    this.#readAt = this.#now;
  }

  get settings(): readonly string[] {
    return [...this.#places.keys()];
  }

  get atStart(): ReadonlyMap<string, string> {
    return this.#atStart;
  }

  get config(): VaultConfig {
    return this.#config;
  }

  get state(): VaultState {
    const { endsAt } = this.#session;
    return {
      trouble: this.#trouble?.message,
      ageSeconds: Math.max(0, (this.#now - this.#readAt) / 1000),
      secrets: Array.from(this.#versions, ([name, version]) => ({ name, version })),
      tokenEndsAt: Number.isFinite(endsAt) ? new Date(endsAt) : undefined,
      looks: { ...this.#looks },
    };
  }

  /** Sooner where the token wants attention, or the last look failed; not all processes at once. */
  get waitMs(): number {
    const usual = this.#config.refreshSeconds * 1000;
    const retry = Math.min(usual, firstRetryMs * 2 ** (this.#failures - 1));
    const wanted = (this.#trouble ? retry : usual) * (0.9 + 0.2 * Math.random());
    const untilRenewal = this.#session.renewAt - this.#now;
    // A renewal that is overdue because Vault is away is no reason to ask more often.
    const isOverdue = untilRenewal <= 0 && this.#trouble !== undefined;
    const wait = isOverdue ? wanted : Math.min(wanted, untilRenewal);
    return Math.max(firstRetryMs, wait, this.#notBefore - performance.now());
  }

  /**
   * Reads everything once, before the configuration is judged.
   * @throws {VaultFailure} where one of the secrets cannot be read.
   */
  async open(signal?: AbortSignal): Promise<FromVault[]> {
    const found = await this.#readAll(signal);
    for (const secret of found.values()) if (secret instanceof VaultFailure) throw secret;
    const filled = [...found].flatMap(([name, secret]) => settingsIn(name, secret as KvSecret));
    for (const { setting, text, name } of filled) {
      this.#places.set(setting, name);
      if (text !== undefined) this.#atStart.set(setting, text);
    }
    return filled;
  }

  async look(signal?: AbortSignal): Promise<ReadonlyMap<string, Reading>> {
    if (this.#trouble && performance.now() < this.#notBefore) throw this.#trouble;
    try {
      const found = await this.#readAll(signal);
      const failures = [...found.values()].filter((one) => one instanceof VaultFailure);
      if (failures.length === found.size) throw failures[0];
      this.#noteLook(failures[0]);
      return new Map(
        Array.from(this.#places, ([setting, name]) => [
          setting,
          readingOf(setting, name, found.get(name)),
        ]),
      );
    } catch (error) {
      if (!signal?.aborted) this.#noteLook(error as VaultFailure);
      throw error;
    }
  }

  /** What a file that holds one of them says by now. */
  use(part: { readonly token: string } | { readonly secretId: string }): void {
    this.#session.use(part);
  }

  /** For `doctor`, which asks more. */
  get asking(): { readonly call: VaultCall; readonly session: VaultSession } {
    return { call: this.#call, session: this.#session };
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  get #now(): number {
    return this.#clock.now().getTime();
  }

  #noteLook(failure: VaultFailure | undefined): void {
    this.#trouble = failure;
    this.#failures = failure ? this.#failures + 1 : 0;
    this.#notBefore = performance.now() + (failure?.retryAfterMs ?? Number.NEGATIVE_INFINITY);
    this.#looks[failure ? 'failed' : 'read'] += 1;
    if (!failure) this.#readAt = this.#now;
  }

  /** What one of them is refused by itself is noted with it; everything else is thrown. */
  async #readAll(signal: AbortSignal | undefined): Promise<Found> {
    const found = new Map<string, KvSecret | VaultFailure>();
    for (const secret of this.#config.secrets) {
      found.set(secret.name, await this.#read(secret, signal).catch(ofThisOne));
    }
    for (const [name, secret] of found) {
      if (!(secret instanceof VaultFailure)) this.#versions.set(name, secret.version);
    }
    return found;
  }

  async #read(secret: VaultSecret, signal: AbortSignal | undefined): Promise<KvSecret> {
    const token = await this.#session.token(signal);
    const { name } = secret;
    try {
      const read = await readSecret(this.#call, secret, token, signal);
      this.#refusedAnew.delete(name);
      return read;
    } catch (error) {
      if (!isDenied(error) || this.#refusedAnew.has(name)) throw error;
      // A policy, or the token? One that has ended or was revoked cannot look itself up.
      if (await this.#session.self(signal)) throw error;
      await this.#session.close();
      return await this.#readAnew(secret, signal);
    }
  }

  async #readAnew(secret: VaultSecret, signal: AbortSignal | undefined): Promise<KvSecret> {
    const token = await this.#session.token(signal);
    try {
      return await readSecret(this.#call, secret, token, signal);
    } catch (error) {
      if (!isDenied(error)) throw error;
      if (!('token' in this.#config.login)) this.#refusedAnew.add(secret.name);
      else if (!(await this.#session.self(signal)))
        throw new VaultFailure('login', `the token is not known: ${error.message}`);
      throw error;
    }
  }
}

function isDenied(error: unknown): error is VaultFailure {
  return error instanceof VaultFailure && error.kind === 'denied';
}

function ofThisOne(error: unknown): VaultFailure {
  if (error instanceof VaultFailure && ['denied', 'missing', 'foreign'].includes(error.kind))
    return error;
  throw error;
}

/** Keys that name no secret of ours belong to somebody else; an empty one counts as not set. */
function settingsIn(name: string, { values }: KvSecret): FromVault[] {
  return Object.entries(values)
    .filter(([setting, value]) => secretSettings.includes(setting) && value !== '')
    .map(([setting, value]) => ({ setting, name, text: textOf(value) }));
}

function readingOf(
  setting: string,
  name: string,
  secret: KvSecret | VaultFailure | undefined,
): Reading {
  if (!secret) return { trouble: `${name}: was not read` };
  if (secret instanceof VaultFailure) return { trouble: secret.message };
  const text = textOf(secret.values[setting]);
  if (!text) return { trouble: `${name}: has no such key any more, or no text there` };
  return { text, version: secret.version };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}
