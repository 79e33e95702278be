import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';

export interface DatabaseProxy {
  /** The database's URL by way of this proxy. */
  readonly url: string;
  /** From now on nothing comes through, as with a stopped server; connections stay open. */
  pause(): void;
  /** Everything that was held back goes through. */
  resume(): void;
  /** From now on everything takes so much longer to get there; 0: no longer. */
  delay(ms: number): void;
  /** Connections break and new ones are refused at once, as with a server that has crashed. */
  cut(): void;
  mend(): void;
  close(): void;
}

/** Stands between the service and its database, and fails on demand. */
export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let state: 'open' | 'paused' | 'cut' = 'open';
  let delayMs = 0;
  const server = createServer((near) => {
    if (state === 'cut') return near.resetAndDestroy();
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket);
          (socket === near ? far : near).destroy();
        });
    }
    // One way only: what is asked arrives late, and the answer at once.
    near
      .pipe(late(() => delayMs))
      .pipe(far)
      .pipe(near);
    if (state === 'paused') hold([near, far]);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    pause: () => {
      state = 'paused';
      hold(sockets);
    },
    resume: () => {
      state = 'open';
      for (const socket of sockets) socket.resume();
    },
    delay: (ms) => {
      delayMs = ms;
    },
    cut: () => {
      state = 'cut';
      for (const socket of sockets) socket.resetAndDestroy();
    },
    mend: () => {
      state = 'open';
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function hold(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.pause();
}

/** Lets through what comes, in its order, so much later. */
function late(delayMs: () => number): Transform {
  let lastAt = 0;
  const waiting: (() => void)[] = [];
  const inTurn = (step: () => void) => {
    waiting.push(step);
    setTimeout(() => waiting.shift()?.(), Math.max(0, lastAt - performance.now()));
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      lastAt = Math.max(lastAt, performance.now() + delayMs());
      if (waiting.length === 0 && delayMs() === 0) return done(null, chunk);
      inTurn(() => this.push(chunk));
      done();
    },
    flush: inTurn,
  });
}
