import { hash } from 'node:crypto';
import type { Database } from '../../platform/db/connect.ts';
import { sqlOf } from '../../platform/db/cursor.ts';
import type { SealContent } from './model.ts';

// What is hashed, and how: docs/audit.md says it for those who check without us. It is never
// changed, only followed by another format, which a column that comes to the table needs.

export const format = 1;

/** The columns of format 1, in their order. Where an entry came from may be cleared: it is in none. */
export const canonicalFields = [
  'place',
  'id',
  'at',
  'operation',
  'origin',
  'result',
  'reason',
  'actor',
  'actingFor',
  'sessionId',
  'targetType',
  'targetId',
  'changed',
  'requestId',
  'safety',
  'compliance',
] as const;

type Value = string | boolean | null | readonly string[];
/** As PostgreSQL holds it: instants with their microseconds, which a `Date` has not. */
export type CanonicalEntry = Readonly<Record<(typeof canonicalFields)[number], Value>> & {
  readonly id: string;
  readonly place: string;
};

/** Entries in the order of their places, as they are hashed. */
export function canonicalEntries(db: Database) {
  const at = db.raw(`${sqlOf.instant.written} as at`, ['at']);
  const others = canonicalFields.filter((field) => field !== 'at');
  return db('audit_entries')
    .select<CanonicalEntry[]>(...others, at)
    .orderBy('place');
}

export function entryHash(entry: CanonicalEntry): Buffer {
  return sha256(JSON.stringify(canonicalFields.map((field) => entry[field])));
}

const idBytes = 16;
const leafBytes = idBytes + 32;

/** What a seal holds of an entry. */
export interface Leaf {
  readonly id: string;
  readonly hash: Buffer;
}

export function leavesOf(entries: readonly CanonicalEntry[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => [
      Buffer.from(entry.id.replaceAll('-', ''), 'hex'),
      entryHash(entry),
    ]),
  );
}

export function readLeaves(leaves: Buffer): Leaf[] {
  return Array.from({ length: Math.floor(leaves.length / leafBytes) }, (_, at) => {
    const leaf = leaves.subarray(at * leafBytes, (at + 1) * leafBytes);
    const hex = leaf.subarray(0, idBytes).toString('hex');
    const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return { id, hash: leaf.subarray(idBytes) };
  });
}

/** Over all of a seal but its leaves, which may go, and are held by their hash. */
export function sealHash(seal: SealContent): Buffer {
  return sha256(
    JSON.stringify([
      seal.format,
      seal.number,
      seal.sealedAt.toISOString(),
      seal.throughPlace,
      seal.count,
      seal.leavesHash.toString('hex'),
      seal.previousHash.toString('hex'),
    ]),
  );
}

/** What the first seal goes on from. */
export const nothing = Buffer.alloc(32);

export function sha256(content: string | Buffer): Buffer {
  return hash('sha256', content, 'buffer');
}
