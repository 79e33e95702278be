import type { Operation } from '../../contract/kit/operations.ts';
import { badPaths, badQueries } from '../generated/bad-addresses.ts';
import { type Bad, badBodies } from '../generated/bad-bodies.ts';
import { goodInput } from '../generated/good-input.ts';
import { harmless, worthless } from '../generated/odd-headers.ts';
import { oddTexts } from '../generated/odd-text.ts';
import type { Chance } from './chance.ts';
import { type Input, operations, requestOf } from './operations.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** What a request is made from. */
interface Draft {
  readonly method: string;
  readonly address: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** The requests of the generated tests, bad and good, as a place to begin. */
const seeds = new Map<Operation, readonly Input[]>();

function seedsOf(operation: Operation): readonly Input[] {
  const known = seeds.get(operation);
  if (known) return known;
  const inputOf = ({ input }: Pick<Bad, 'input'>) => input;
  const all = [
    goodInput(operation),
    ...[badBodies, badPaths, badQueries].flatMap((list) => list(operation).map(inputOf)),
    ...oddTexts(operation, {}).map(inputOf),
  ];
  seeds.set(operation, all);
  return all;
}

/** A request as bytes: one that somebody thought of, and then a few accidents. */
export function fuzzedRequest(chance: Chance, credentials: readonly Headers[]): Buffer {
  const operation = chance.of(operations);
  const input = chance.of(seedsOf(operation));
  const [address, { method = 'GET', headers, body }] = requestOf(operation, input);
  const sent = Object.fromEntries(headers as [string, string][]);
  const draft: Draft = {
    method,
    address,
    headers: { ...sent, ...chance.of([{}, ...credentials, ...credentials]) },
    body: Buffer.from((body as string | Uint8Array | undefined) ?? ''),
  };
  const times = chance.below(4);
  let changed = draft;
  for (let time = 0; time < times; time += 1) changed = chance.of(accidents)(changed, chance);
  const bytes = onWire(changed, chance);
  return chance.oneIn(6) ? scrambled(bytes, chance) : bytes;
}

type Accident = (draft: Draft, chance: Chance) => Draft;

const accidents: readonly Accident[] = [
  (draft, chance) => ({ ...draft, body: scrambled(draft.body, chance) }),
  (draft, chance) => ({
    ...draft,
    body: draft.body.subarray(0, chance.below(draft.body.length + 1)),
  }),
  (draft, chance) => ({ ...draft, body: spliced(draft.body, chance) }),
  (draft, chance) => ({
    ...draft,
    address: spliced(Buffer.from(draft.address), chance)
      .toString('latin1')
      .replaceAll(/[\r\n ]/g, '+'),
  }),
  (draft, chance) => ({ ...draft, method: chance.of(methods) }),
  (draft, chance) => ({ ...draft, headers: { ...draft.headers, ...chance.of(harmless) } }),
  (draft, chance) => ({ ...draft, headers: { ...draft.headers, ...chance.of(worthless) } }),
  (draft, chance) => ({ ...draft, headers: { ...draft.headers, ...chance.of(oddities) } }),
];

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PURGE',
  'get',
];

const oddities: readonly Headers[] = [
  { 'Content-Type': 'application/json; charset=utf-7' },
  { 'Content-Type': 'multipart/form-data; boundary=' },
  { 'Content-Encoding': 'gzip' },
  { Expect: '100-continue' },
  { Expect: 'the unexpected' },
  { Accept: 'text/html;q=0.1, */*;q=0' },
  { Accept: `application/json;${'q=1;'.repeat(500)}` },
  { Host: 'a, b' },
  { Host: '' },
  { Origin: 'null' },
  { Cookie: 'session=; session=a; __proto__=b' },
  { 'If-Match': '"", W/"x", *' },
  { 'If-None-Match': '"'.repeat(300) },
  { 'Idempotency-Key': '\u00e9'.repeat(300) },
  { 'X-Request-Id': 'a'.repeat(2_000) },
  { 'Transfer-Encoding': 'chunked' },
  { 'Transfer-Encoding': 'gzip, chunked' },
  { 'Content-Length': '-1' },
  { 'Content-Length': '99999999999999999999' },
  { Upgrade: 'websocket', Connection: 'upgrade' },
];

/** What means something to a parser of some kind. */
const tokens = [
  '\0',
  '\r\n',
  '\u2028',
  '\ud800',
  '%00',
  '%',
  '..',
  '//',
  '{"',
  '}',
  '[[',
  '"',
  '\\',
  '\\u0000',
  '1e999',
  '-0',
  'null',
  '__proto__',
  'constructor',
  '$ne',
  "'--",
  '$' + '{x}',
  '\u00ff'.repeat(40),
].map((text) => Buffer.from(text));

function spliced(bytes: Buffer, chance: Chance): Buffer {
  const at = chance.below(bytes.length + 1);
  const skip = chance.below(4);
  return Buffer.concat([bytes.subarray(0, at), chance.of(tokens), bytes.subarray(at + skip)]);
}

function scrambled(bytes: Buffer, chance: Chance): Buffer {
  const copy = Buffer.from(bytes);
  const times = 1 + chance.below(8);
  for (let time = 0; time < times && copy.length > 0; time += 1) {
    copy[chance.below(copy.length)] = chance.below(256);
  }
  return copy;
}

/** Its length is said as it is, unless an accident says otherwise. */
function onWire({ method, address, headers, body }: Draft, chance: Chance): Buffer {
  const length = body.length > 0 ? { 'Content-Length': String(body.length) } : {};
  const all: Headers = { Host: 'localhost', Connection: 'close', ...length, ...headers };
  const lines = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`);
  const version = chance.oneIn(50) ? 'HTTP/1.0' : 'HTTP/1.1';
  const head = [`${method} ${address} ${version}`, ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
