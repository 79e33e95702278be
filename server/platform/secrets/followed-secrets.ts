import type { Log } from '../observability/log.ts';
import type { Reading, SecretSource } from './secret-source.ts';

export interface FollowedSecretsParts {
  readonly sources: readonly SecretSource[];
  /** Judges what a source says as the start does. Throws, and never tells the value. */
  readonly read: (setting: string, text: string) => unknown;
  readonly log: Log;
}

interface Followed {
  readonly apply: (value: never) => void;
  /** What was read last. */
  last: Reading;
  /** What is in use. */
  text: string;
  isRefused: boolean;
}

interface Round {
  readonly source: SecretSource;
  looking: Promise<void>;
  timer: NodeJS.Timeout | undefined;
  awaySince: number | undefined;
}

/**
 * Takes secrets anew when their source says something else, without a restart. What cannot be used,
 * and a source that is away, leave what was; the log says so once, and not at every look.
 */
export class FollowedSecrets {
  readonly #parts: FollowedSecretsParts;
  readonly #followed = new Map<string, Followed>();
  readonly #rounds: readonly Round[];
  readonly #stop = new AbortController();

  constructor(parts: FollowedSecretsParts) {
    this.#parts = parts;
    this.#rounds = parts.sources.map((source) => ({
      source,
      looking: Promise.resolve(),
      timer: undefined,
      awaySince: undefined,
    }));
  }

  /** `apply` gets the setting as the configuration would hold it; it may throw to refuse it. */
  follow<Value>(setting: string, apply: (value: Value) => void): void {
    const round = this.#rounds.find(({ source }) => source.settings.includes(setting));
    if (!round) return;
    const text = round.source.atStart.get(setting) ?? '';
    this.#followed.set(setting, { apply, last: { text }, text, isRefused: false });
    round.timer ??= this.#lookLater(round);
  }

  /** For people who may see how the service is. */
  warnings(): string[] {
    return [...this.#followed]
      .filter(([, { isRefused }]) => isRefused)
      .map(([setting]) => `${setting} has changed and cannot be used: the value before it stays.`);
  }

  /** Looks now; one look at a time at each source. */
  async look(): Promise<void> {
    await Promise.all(this.#rounds.map((round) => this.#look(round)));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    for (const { timer } of this.#rounds) clearTimeout(timer);
    await Promise.all(this.#rounds.map(({ looking }) => looking));
    this.#followed.clear();
  }

  #lookLater(round: Round): NodeJS.Timeout {
    const next = async () => {
      await this.#look(round);
      if (!this.#stop.signal.aborted) round.timer = this.#lookLater(round);
    };
    return setTimeout(() => void next(), round.source.waitMs).unref();
  }

  #look(round: Round): Promise<void> {
    round.looking = round.looking.then(() => this.#lookAt(round));
    return round.looking;
  }

  async #lookAt(round: Round): Promise<void> {
    const { source } = round;
    const { signal } = this.#stop;
    if (signal.aborted || !source.settings.some((setting) => this.#followed.has(setting))) return;
    try {
      const readings = await source.look(signal);
      this.#isBack(round);
      for (const [setting, reading] of readings) this.#take(source, setting, reading);
    } catch (error) {
      if (!signal.aborted) this.#isAway(round, error as Error);
    }
  }

  #take({ name: source }: SecretSource, setting: string, reading: Reading): void {
    const followed = this.#followed.get(setting);
    if (!followed || isSame(followed.last, reading)) return;
    const { log, read } = this.#parts;
    followed.last = reading;
    try {
      if ('trouble' in reading) throw new Error(reading.trouble);
      const { text, version } = reading;
      // After trouble it may say again what is in use.
      if (text !== followed.text) {
        followed.apply(read(setting, text) as never);
        followed.text = text;
        log.info({ setting, source, version }, 'a secret was read anew');
      }
      followed.isRefused = false;
    } catch (error) {
      followed.isRefused = true;
      const reason = (error as Error).message;
      log.error({ setting, source, reason }, 'a secret cannot be used; the old value stays');
    }
  }

  #isAway(round: Round, { message: reason }: Error): void {
    if (round.awaySince !== undefined) return;
    round.awaySince = performance.now();
    const source = round.source.name;
    this.#parts.log.warn(
      { source, reason },
      'secrets cannot be read; those that were read last stay',
    );
  }

  #isBack(round: Round): void {
    if (round.awaySince === undefined) return;
    const awaySeconds = Math.round((performance.now() - round.awaySince) / 1000);
    round.awaySince = undefined;
    this.#parts.log.info({ source: round.source.name, awaySeconds }, 'secrets can be read again');
  }
}

function isSame(one: Reading, other: Reading): boolean {
  if ('text' in one && 'text' in other) return one.text === other.text;
  return 'trouble' in one && 'trouble' in other && one.trouble === other.trouble;
}
