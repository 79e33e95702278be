import { randomUUID, randomUUIDv7 } from 'node:crypto';
import type { Database } from '../../server/platform/db/connect.ts';

/** What a caller knows of a change: it was said to be done, or refused, or nobody can tell. */
export type Fate = 'acknowledged' | 'refused' | 'unknown';

export interface Change {
  /** Of each attempt: more than one where it had a key. */
  readonly requestIds: readonly string[];
  readonly hasKey: boolean;
  /** As the audit names it. */
  readonly operation: string;
  /** A count for accounts that get one name after the other; what was created begins at 0. */
  readonly step: number;
  readonly username: string;
  readonly fate: Fate;
}

/** What one attempt is sent with. */
export interface Attempt {
  readonly headers: Readonly<Record<string, string>>;
  /** The same for each attempt at a change; without one, the call has one of its own. */
  readonly idempotencyKey: string | undefined;
}

export interface BookOptions {
  /** Whether an operation keeps its `Idempotency-Key`, and is sent again until its fate is known. */
  readonly hasKey?: ((operation: string) => boolean) | undefined;
}

type Send = (attempt: Attempt) => Promise<{ readonly status: number }>;

/**
 * Every change that callers asked for, and what they were told; compared with the database in the end.
 * Each attempt has a request id of its own, and the audit has an entry for each request that changed
 * something, written in the same transaction: so it can be counted how often each was done.
 */
export class Book {
  readonly changes: Change[] = [];
  readonly #hasKey: (operation: string) => boolean;

  constructor({ hasKey = () => false }: BookOptions = {}) {
    this.#hasKey = hasKey;
  }

  /** Answers what became of it. */
  async change(what: Pick<Change, 'operation' | 'step' | 'username'>, send: Send): Promise<Fate> {
    const hasKey = this.#hasKey(what.operation);
    const idempotencyKey = hasKey ? randomUUID() : undefined;
    const requestIds: string[] = [];
    for (;;) {
      const requestId = randomUUIDv7();
      requestIds.push(requestId);
      const headers = { 'X-Request-Id': requestId };
      const status = await send({ headers, idempotencyKey }).then(
        (answer) => answer.status,
        () => undefined,
      );
      const fate = fateOf(status);
      // With a key, 409 says that the attempt before is still under way.
      if (hasKey && (fate === 'unknown' || status === 409)) continue;
      this.changes.push({ ...what, requestIds, hasKey, fate });
      return fate;
    }
  }

  count(fate: Fate): number {
    return this.changes.filter((change) => change.fate === fate).length;
  }

  /** How many of those that nobody could tell were done after all. */
  async doneUnknown(db: Database): Promise<number> {
    const done = await doneBy(db);
    const isDone = ({ requestIds }: Change) => requestIds.some((each) => done.has(each));
    return this.changes.filter((change) => change.fate === 'unknown' && isDone(change)).length;
  }

  /** Everything that is not as its caller was told. */
  async contradictions(db: Database): Promise<string[]> {
    const users = (await db('users').select('username', 'fullName')) as Account[];
    const done = await doneBy(db);
    const names = Map.groupBy(users, ({ username }) => username);
    const byAccount = Map.groupBy(this.changes, ({ username }) => username);
    return [
      ...this.changes.flatMap((change) => wrongCount(change, done)),
      ...[...byAccount].flatMap(([username, changes]) => wrongRow(changes, names.get(username))),
    ];
  }
}

/** How often each request was done. */
async function doneBy(db: Database): Promise<Map<string, number>> {
  const entries = (await db('audit_entries')
    .where({ result: 'done' })
    .whereNotNull('requestId')
    .groupBy('requestId')
    .select('requestId', db.raw('count(*)::int as count'))) as Counted[];
  return new Map(entries.map(({ requestId, count }) => [requestId, count]));
}

interface Counted {
  readonly requestId: string;
  readonly count: number;
}

interface Account {
  readonly username: string;
  readonly fullName: string | null;
}

/** Whoever got no answer, or one that the service could not do it, cannot know. */
function fateOf(status = 599): Fate {
  if (status < 300) return 'acknowledged';
  return status < 500 ? 'refused' : 'unknown';
}

/** All attempts of a change together did it once, or not at all. */
function wrongCount(
  { operation, requestIds, fate }: Change,
  done: ReadonlyMap<string, number>,
): string[] {
  const count = requestIds.reduce((sum, requestId) => sum + (done.get(requestId) ?? 0), 0);
  const most = fate === 'refused' ? 0 : 1;
  const least = fate === 'acknowledged' ? 1 : 0;
  if (count >= least && count <= most) return [];
  return [`${operation} ${requestIds.join()} is ${fate}, and was done ${count} times`];
}

/** One row, whose name is that of the last change that was acknowledged, or of a later one. */
function wrongRow(changes: readonly Change[], rows: readonly Account[] = []): string[] {
  const known = changes.filter(({ fate }) => fate === 'acknowledged').map(({ step }) => step);
  const possible = changes.filter(({ fate }) => fate !== 'refused').map(({ step }) => step);
  const [{ username }] = changes as [Change];
  if (rows.length > 1) return [`${username} is there ${rows.length} times`];
  const [row] = rows;
  if (!row) return known.length > 0 ? [`${username} is lost`] : [];
  const step = Number(row.fullName);
  const isRight = step >= Math.max(-1, ...known) && possible.includes(step);
  return isRight ? [] : [`${username} is at ${row.fullName}, of ${known.at(-1)} that were said`];
}
