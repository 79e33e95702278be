import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { addressOf } from './scrape.ts';

/** What a receiver of webhooks got. */
export interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly path: string;
}

/** What it does: a status, or whatever else. */
export type Manner = number | ((req: IncomingMessage, res: ServerResponse) => void);

export interface Receiver {
  readonly url: string;
  readonly got: Received[];
  /** From now on, or for the next requests in turn. */
  behave(...manners: Manner[]): void;
  close(): Promise<void>;
}

/** A receiver of webhooks on this machine; it answers 204 unless told otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const got: Received[] = [];
  let manners: Manner[] = [204];
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = await text(req).catch(() => '');
    got.push({ headers: req.headers as Record<string, string>, body, path: req.url ?? '' });
    const [manner = 204] = manners;
    if (manners.length > 1) manners = manners.slice(1);
    if (typeof manner === 'function') manner(req, res);
    else res.writeHead(manner).end();
  };
  const server = createServer((req, res) => void answer(req, res));
  return {
    url: `${await addressOf(server)}/hook`,
    got,
    behave: (...next) => {
      manners = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
