import { document, operation, type Pair, text } from '../documents.ts';

const at = 'POST /things';
const event = (permission: string) => {
  return document(
    {},
    { webhooks: { made: { post: { 'x-readable-with': permission, responses: {} } } } },
  );
};
const kept = (seconds: number) => operation({ 'x-cache': { by: 'caller', seconds } });
const versioned = (version: string) => operation({}, { info: { title: 'Things', version } });

/** A mark that comes, and one that goes. */
const both = (mark: object, added: string, removed: string): Pair[] => [
  [`${Object.keys(mark).join()} comes`, operation({}), operation({ ...mark }), `${added} at ${at}`],
  [
    `${Object.keys(mark).join()} goes`,
    operation({ ...mark }),
    operation({}),
    `${removed} at ${at}`,
  ],
];

export const markPairs: readonly Pair[] = [
  ...both({ 'x-permission': 'things:make' }, 'permission-added', 'permission-dropped'),
  [
    'another permission',
    operation({ 'x-permission': 'a' }),
    operation({ 'x-permission': 'b' }),
    `permission-added at ${at}`,
  ],
  ...both({ 'x-recent-login': true }, 'stricter-sign-in', 'looser-sign-in'),
  ...both({ 'x-in-person': true }, 'stricter-sign-in', 'looser-sign-in'),
  ...both({ 'x-limit': 'credentials' }, 'limit-tightened', 'limit-loosened'),
  [
    'a stricter limit',
    operation({ 'x-limit': 'read' }),
    operation({ 'x-limit': 'write' }),
    `limit-tightened at ${at}`,
  ],
  [
    'a smaller number',
    operation({ 'x-limit': 60 }),
    operation({ 'x-limit': 30 }),
    `limit-tightened at ${at}`,
  ],
  ...both({ 'x-idempotency': 'once' }, 'idempotency-added', 'idempotency-removed'),
  [
    'another way to send again',
    operation({ 'x-idempotency': 'replays' }),
    operation({ 'x-idempotency': 'once' }),
    `idempotency-changed at ${at}`,
  ],
  ...both({ 'x-idempotency-key': 'required' }, 'key-became-required', 'key-became-optional'),
  ...both({ 'x-conditional': true }, 'conditions-added', 'conditions-removed'),
  ...both({ 'x-staleness': 'bounded' }, 'staleness-added', 'staleness-removed'),
  ...both({ 'x-page': true }, 'pages-added', 'pages-removed'),
  ...both({ 'x-errors': 'oauth' }, 'refusals-reshaped', 'refusals-reshaped'),
  ...both({ 'x-credentials': 'keep' }, 'credentials-reshaped', 'credentials-reshaped'),
  ...both({ 'x-live': true }, 'streaming-changed', 'streaming-changed'),
  ['answers that are kept for longer', kept(60), kept(600), `keeping-changed at ${at}`],
  ['other listeners', event('a'), event('b'), 'audience-changed at webhook made'],
  ...both({ 'x-of-others': 1 }, 'extension-changed', 'extension-changed'),
  [
    'an older version',
    versioned('1.10.0'),
    versioned('1.9.0'),
    'version-went-back at the document',
  ],
  [
    'another version of OpenAPI',
    operation({}),
    { ...operation({}), openapi: '3.0.3' },
    'oas-version-changed at the document',
  ],
  [
    'what every answer has',
    operation({}, { 'x-every-answer': { Vary: { schema: text } } }),
    operation({}, { 'x-every-answer': {} }),
    'header-removed at every answer, header vary',
  ],
  [
    'what every answer says to browsers',
    operation({}, { 'x-every-answer': { Vary: { schema: { const: 'a' } } } }),
    operation({}, { 'x-every-answer': { Vary: { schema: { const: 'b' } } } }),
    'extension-changed at every answer',
  ],
  [
    'what the server refuses by itself',
    operation({}, { 'x-server-answers': {} }),
    operation({}, { 'x-server-answers': { 408: {} } }),
    'refusal-status-added at the server itself: 408',
  ],
];
