import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';

/** A stream that somebody reads, who keeps the ids alone. */
export interface Reader {
  readonly ids: readonly string[];
  readonly hasEnded: boolean;
  leave(): void;
}

const agent = new Agent({ keepAlive: false });

/** Open when it answers. @throws where it is refused. */
export async function openReader(url: string, headers: Record<string, string>): Promise<Reader> {
  const call = request(url, { agent, headers });
  call.end();
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`Refused: ${answer.statusCode}`);
  const ids: string[] = [];
  const state = { hasEnded: false };
  let rest = '';
  answer.setEncoding('utf8');
  answer.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('id: ')) ids.push(line.slice(4));
  });
  answer.on('close', () => {
    state.hasEnded = true;
  });
  // Whoever leaves hears that it was cut.
  answer.on('error', () => {});
  call.on('error', () => {});
  return {
    ids,
    get hasEnded() {
      return state.hasEnded;
    },
    leave: () => call.destroy(),
  };
}
