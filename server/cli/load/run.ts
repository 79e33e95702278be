import type { Account } from './accounts.ts';
import { arrivals, seededRandom } from './arrivals.ts';
import { Callers } from './callers.ts';
import { generate } from './generator.ts';
import { intervalSecondsOf, type Order } from './order.ts';
import type { Progress } from './progress.ts';
import { Recorder } from './recorder.ts';
import type { StoredRun } from './run-file.ts';
import { requestsOf } from './scenarios.ts';
import { Sender } from './sender.ts';

interface RunOptions {
  readonly url: string;
  readonly order: Order;
  readonly accounts: readonly Account[];
  readonly progress: Progress;
  readonly warn: (line: string) => void;
}

/** Signs in, sends, and tells what came of it. Whoever interrupts it gets what there is until then. */
export async function runLoad(options: RunOptions): Promise<StoredRun> {
  const { url, order, accounts, progress, warn } = options;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  const sender = new Sender(url, {
    connections: order.connections,
    timeoutMs: order.timeoutSeconds * 1_000,
  });
  const callers = new Callers(url);
  try {
    if (order.scenario !== 'login-storm') {
      const wanted = accounts.slice(0, order.callers);
      await callers.signIn(wanted, (done) => progress.signedIn(done, wanted.length));
      if (callers.shortage) warn(callers.shortage);
    }
    // A second time ends it at once, as it would without us.
    process.once('SIGINT', interrupt);
    const startedAt = new Date().toISOString();
    const recorder = new Recorder({ intervalSeconds: intervalSecondsOf(order) });
    await send({ ...options, callers, sender, recorder, signal: stop.signal });
    const { warmUpSeconds: _warmUp, maxFailureShare: _share, ...asked } = order;
    return {
      ...{ format: 'load-run-1', url, ...asked, callers: callers.list.length, startedAt },
      isEndedEarly: stop.signal.aborted,
      ...recorder.measured(),
    } as const;
  } finally {
    process.off('SIGINT', interrupt);
    callers.close();
    await sender.close();
  }
}

interface Sending extends RunOptions {
  readonly callers: Callers;
  readonly sender: Sender;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

function send({ order, accounts, callers, sender, recorder, signal, progress }: Sending) {
  const { rate, seconds, warmUpSeconds, isEven, timeoutSeconds } = order;
  // When and what are drawn apart: another scenario comes at the same instants.
  const cast = { callers: callers.list, accounts, random: seededRandom(2) };
  return generate({
    arrivals: arrivals({
      rate,
      seconds: warmUpSeconds + seconds,
      isEven,
      random: seededRandom(1),
    }),
    warmUpMs: warmUpSeconds * 1_000,
    next: requestsOf(order.scenario, cast),
    send: (request, dueAt) => sender.send(request, dueAt),
    recorder,
    timeoutMs: timeoutSeconds * 1_000,
    signal,
    onProgress: (elapsedMs) => progress.at(elapsedMs / 1_000, recorder.counts),
  });
}
