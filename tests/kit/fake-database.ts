import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';

/** Says one thing to whoever connects: for states of PostgreSQL that cannot be held still. */
export function fakeDatabase(answer: (socket: Socket) => void): Promise<string> {
  return at(
    createServer((socket) => socket.on('error', () => {}).once('data', () => answer(socket))),
  );
}

/** Refuses every connection, in the words of the protocol: `FATAL`, an SQLSTATE and a message. */
export function refusingDatabase(code: string, message: string): Promise<string> {
  return fakeDatabase((socket) => socket.end(errorResponse({ S: 'FATAL', C: code, M: message })));
}

/** Takes connections and never says a word, as behind a firewall that drops packets. */
export function silentDatabase(): Promise<string> {
  return at(createServer((socket) => socket.on('error', () => {})));
}

/** Speaks TLS with a certificate that it made itself. */
export function selfSignedDatabase(): Promise<string> {
  const certificate = selfSigned();
  return fakeDatabase((socket) => {
    socket.write('S');
    new TLSSocket(socket, { isServer: true, ...certificate }).on('error', () => {});
  });
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html, ErrorResponse */
function errorResponse(fields: Record<string, string>): Buffer {
  const text = Object.entries(fields).map(([kind, value]) => `${kind}${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'charter-certificate-'));
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', ...kind, ...files, '-subj', '/CN=localhost'], {
    stdio: 'ignore',
  });
  const key = readFileSync(join(folder, 'key.pem'));
  const cert = readFileSync(join(folder, 'certificate.pem'));
  rmSync(folder, { recursive: true });
  return { key, cert };
}

async function at(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `postgres://charter:hunter2@127.0.0.1:${port}/charter`;
}
