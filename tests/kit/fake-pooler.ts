import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FakePooler {
  /** The database's URL by way of this. */
  readonly url: string;
  /** False: it lets everything through as it is, as if it were not there. */
  isThere: boolean;
  close(): void;
}

export interface FakePoolerOptions {
  /** Takes no start-up parameter but its own. */
  readonly isStrict?: boolean;
  /** Calls the prepared statements of its clients otherwise. */
  readonly renames?: boolean;
}

/**
 * What a pooler lets its clients see, on machines that have none: an id of its own for the process behind
 * a connection. Each client has its server all the same.
 */
export async function fakePooler(
  databaseUrl: string,
  { isStrict = false, renames = false }: FakePoolerOptions = {},
): Promise<FakePooler> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const state = { isThere: true };
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => other.destroy());
    }
    if (!state.isThere) return near.pipe(far).pipe(near);
    near.on('data', (chunk: Buffer) => {
      if (isStrict && chunk.includes('statement_timeout\0')) near.end(refusal);
      else far.write(renames ? renamed(chunk) : chunk);
    });
    far.on('data', (chunk: Buffer) => near.write(withOtherId(chunk)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return Object.assign(state, { url: url.href, close });
}

/** BackendKeyData: a type, a length of 12, the id of the process and a secret. */
const keyData = Buffer.from([0x4b, 0, 0, 0, 12]);

function withOtherId(chunk: Buffer): Buffer {
  const at = chunk.indexOf(keyData);
  if (at === -1) return chunk;
  const other = Buffer.from(chunk);
  other.writeInt32BE(-1 - other.readInt32BE(at + 5), at + 5);
  return other;
}

/** Where the probe prepares its statement, and nowhere else. */
function renamed(chunk: Buffer): Buffer {
  if (!chunk.includes('select 1\0')) return chunk;
  return Buffer.from(chunk.toString('latin1').replaceAll('probe_', 'other_'), 'latin1');
}

const fields = ['SFATAL', 'C08P01', 'Munsupported startup parameter: statement_timeout', '', ''];
const body = Buffer.from(fields.join('\0'));
const head = Buffer.alloc(5);
head.write('E');
head.writeInt32BE(body.length + 4, 1);
const refusal = Buffer.concat([head, body]);
