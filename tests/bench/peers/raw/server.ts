import { randomUUIDv7 } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import pg from 'pg';
import { announce } from '../announce.ts';
import { type PersonRow, viewPerson } from '../person.ts';
import { findPerson, insertPerson, listPeople } from '../sql.ts';
import { constant, pageSize, poolSize, prefix, readWorld } from '../world.ts';
import { callerOf } from './credentials.ts';
import { checkedPerson, isUuid, Refusal } from './validate.ts';

// node:http and pg by hand, as fast as ordinary code gets without a framework: the limit.

const pool = new pg.Pool({ connectionString: readWorld().databaseUrl, max: poolSize });

function send(res: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  res.end(text);
}

async function readPerson(id: string): Promise<PersonRow> {
  if (!isUuid(id)) throw new Refusal(422);
  const { rows } = await pool.query<PersonRow>({ ...findPerson, values: [id] });
  if (!rows[0]) throw new Refusal(404);
  return rows[0];
}

async function readPage(query: string): Promise<PersonRow[]> {
  const parameters = new URLSearchParams(query);
  const after = parameters.get('after') ?? '';
  if (parameters.size !== 1 || !isUuid(after)) throw new Refusal(422);
  const { rows } = await pool.query<PersonRow>({ ...listPeople, values: [after, pageSize] });
  return rows;
}

async function create(req: IncomingMessage): Promise<PersonRow> {
  const { fullName, email, city, score, isActive } = checkedPerson(JSON.parse(await textOf(req)));
  const values = [city, new Date(), email, fullName, randomUUIDv7(), isActive, score];
  const { rows } = await pool.query<PersonRow>({ ...insertPerson, values });
  return rows[0] as PersonRow;
}

function textOf(req: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    req.setEncoding('utf8');
    req.on('data', (chunk) => {
      text += chunk;
    });
    req.on('end', () => resolve(text));
    req.on('error', reject);
  });
}

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const [path = '', query = ''] = (req.url ?? '').slice(prefix.length).split('?');
  const isPost = req.method === 'POST';
  if (path === '/constant') send(res, 200, constant);
  else if (path === '/people' && isPost) send(res, 201, viewPerson(await create(req)));
  else if (path === '/people') send(res, 200, { items: (await readPage(query)).map(viewPerson) });
  else if (path === '/mine')
    send(res, 200, viewPerson(await readPerson(await callerOf(pool, req))));
  else if (path.startsWith('/people/')) send(res, 200, viewPerson(await readPerson(path.slice(8))));
  else throw new Refusal(404);
}

const server = createServer((req, res) => {
  answer(req, res).catch((error: unknown) => {
    const status = error instanceof Refusal ? error.status : 500;
    send(res, status, { status, title: error instanceof Refusal ? error.message : 'Failed' });
  });
});
announce(server);
