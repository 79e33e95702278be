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
  /** Of its own: where all connections of the service are busy, the replica is needed most. */
  readonly openPrimary: () => Database;
  readonly lagSeconds: number;
}

/** Looks at both servers, and knows by that how old the replica is. */
export class Lookout {
  readonly #parts: LookoutParts;
  readonly #positions = new Positions();
  #probe: Database;
  #toPrimary: Database;
  #primary: Standing | undefined;
  #lagMs: number | undefined;

  constructor(parts: LookoutParts) {
    this.#parts = parts;
    this.#probe = parts.openProbe();
    this.#toPrimary = parts.openPrimary();
  }

  /** How old it was when it was looked at last, at most; undefined: not known. */
  get lagSeconds(): number | undefined {
    return this.#lagMs === undefined ? undefined : this.#lagMs / 1_000;
  }

  /** What is wrong with it; undefined: nothing. */
  async look(): Promise<Trouble | undefined> {
    await this.#askPrimary();
    try {
      const standing = await standingOf(this.#probe);
      this.#lagMs = this.#positions.lagMs(standing.position);
      const trouble = this.judge(standing);
      // By one look, whoever is a millisecond behind is as late as can be known.
      return trouble === tooOld && this.#positions.isOne ? unlooked : trouble;
    } catch (error) {
      this.#lagMs = undefined;
      return unreached(error);
    }
  }

  /**
   * What is wrong with a server that stands there, now; undefined: nothing. Positions say something only
   * within one log: that of another timeline may be far ahead, with changes that were undone.
   */
  judge({ isStandby, identity, timeline, position }: Standing): Trouble | undefined {
    if (!isStandby) return takesWrites;
    if (!this.#primary) return unlooked;
    if (identity !== this.#primary.identity) return ofOthers;
    if (timeline !== this.#primary.timeline) return leftBehind;
    return this.#isFresh(position) ? undefined : tooOld;
  }

  /** The next look is by a new connection: its address may lead to another server by now. */
  renew(): void {
    void this.#probe.destroy().catch(() => {});
    this.#probe = this.#parts.openProbe();
  }

  async close(): Promise<void> {
    await Promise.all([this.#probe.destroy(), this.#toPrimary.destroy()]);
  }

  #isFresh(position: bigint): boolean {
    const since = performance.now() - this.#parts.lagSeconds * 1_000;
    const required = this.#positions.requiredSince(since);
    return required !== undefined && position >= required;
  }

  /** While it is away, or follows another one itself, nothing is noted: what is known grows old. */
  async #askPrimary(): Promise<void> {
    const askedAtMs = performance.now();
    const now = await standingOf(this.#toPrimary).catch(() => undefined);
    if (!now) return;
    if (now.isStandby) return this.#renewPrimary();
    const { identity, timeline } = this.#primary ?? now;
    if (identity !== now.identity || timeline !== now.timeline) this.#positions.clear();
    this.#primary = now;
    this.#positions.note(askedAtMs, now.position);
  }

  /** After a failover the connection leads to what was the primary: a new one finds the other. */
  #renewPrimary(): void {
    void this.#toPrimary.destroy().catch(() => {});
    this.#toPrimary = this.#parts.openPrimary();
  }
}
