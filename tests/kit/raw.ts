import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/**
 * Sends these bytes and nothing else, and reads until the server closes the connection. `ends`
 * also says that nothing more will come: at once, or after so many milliseconds (whoever says so while
 * an answer is being made gets none).
 */
export async function raw(
  url: string,
  bytes: string | Buffer,
  { ends = false, endsAfterMs }: { ends?: boolean; endsAfterMs?: number } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A server that closes while we still write is one of the things that tests look at.
  socket.on('error', () => {});
  if (ends) socket.end(bytes);
  else socket.write(bytes);
  const ending = endsAfterMs && setTimeout(() => socket.end(), endsAfterMs);
  await once(socket, 'close').finally(() => clearTimeout(ending));
  return readAnswer(Buffer.concat(chunks).toString('latin1'));
}

/** A request as text; asks the server to close the connection, so that the answer has an end. */
export function requestText(
  start: string,
  headers: Record<string, string> = {},
  body = '',
): string {
  const lines = Object.entries({ Host: 'localhost', Connection: 'close', ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${start} HTTP/1.1\r\n${head}\r\n${body}`;
}

function readAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines
      .map((line) => line.split(/:\s*(.*)/s))
      .map(([name = '', value = '']) => [name.toLowerCase(), value]),
  );
  const body = text.slice(end + 4);
  return {
    status: Number(start.split(' ')[1]),
    headers,
    text: body,
    get json() {
      return JSON.parse(body) as Record<string, unknown>;
    },
  };
}
