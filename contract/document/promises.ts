import * as z from 'zod';
import { type HeaderName, headers, onEveryAnswer } from '../kit/headers.ts';
import type { Json } from '../kit/json.ts';
import type { Operation } from '../kit/operations.ts';
import { described } from './bodies.ts';
import type { Answer } from './refusals.ts';

/** The answers that an operation declares, by status: all but its refusals. */
export function promised(
  operation: Operation,
  sketches: Record<string, Json>,
): Record<string, Answer> {
  const { route, sends, locate, streams, isLive, conditional, idempotency } = operation;
  const answers = Object.entries(route.responses).map(([status, schema]) => {
    const content = sketches[status]?.content as Record<string, Json> | undefined;
    const body = bodyOf(status, schema, content ?? {}, operation);
    const own: HeaderName[] = [
      ...(status === '201' && locate ? (['Location'] as const) : []),
      ...(streams && !isLive ? (['Content-Disposition'] as const) : []),
      ...(isLive ? (['X-Accel-Buffering'] as const) : []),
      ...(status === '200' && conditional ? (['ETag'] as const) : []),
      ...(idempotency?.keeps === 'answer' ? (['Idempotency-Replayed'] as const) : []),
    ];
    const told = refer([...usual(operation), ...own, ...sends]);
    return [status, { ...body, headers: { ...told, ...keptHeaders(operation) } }];
  });
  const notModified = {
    description: 'It still is what `If-None-Match` names; there is nothing to say.',
    headers: { ...refer([...usual(operation), 'ETag']), ...keptHeaders(operation) },
  };
  return { ...Object.fromEntries(answers), ...(conditional?.isRead && { 304: notModified }) };
}

/** The headers that every answer of the operation has, whatever its status. */
export function usual({ headers }: Operation): HeaderName[] {
  return [...onEveryAnswer, ...headers];
}

export function refer(names: readonly HeaderName[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** Word for word, where a good answer may be kept: proxies go by it. */
function keptHeaders({ cacheControl, vary }: Operation): Json {
  if (cacheControl === 'no-store') return {};
  const schema = { type: 'string', enum: [cacheControl] };
  return {
    'Cache-Control': { ...headers['Cache-Control'], schema },
    ...(vary === undefined ? {} : refer(['Vary'])),
  };
}

const goOn = 'Go on at the address in `Location`.';

function bodyOf(
  status: string,
  schema: unknown,
  content: Record<string, Json>,
  { route, streams }: Operation,
) {
  if (!(schema instanceof z.ZodType)) {
    return { description: status === '303' ? goOn : 'Done; there is nothing to say.' };
  }
  if (!streams) return described(schema, content, route);
  const [media] = Object.values(content) as { schema: Json }[];
  const { description = '', ...bytes } = media?.schema ?? {};
  return {
    description: String(description),
    content: Object.fromEntries(streams.map((type) => [type, { schema: bytes }])),
  };
}
