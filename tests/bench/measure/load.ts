import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Outcome, Prepare, Run } from '../load/order.ts';

const generator = fileURLToPath(new URL('../load/generator.ts', import.meta.url));

export type Load = Pick<Run, 'name' | 'ports' | 'status'> & Partial<Run>;

/** The load generator's process, seen from the coordinator. */
export class LoadGenerator {
  readonly #child: ChildProcess = fork(generator, { serialization: 'advanced' });
  readonly #waiting = new Map<number, (outcome: Outcome) => void>();
  #runs = 0;

  constructor() {
    this.#child.on('message', (outcome: Outcome) => {
      this.#waiting.get(outcome.id)?.(outcome);
      this.#waiting.delete(outcome.id);
    });
    this.#child.on('exit', (code) => {
      for (const settle of this.#waiting.values()) {
        settle({ failure: `it ended with code ${code}` } as Outcome);
      }
    });
  }

  prepare(name: string, requests: string[]): void {
    this.#child.send({ kind: 'prepare', name, requests } satisfies Prepare);
  }

  /** One load to its end. @throws when an answer has another status than the expected one. */
  async run(load: Load): Promise<Outcome> {
    this.#runs += 1;
    const order: Run = {
      kind: 'run',
      id: this.#runs,
      connections: 32,
      pauseMs: 0,
      seconds: 3_600,
      count: Number.MAX_SAFE_INTEGER,
      ...load,
    };
    const outcome = await new Promise<Outcome>((resolve) => {
      this.#waiting.set(order.id, resolve);
      this.#child.send(order);
    });
    if (outcome.failure) throw new Error(`${load.name}: ${outcome.failure}`);
    return outcome;
  }

  stop(): void {
    this.#child.disconnect();
  }
}
