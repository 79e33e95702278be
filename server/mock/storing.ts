import type { Json } from '../../contract/kit/json.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import { problem } from '../platform/problem-error.ts';
import type { Asked } from './asked.ts';
import type { Collection } from './collection.ts';
import type { Placed } from './collections.ts';
import type { Described } from './described.ts';

interface StoringParts {
  readonly described: Described;
  /** Whether what is created, changed and removed stays so. */
  readonly isStateful: boolean;
  readonly now: () => Date;
}

/** What an operation does with the things of its address, and the one that it is about. */
export function store(
  operation: Operation,
  asked: Asked,
  { role, collection }: Placed,
  parts: StoringParts,
): Json | undefined {
  const things = collection(asked.params);
  if (role === 'list') return things.page(asked.query);
  if (role === 'create') return create(operation, things, asked, parts);
  const row = things.find(asked.id ?? '');
  if (!row) {
    if (parts.isStateful) throw problem('not_found');
    return undefined;
  }
  // What conditions make of a read is decided by its answer.
  if (role !== 'get' && asked.expects?.((one: Json) => one)?.(row) === false)
    throw problem('precondition_failed');
  if (role === 'remove' && parts.isStateful) things.remove(asked.id ?? '');
  return role === 'update' ? update(operation, things, { row, sent: asked.sent }, parts) : row;
}

function create({ problems }: Operation, things: Collection, { sent }: Asked, parts: StoringParts) {
  if (parts.isStateful) assertFree(things, problems, sent);
  const now = parts.now().toISOString();
  const made = parts.described.row(withId, `${now}/${things.size}`);
  const row = things.changed({ ...made, createdAt: now, updatedAt: now }, sent);
  if (parts.isStateful) things.add(row);
  return row;
}

const withId = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', format: 'uuid' } },
};

function update(
  { problems }: Operation,
  things: Collection,
  { row, sent }: { row: Json; sent: Json },
  { isStateful, now }: StoringParts,
): Json {
  if (isStateful) assertFree(things, problems, sent, row);
  const changed = things.changed(row, { ...sent, updatedAt: now().toISOString() });
  if (isStateful) things.replace(changed);
  return changed;
}

/** `email_taken` is about the field `email`, `role_name_taken` about `name`. */
function assertFree(
  things: Collection,
  problems: Operation['problems'],
  sent: Json,
  butFor?: Json,
): void {
  for (const code of problems) {
    const field = /^(?:\w+_)?([a-z]+)_taken$/.exec(code)?.[1] ?? '';
    if (field in sent && things.has(field, sent[field], butFor)) throw problem(code);
  }
}
