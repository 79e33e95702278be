import type { Clock } from '../../server/platform/clock.ts';

/** A clock that the test moves. It starts at the real time and stands still. */
export class TestClock implements Clock {
  #now = Date.now();

  now(): Date {
    return new Date(this.#now);
  }

  /** For what happens in real time, elsewhere. */
  catchUp(): void {
    this.#now = Math.max(this.#now, Date.now());
  }

  advance({ seconds = 0, minutes = 0, hours = 0, days = 0 }): void {
    this.#now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  }
}
