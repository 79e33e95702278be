import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../server/platform/db/connect.ts';
import { statementTexts } from '../../server/platform/db/statements/statement.ts';

const folder = process.env.CHARTER_TEST_STATEMENTS;
const known = new Set<string>();

/**
 * With `CHARTER_TEST_STATEMENTS`, what apps ask of their databases is written down in that folder: the SQL
 * without values, a line for each, in a file of the worker's own.
 */
export function recordStatements(db: Database): void {
  if (folder === undefined) return;
  for (const text of statementTexts.values()) record(text);
  db.on('query', ({ sql }: { sql: string }) => record(sql));
}

function record(text: string): void {
  if (folder === undefined || known.has(text)) return;
  known.add(text);
  appendFileSync(join(folder, String(process.pid)), `${JSON.stringify(text)}\n`);
}

/** Sorted, each once: of those that differ by the length of a list only, one. */
export function recordedStatements(folder: string): string[] {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const lines = files.flatMap((text) => text.split('\n').filter((line) => line !== ''));
  const texts = lines.map((line) => JSON.parse(line) as string).filter(isAboutTables);
  const byShape = new Map(
    texts
      .toSorted()
      .reverse()
      .map((text) => [shapeOf(text), text]),
  );
  return [...byShape.values()].sort();
}

const isAboutTables = (text: string) => /^\s*(select|insert|update|delete|with)\b/i.test(text);

function shapeOf(text: string): string {
  return text.replaceAll(/\(?\$\d+(?:, \(?\$\d+\)?)*\)?/g, '$');
}
