import type { Database } from '../connect.ts';
import { Positions } from './positions.ts';
import { type Standing, standingOf } from './standing.ts';
import {
  leftBehind,
  ofOthers,
  type Trouble,
  takesWrites,
  tooOld,
  unlooked,
  unreached,
} from './trouble.ts';

export interface LookoutParts {
  readonly openProbe: () => Database;
  readonly primary: Database;
  readonly lagSeconds: number;
}

/** Looks at both servers, and knows by that how old the replica is. */
export class Lookout {
  readonly #parts: LookoutParts;
  readonly #positions = new Positions();
  #probe: Database;
  #primary: Standing | undefined;
  #lagMs: number | undefined;

  constructor(parts: LookoutParts) {
    this.#parts = parts;
    this.#probe = parts.openProbe();
  }

  /** How old it was when it was looked at last, at most; undefined: not known. */
  get lagSeconds(): number | undefined {
    return this.#lagMs === undefined ? undefined : this.#lagMs / 1_000;
  }

  /** What is wrong with it; undefined: nothing. */
  async look(): Promise<Trouble | undefined> {
    await this.#askPrimary();
    try {
      return this.#judge(await standingOf(this.#probe));
    } catch (error) {
      this.#lagMs = undefined;
      return unreached(error);
    }
  }

  /** Whether what has come so far is young enough, now. */
  isFresh(position: bigint): boolean {
    const since = performance.now() - this.#parts.lagSeconds * 1_000;
    const required = this.#positions.requiredSince(since);
    return required !== undefined && position >= required;
  }

  /** The next look is by a new connection: its address may lead to another server by now. */
  renew(): void {
    void this.#probe.destroy().catch(() => {});
    this.#probe = this.#parts.openProbe();
  }

  async close(): Promise<void> {
    await this.#probe.destroy();
  }

  /** While it is away, or follows another one itself, nothing is noted: what is known grows old. */
  async #askPrimary(): Promise<void> {
    const askedAtMs = performance.now();
    const now = await standingOf(this.#parts.primary).catch(() => undefined);
    if (!now || now.isStandby) return;
    const { identity, timeline } = this.#primary ?? now;
    if (identity !== now.identity || timeline !== now.timeline) this.#positions.clear();
    this.#primary = now;
    this.#positions.note(askedAtMs, now.position);
  }

  #judge({ isStandby, identity, timeline, position }: Standing): Trouble | undefined {
    this.#lagMs = this.#positions.lagMs(position);
    if (!isStandby) return takesWrites;
    if (!this.#primary) return unlooked;
    if (identity !== this.#primary.identity) return ofOthers;
    if (timeline !== this.#primary.timeline) return leftBehind;
    if (this.isFresh(position)) return undefined;
    // By one look, whoever is a millisecond behind is as late as can be known.
    return this.#positions.isOne ? unlooked : tooOld;
  }
}
