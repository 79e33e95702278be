import { Connection } from './connection.ts';
import type { Outcome, Prepare, Run } from './order.ts';

// A process of its own, so that the load is not on the server's bill.

const prepared = new Map<string, Buffer[]>();

process.on('message', (order: Prepare | Run) => {
  if (order.kind === 'prepare') {
    prepared.set(
      order.name,
      order.requests.map((request) => Buffer.from(request)),
    );
    return;
  }
  run(order).then(
    (outcome) => process.send?.(outcome),
    (error: Error) => process.send?.({ id: order.id, failure: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));

async function run(order: Run): Promise<Outcome> {
  const requests = prepared.get(order.name);
  if (!requests) throw new Error(`No requests were prepared under ${order.name}`);
  const times: number[] = [];
  let sent = 0;
  // The first request starts the clock: a machine that is busy connecting has not begun.
  let startedAt = 0;
  const source = {
    next: () => {
      const now = performance.now();
      startedAt ||= now;
      if (sent >= order.count || now >= startedAt + order.seconds * 1000) return undefined;
      sent += 1;
      return requests[nextIndex(order.name, requests.length)];
    },
    answered: ({ status, milliseconds }: { status: number; milliseconds: number }) => {
      if (status !== order.status) throw new Error(`${order.name} was answered with ${status}`);
      times.push(milliseconds);
    },
  };
  const connections = Array.from({ length: order.connections }, (_, index) => {
    return new Connection(source, placeOf(order, index));
  });
  await Promise.all(connections.map(({ done }) => done));
  const seconds = (performance.now() - startedAt) / 1000;
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { id: order.id, count: sorted.length, seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

// Goes on where the round before ended: what a cache has seen longest ago comes next.
const positions = new Map<string, number>();

function nextIndex(name: string, length: number): number {
  const index = (positions.get(name) ?? 0) % length;
  positions.set(name, index + 1);
  return index;
}

/** Linux owns all of 127/8: every connection is then a caller of its own to limits by address. */
function placeOf({ ports, pauseMs }: Run, index: number) {
  const localAddress =
    process.platform === 'linux' ? { localAddress: `127.0.0.${(index % 200) + 2}` } : {};
  return { port: ports[index % ports.length] as number, pauseMs, localAddress };
}

process.on('uncaughtException', (error) => {
  process.stderr.write(`The load generator failed: ${error.message}\n`);
  process.exit(1);
});
