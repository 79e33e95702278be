import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises';
import type { Recorder } from './recorder.ts';
import type { LoadRequest, Sent } from './sender.ts';

export interface Timing {
  now(): number;
  /** Comes back at this instant, or as soon as it can after it. */
  until(instant: number): Promise<void>;
}

export interface GenerateOptions {
  /** Milliseconds from the start. */
  readonly arrivals: Iterable<number>;
  readonly warmUpMs?: number;
  readonly next: () => LoadRequest;
  readonly send: (request: LoadRequest, dueAt: number) => Promise<Sent>;
  readonly recorder: Recorder;
  readonly timing?: Timing;
  /** Nothing is sent any more; what is under way is waited for. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (elapsedMs: number) => void;
}

/** Timers count in milliseconds: one that is due within half of one leaves now. */
const earlyMs = 0.5;
const progressMs = 200;

/** Sends each request when it is due, whatever became of those before. */
export async function generate(options: GenerateOptions): Promise<void> {
  const { arrivals, warmUpMs = 0, next, send, recorder } = options;
  const { timing = realTiming(), signal, onProgress = () => {} } = options;
  const beganAt = timing.now();
  const startedAt = beganAt + warmUpMs;
  /** With when each was due: the first of them is the one that waits for longest. */
  const underWay = new Map<Promise<void>, number>();
  let toldAt = beganAt;
  for (const dueMs of arrivals) {
    const dueAt = beganAt + dueMs;
    await timing.until(dueAt);
    if (signal?.aborted) break;
    const now = timing.now();
    if (dueAt >= startedAt) recorder.recordLateness(now - dueAt);
    const request = next();
    const one = send(request, dueAt).then((sent) => {
      recorder.record(request, sent, { dueAt, startedAt });
      underWay.delete(one);
    });
    underWay.set(one, dueAt);
    if (now - toldAt < progressMs) continue;
    toldAt = now;
    const [oldest = dueAt] = underWay.values();
    recorder.closeBefore(oldest - startedAt);
    onProgress(now - beganAt);
  }
  await Promise.all(underWay.keys());
}

/** Lets answers in between, too, when it is behind and has no time to wait. */
function realTiming(): Timing {
  const now = () => performance.now();
  let breathedAt = now();
  return {
    now,
    until: async (instant) => {
      const left = instant - now();
      if (left > earlyMs) await pause(Math.max(1, Math.floor(left)));
      else if (now() - breathedAt > 1) await breath();
      else return;
      breathedAt = now();
    },
  };
}
