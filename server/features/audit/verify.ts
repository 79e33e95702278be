import type { Database } from '../../platform/db/connect.ts';
import {
  type CanonicalEntry,
  canonicalEntries,
  entryHash,
  format,
  type Leaf,
  nothing,
  readLeaves,
  sealHash,
  sha256,
} from './canonical.ts';
import { AuditSeal } from './model.ts';
import { unsealed } from './seals.ts';

/** What is not as it was sealed. */
export interface Broken {
  readonly seal: number;
  /** The entry, where it is one. */
  readonly entry?: string;
  readonly what: 'missing' | 'altered' | 'added' | 'moved' | 'unlinked' | 'unknown';
}

export interface Verified {
  /** The first that is broken; undefined: all is as it was sealed. */
  readonly broken: Broken | undefined;
  readonly seals: number;
  readonly entries: number;
  /** Up to this seal, entries are gone by retention. */
  readonly retainedThrough: { readonly number: number; readonly sealedAt: Date } | undefined;
  /** The last seal: kept elsewhere, it is what a later look can be held to. */
  readonly head: Head | undefined;
  /** Not sealed yet: nothing is proven of them. */
  readonly unsealed: number;
}

export interface Head {
  readonly number: number;
  /** In hexadecimal. */
  readonly hash: string;
}

export interface VerifyOptions {
  /** A head that was noted before: it must be a part of the chain. */
  readonly known?: Head | undefined;
  readonly onSeal?: (entries: number) => void;
}

/** Goes along the chain, and holds every seal and entry to it; one seal at a time is in memory. */
export function verify(db: Database, options: VerifyOptions = {}): Promise<Verified> {
  if (db.isTransaction) return walk(db, options);
  // One snapshot, so that retention and sealing do not happen half-way.
  const isolation = { isolationLevel: 'repeatable read', readOnly: true } as const;
  return db.transaction((trx) => walk(trx, options), isolation);
}

async function walk(db: Database, { known, onSeal }: VerifyOptions): Promise<Verified> {
  let last: AuditSeal | undefined;
  let retained: AuditSeal | undefined;
  let entries = 0;
  let broken: Broken | undefined;
  while (!broken) {
    const seal = await AuditSeal.query(db)
      .where('number', '>', last?.number ?? 0)
      .orderBy('number')
      .first();
    if (!seal) break;
    const inside = await entriesOf(db, last, seal);
    broken = brokenIn(seal, last, known) ?? brokenAmong(inside, seal);
    if (broken) break;
    if (seal.leaves === null) retained = seal;
    entries += inside.length;
    last = seal;
    onSeal?.(entries);
  }
  // A chain that was cut off before what was noted is whole, and too short.
  if (!broken && known && known.number > (last?.number ?? 0)) {
    broken = { seal: (last?.number ?? 0) + 1, what: 'missing' };
  }
  const [{ count = 0 } = {}] = await unsealed(db, last).count({ count: '*' });
  return {
    broken,
    seals: last?.number ?? 0,
    entries,
    retainedThrough: retained && { number: retained.number, sealedAt: retained.sealedAt },
    head: last && { number: last.number, hash: last.hash.toString('hex') },
    unsealed: Number(count),
  };
}

/** All that lie in its range, whether or not it knows them. */
function entriesOf(
  db: Database,
  previous: AuditSeal | undefined,
  seal: AuditSeal,
): Promise<CanonicalEntry[]> {
  const query = canonicalEntries(db).where('place', '<=', seal.throughPlace);
  if (previous) query.where('place', '>', previous.throughPlace);
  // One more than it has is broken already, however many more there are.
  return query.limit(seal.count + 1);
}

function brokenIn(
  seal: AuditSeal,
  previous: AuditSeal | undefined,
  known: Head | undefined,
): Broken | undefined {
  const { number } = seal;
  const expected = (previous?.number ?? 0) + 1;
  if (number !== expected) return { seal: expected, what: 'missing' };
  if (seal.format !== format) return { seal: number, what: 'unknown' };
  if (!sealHash(seal).equals(seal.hash)) return { seal: number, what: 'altered' };
  if (!seal.previousHash.equals(previous?.hash ?? nothing)) {
    return { seal: number, what: 'unlinked' };
  }
  if (known?.number === number && known.hash !== seal.hash.toString('hex')) {
    return { seal: number, what: 'altered' };
  }
  if (seal.leaves && !sha256(seal.leaves).equals(seal.leavesHash)) {
    return { seal: number, what: 'altered' };
  }
  return undefined;
}

/** Both are in the order of places: the first that differ tell what happened. */
function brokenAmong(
  entries: readonly CanonicalEntry[],
  { number: seal, leaves }: AuditSeal,
): Broken | undefined {
  const sealed: Leaf[] = leaves ? readLeaves(leaves) : [];
  const length = Math.max(sealed.length, entries.length);
  for (let at = 0; at < length; at += 1) {
    const [leaf, entry] = [sealed[at], entries[at]];
    if (leaf && entry && leaf.id === entry.id) {
      if (entryHash(entry).equals(leaf.hash)) continue;
      return { seal, entry: leaf.id, what: 'altered' };
    }
    if (leaf && !entries.some(({ id }) => id === leaf.id)) {
      return { seal, entry: leaf.id, what: 'missing' };
    }
    if (entry && !sealed.some(({ id }) => id === entry.id)) {
      return { seal, entry: entry.id, what: 'added' };
    }
    return { seal, entry: (leaf?.id ?? entry?.id) as string, what: 'moved' };
  }
  return undefined;
}
