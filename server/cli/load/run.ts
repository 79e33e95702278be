import type { Terminal } from '../terminal.ts';
import type { Account } from './accounts.ts';
import { arrivals, seededRandom } from './arrivals.ts';
import { Callers } from './callers.ts';
import { generate } from './generator.ts';
import { intervalSecondsOf, type Order } from './order.ts';
import { Recorder } from './recorder.ts';
import type { StoredRun } from './run-file.ts';
import { requestsOf } from './scenarios.ts';
import { Sender } from './sender.ts';

interface RunOptions {
  readonly url: string;
  readonly order: Order;
  readonly accounts: readonly Account[];
  readonly terminal: Pick<Terminal, 'progress' | 'err'>;
}

/** Signs in, sends, and tells what came of it. Whoever interrupts it gets what there is until then. */
export async function runLoad(options: RunOptions): Promise<StoredRun> {
  const { url, order, terminal } = options;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  const sender = new Sender(url, {
    connections: order.connections,
    timeoutMs: order.timeoutSeconds * 1_000,
  });
  const callers = new Callers(url);
  try {
    const wanted = options.accounts.slice(0, order.callers);
    const bar = terminal.progress('signing in', wanted.length);
    await callers.signIn(wanted, (done) => bar.at(done)).finally(() => bar.end());
    for (const shortage of callers.shortages) terminal.err(shortage);
    // A second time ends it at once, as it would without us.
    process.once('SIGINT', interrupt);
    const startedAt = new Date().toISOString();
    const recorder = new Recorder({ intervalSeconds: intervalSecondsOf(order) });
    await send({ ...options, callers, sender, recorder, signal: stop.signal });
    const { maxFailureShare: _share, ...asked } = order;
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

async function send({ order, callers, sender, recorder, signal, terminal }: Sending) {
  const { rate, seconds, warmUpSeconds, isEven } = order;
  // When and what are drawn apart: another scenario comes at the same instants.
  const cast = { callers: callers.list, random: seededRandom(2) };
  const total = warmUpSeconds + seconds;
  const bar = terminal.progress('seconds', total);
  await generate({
    arrivals: arrivals({
      rate,
      seconds: total,
      isEven,
      random: seededRandom(1),
    }),
    warmUpMs: warmUpSeconds * 1_000,
    next: requestsOf(order.scenario, cast),
    send: (request, dueAt) => sender.send(request, dueAt),
    recorder,
    signal,
    onProgress: (elapsedMs) => {
      const { good, limited, failed } = recorder.counts;
      const answers = `${good} good, ${limited} limited, ${failed} failed`;
      bar.at(Math.min(total, Math.round(elapsedMs / 1_000)), answers);
    },
  }).finally(() => bar.end());
}
