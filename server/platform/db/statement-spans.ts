import type { Knex } from 'knex';
import { inSpan, type OpenSpan, openSpan, type SpanDescription } from '../observability/spans.ts';

interface Told {
  /** Missing where knex begins and ends a transaction. */
  readonly __knexQueryUid?: string;
  readonly sql: string;
}

/**
 * A span for each statement that knex sends in a sampled call, those in transactions included, and those
 * with which they begin and end. It says what is asked of which table, never with which values.
 */
export function traceQueries(db: Knex): void {
  const open = new Map<string, OpenSpan>();
  const take = ({ __knexQueryUid: id = '' }: Told) => {
    const span = open.get(id);
    open.delete(id);
    return span;
  };
  db.on('query', ({ __knexQueryUid: id, sql }: Told) => {
    const span = id === undefined ? undefined : openSpan(() => describe(sql));
    if (id !== undefined && span) open.set(id, span);
  });
  traceTransactions(db);
  db.on('query-response', (_response: unknown, told: Told) => take(told)?.end());
  db.on('query-error', (error: unknown, told: Told) => take(told)?.fail(error));
}

interface KnexTransaction {
  query(connection: unknown, sql: string, ...end: unknown[]): Promise<unknown>;
}

/** Of BEGIN, COMMIT and ROLLBACK knex tells the start only. */
function traceTransactions({ client }: Knex): void {
  const transaction: (...args: unknown[]) => KnexTransaction = client.transaction.bind(client);
  client.transaction = (...args: unknown[]) => {
    const made = transaction(...args);
    const query = made.query.bind(made);
    made.query = (connection, sql, ...end) =>
      inStatement(sql, () => query(connection, sql, ...end));
    return made;
  };
}

/** The same for one of our own statements. */
export function inStatement<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
  return inSpan(() => describe(text), work);
}

/** OpenTelemetry's conventions for databases: the operation, and the first table it names. */
function describe(sql: string): SpanDescription {
  const [operation = 'query'] = /[a-z]+/i.exec(sql) ?? [];
  const verb = operation.toUpperCase();
  const [, table] = /\b(?:from|into|update|join)\s+"?([a-z_]\w*)/i.exec(sql) ?? [];
  return {
    name: table ? `${verb} ${table}` : verb,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': verb,
      ...(table && { 'db.collection.name': table }),
    },
  };
}
