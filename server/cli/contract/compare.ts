import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from '../../../contract/document/diff/change.ts';
import { compareDocuments } from '../../../contract/document/diff/compare.ts';
import { UnreadableDocument } from '../../../contract/document/diff/source.ts';
import { UnreadableInput } from '../terminal.ts';
import { acknowledgementsIn, changelogFile, readChangelog } from './changelog.ts';
import { type Contract, readNamed, readOwn, readReleased } from './sides.ts';
import { judge, type Verdict } from './verdict.ts';

/**
 * Compares; what is left out is what was released, and what stands in the code.
 * @returns undefined where nothing has been released.
 */
export async function compare(
  root: string,
  base: string | undefined,
  head: string | undefined,
): Promise<Verdict | undefined> {
  const before = base === undefined ? await readReleased(root) : await readNamed(root, base);
  if (before === undefined) return undefined;
  const after = head === undefined ? await readOwn(root) : await readNamed(root, head);
  const names = { base: named(before), head: named(after) };
  // Who compares documents of others has no changelog of ours.
  const acknowledged = head === undefined ? await acknowledgedAt(root) : [];
  const verdict = judge(names, await changesBetween(before, after), acknowledged);
  // Since an older commit more has changed than since the release, and less since a newer one.
  return base === undefined ? verdict : { ...verdict, stale: [] };
}

async function acknowledgedAt(root: string) {
  const file = join(root, changelogFile);
  if (!existsSync(file)) return [];
  return acknowledgementsIn(readChangelog(await readFile(file, 'utf8')).unreleased);
}

/** What both are compared by: a schema of GraphQL alone is compared with another one. */
export async function changesBetween(before: Contract, after: Contract): Promise<Change[]> {
  const isPair = before.document !== undefined && after.document !== undefined;
  const isSchema = before.schema !== undefined && after.schema !== undefined;
  if (!isPair && !isSchema) {
    throw new UnreadableInput(
      `${before.name} and ${after.name} are of two kinds, OpenAPI and GraphQL: compare two of one.`,
    );
  }
  try {
    const today = new Date().toISOString().slice(0, 10);
    const changes = isPair ? compareDocuments(before.document, after.document, today) : [];
    return [...changes, ...(await schemaChanges(before, after))];
  } catch (error) {
    if (error instanceof UnreadableDocument) throw new UnreadableInput(error.message);
    throw error;
  }
}

/** A contract that had no GraphQL loses nothing by it; one that has none any more loses all of it. */
async function schemaChanges({ schema: before }: Contract, after: Contract): Promise<Change[]> {
  if (before === undefined) return [];
  const { compareSchemas } = await import('../../../contract/document/graphql/changes.ts');
  return compareSchemas(before, after.schema ?? 'type Query');
}

/** `contract/released/openapi.json (1.2.0)`. */
function named({ name, document }: Contract): string {
  const version = (document as { info?: { version?: unknown } } | undefined)?.info?.version;
  return typeof version === 'string' ? `${name} (${version})` : name;
}
