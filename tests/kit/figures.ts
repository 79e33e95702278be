import { setTimeout as pause } from 'node:timers/promises';
import type { MixedLoad, Seen } from './mixed-load.ts';

interface Fault {
  readonly name: string;
  readonly beganAt: number;
  knownAfterMs?: number;
  healedAt?: number;
  backAfterMs?: number;
  readonly before: number[];
  readonly known: number[];
  readonly good: number[];
  readonly statuses: Set<string>;
}

/** What callers got in each fault and after how many milliseconds, for people to read. */
export class Figures {
  readonly #faults: Fault[] = [];
  #current: Fault | undefined;

  begin(name: string): void {
    const lists = { before: [], known: [], good: [], statuses: new Set<string>() };
    this.#current = { name, beganAt: performance.now(), ...lists };
    this.#faults.push(this.#current);
  }

  /** From now on the service knows of the outage. */
  known(): void {
    if (this.#current) this.#current.knownAfterMs = performance.now() - this.#current.beganAt;
  }

  healed(): void {
    if (this.#current) this.#current.healedAt = performance.now();
  }

  /** The statuses that were seen. */
  end(): string[] {
    const fault = this.#current;
    this.#current = undefined;
    if (!fault?.healedAt) return [];
    fault.backAfterMs = performance.now() - fault.healedAt;
    return [...fault.statuses];
  }

  /** A moment, in which callers see something. */
  step(): Promise<void> {
    return pause(100);
  }

  async watch(load: MixedLoad, forMs: number): Promise<void> {
    for (let waited = 0; waited < forMs; waited += 100) {
      await this.step();
      this.take(load.seen());
    }
  }

  /** Answers what it was given, by status. */
  take({ statuses, durations }: Seen): Seen['statuses'] {
    const fault = this.#current;
    if (!fault) return statuses;
    for (const [status, list] of durations) {
      fault.statuses.add(status);
      if (!fault.healedAt) listFor(fault, status).push(...list);
    }
    return statuses;
  }

  table(): string {
    const rows = this.#faults.map((fault) => [
      fault.name,
      ms(fault.knownAfterMs),
      summary(fault.before),
      summary(fault.known),
      summary(fault.good),
      ms(fault.backAfterMs),
    ]);
    const head = ['fault', 'known after', '503 before', '503 since', '2xx', 'well again after'];
    return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  }
}

function listFor(fault: Fault, status: string): number[] {
  if (status.startsWith('2')) return fault.good;
  return fault.knownAfterMs === undefined ? fault.before : fault.known;
}

function summary(list: readonly number[]): string {
  if (list.length === 0) return '';
  const sorted = list.toSorted((one, other) => one - other);
  const at = (share: number) => ms(sorted[Math.floor((sorted.length - 1) * share)]);
  return `${list.length}: p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)}`;
}

function ms(value: number | undefined): string {
  return value === undefined ? '' : `${Math.round(value)} ms`;
}
