import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { startApp, type TestApp } from './app.ts';

export interface CountedApp extends TestApp {
  /**
   * The SQL that PostgreSQL is told to execute while the work is done, in order, `begin` and
   * `commit` included. Read from the wire: nothing escapes, however a client prepares, compiles or
   * pipelines its statements.
   */
  statementsDuring(work: () => Promise<unknown>): Promise<string[]>;
}

// What no request asks for: knex greets a new connection, revocations are listened and polled for.
const housekeeping = /^(select version\(\)|listen |select pg_snapshot_xmin)/;

/** The real app, with an ear between it and its database. */
export async function startCountedApp(settings: Record<string, string> = {}): Promise<CountedApp> {
  const executed: string[] = [];
  const tap = await openTap((sql) => {
    if (!housekeeping.test(sql)) executed.push(sql);
  });
  const app = await startApp(settings, { route: tap.route });
  return {
    ...app,
    statementsDuring: async (work) => {
      const { length } = executed;
      await work();
      return executed.slice(length);
    },
    close: async () => {
      await app.close();
      tap.close();
    },
  };
}

async function openTap(onExecuted: (sql: string) => void) {
  const target = { port: 0, hostname: '' };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target.port, target.hostname);
    near.on('data', frontendReader(onExecuted));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay().on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    /** The same database, by way of the tap. */
    route: async (databaseUrl: string) => {
      const url = new URL(databaseUrl);
      Object.assign(target, { port: Number(url.port), hostname: url.hostname });
      url.hostname = '127.0.0.1';
      url.port = String((server.address() as AddressInfo).port);
      return url.href;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Follows what a client says (PostgreSQL's protocol, "Message Formats"): Query and Execute. */
function frontendReader(onExecuted: (sql: string) => void): (chunk: Buffer) => void {
  const prepared = new Map<string, string>();
  const bound = new Map<string, string>();
  const readers: Record<string, (first: string, second: string) => void> = {
    Q: (sql) => onExecuted(sql),
    P: (name, sql) => prepared.set(name, sql),
    B: (portal, name) => bound.set(portal, prepared.get(name) ?? `unknown statement ${name}`),
    E: (portal) => onExecuted(bound.get(portal) ?? `unknown portal ${portal}`),
  };
  let pending = Buffer.alloc(0);
  // The first message has no type: it asks for the database.
  let typeBytes = 0;
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= typeBytes + 4) {
      const end = typeBytes + pending.readInt32BE(typeBytes);
      if (pending.length < end) return;
      const type = typeBytes === 1 ? String.fromCharCode(pending[0] ?? 0) : '';
      const [first = '', second = ''] = pending.toString('utf8', typeBytes + 4, end).split('\0', 2);
      readers[type]?.(first, second);
      pending = pending.subarray(end);
      typeBytes = 1;
    }
  };
}
