import { createServer as createTcpServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Destinations } from '../../../server/platform/outgoing/destinations.ts';
import { type Post, post } from '../../../server/platform/outgoing/post.ts';
import { type Receiver, startReceiver } from '../../kit/receiver.ts';
import { selfSigned } from '../../kit/self-signed.ts';
import { tlsServer } from '../identity-providers/tls-server.ts';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

const home = new Destinations({ allowedNetworks: ['127.0.0.0/8', '::1/128'] });
const abroad = new Destinations({ allowedNetworks: [] });
const lasting = new AbortController().signal;

/** As long as a busy machine may need. */
const send = (more: Partial<Post> = {}, destinations = home) =>
  post(
    { url: receiver.url, headers: {}, body: '{}', timeoutMs: 60_000, signal: lasting, ...more },
    destinations,
  );

/** Who answers by bytes of their own; `http://localhost:port/`. */
async function rawServer(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
}

/** Writes one thing after the other, for as long as somebody reads. */
function flood(socket: Socket, chunk: string): void {
  const write = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', write);
  write();
}

describe('what is sent', () => {
  it('arrives as it is, and the status is told', async () => {
    receiver.behave(201);
    expect(await send({ headers: { 'x-own': 'yes' }, body: '{"a":"ü"}' })).toEqual({ status: 201 });
    expect(receiver.got.at(-1)).toMatchObject({
      body: '{"a":"ü"}',
      headers: { 'x-own': 'yes', 'content-length': '10' },
    });
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect by %i', async (status) => {
    receiver.got.length = 0;
    receiver.behave((_req, res) => void res.writeHead(status, { location: '/other' }).end());
    expect(await send()).toEqual({ status });
    expect(receiver.got.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('tells when it is told to end', async () => {
    const stop = new AbortController();
    receiver.behave(() => stop.abort());
    await expect(send({ signal: stop.signal })).rejects.toThrow();
  });
});

describe('a receiver that', () => {
  const hasty = { timeoutMs: 150 };

  it('hangs has an end', async () => {
    receiver.behave(() => {});
    expect(await send(hasty)).toEqual({ failure: 'timed_out' });
  });

  it('trickles its head has an end', async () => {
    const url = await rawServer((socket) => {
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await send({ ...hasty, url })).toMatchObject({ failure: expect.any(String) });
  });

  it('answers hints without end has an end', async () => {
    const url = await rawServer((socket) => flood(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n'));
    expect(await send({ ...hasty, url })).toMatchObject({ failure: expect.any(String) });
  });

  it('sends a head without end is cut off', async () => {
    const url = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      flood(socket, `X-More: ${'x'.repeat(1_000)}\r\n`);
    });
    expect(await send({ url })).toEqual({ failure: 'invalid_answer' });
  });

  it('sends ten gigabytes has answered all the same, and is not read', async () => {
    let written = 0;
    const chunk = 'x'.repeat(65_536);
    const url = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n');
      flood(socket, chunk);
      socket.on('close', () => {
        written = socket.bytesWritten;
      });
    });
    expect(await send({ url })).toEqual({ status: 200 });
    expect(written).toBeLessThan(100_000_000);
  });

  it('never ends its body has answered all the same', async () => {
    const url = await rawServer((socket) => {
      socket.write('HTTP/1.1 204 No Content\r\n\r\n');
    });
    expect(await send({ url })).toEqual({ status: 204 });
  });

  it('hangs up is told of', async () => {
    const url = await rawServer((socket) => void socket.resetAndDestroy());
    expect(await send({ url })).toEqual({ failure: 'connection_lost' });
  });

  it('answers a number that is no status is told of', async () => {
    const url = await rawServer((socket) => socket.end('HTTP/1.1 000 x\r\n\r\n'));
    expect(await send({ url })).toEqual({ failure: 'invalid_answer' });
  });

  it('speaks something else is told of', async () => {
    const url = await rawServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(await send({ url })).toEqual({ failure: 'invalid_answer' });
  });

  it('is not there is told of', async () => {
    expect(await send({ url: 'http://127.0.0.1:1/' })).toEqual({ failure: 'address_refused' });
    expect(await send({ url: 'http://127.0.0.1:1025/' })).toEqual({ failure: 'not_reachable' });
    const nowhere = { url: 'https://nowhere.invalid/' };
    expect(await send(nowhere)).toEqual({ failure: 'name_not_found' });
  });

  it('has a certificate that nobody vouches for is told of', async () => {
    const port = await tlsServer(selfSigned('localhost'));
    expect(await send({ url: `https://localhost:${port}/` })).toEqual({ failure: 'tls_failed' });
  });

  it('hangs before its certificate has an end', async () => {
    const url = await rawServer(() => {});
    const slow = { ...hasty, url: url.replace('http:', 'https:') };
    expect(await send(slow)).toEqual({ failure: 'timed_out' });
  });
});

describe('where it goes', () => {
  it.each([
    ...['127.0.0.1', '0x7f.1', '0177.0.0.1', '2130706433', '127.1', '127.0.0.1.', '0.0.0.0'],
    ...['１２７.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]'],
    ...['[2002:7f00:1::]', '[fd00::1]', '[fe80::1]', '[fec0::1]', '[ff02::1]', '[::]'],
    ...['169.254.169.254', '100.64.0.1', '10.0.0.1', '172.31.0.1', '192.168.0.1', '224.0.0.1'],
    'localhost',
  ])('is never %s', async (host) => {
    receiver.got.length = 0;
    const { port } = new URL(receiver.url);
    for (const protocol of ['https', 'http']) {
      const url = `${protocol}://${host}:${port}/`;
      expect(await send({ url }, abroad)).toEqual({ failure: 'address_refused' });
    }
    expect(receiver.got).toEqual([]);
  });

  it('is judged by what is connected to, however the name is answered the next time', async () => {
    const answers = ['93.184.216.34', '127.0.0.1'];
    const asked: string[] = [];
    const turning = ((_host: string, _options: object, done: (...args: unknown[]) => void) => {
      const address = answers.shift() ?? '127.0.0.1';
      asked.push(address);
      done(null, [{ address, family: 4 }]);
    }) as never;
    const destinations = new Destinations({ allowedNetworks: [], lookup: turning });
    const { port } = new URL(receiver.url);
    const url = `https://rebinding.example.com:${port}/`;
    receiver.got.length = 0;
    // The first answer is what is connected to: nobody is asked twice.
    await send({ url, timeoutMs: 50 }, destinations);
    expect(asked).toEqual(['93.184.216.34']);
    expect(await send({ url }, destinations)).toEqual({ failure: 'address_refused' });
    expect(receiver.got).toEqual([]);
  });

  it('is nowhere where one of several addresses is private', async () => {
    const mixed = ((_host: string, _options: object, done: (...args: unknown[]) => void) =>
      done(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '::ffff:10.0.0.1', family: 6 },
      ])) as never;
    const destinations = new Destinations({ allowedNetworks: [], lookup: mixed });
    const url = 'https://mixed.example.com/';
    expect(await send({ url }, destinations)).toEqual({ failure: 'address_refused' });
  });

  it('is a network that was named, by http as well, and no other one by http', async () => {
    receiver.behave(204);
    const named = new Destinations({ allowedNetworks: ['127.0.0.1'] });
    expect(await send({}, named)).toEqual({ status: 204 });
    expect(await send({ url: 'http://93.184.216.34/' }, named)).toEqual({
      failure: 'address_refused',
    });
  });

  it.each(['ftp://example.com/', 'https://a:b@example.com/', 'https://example.com:25/'])(
    'is never %s',
    async (url) => {
      expect(await send({ url })).toEqual({ failure: 'address_refused' });
    },
  );
});
