import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { base32 } from 'oslo/encoding';
import type { Transaction } from '../../platform/change.ts';
import { RecoveryCode } from './model.ts';

const count = 10;
// Nobody guesses 128 bits, however fast: a plain hash of them is enough.
const codeBytes = 16;

/** New ones in place of whatever there was; they are shown now and never again. */
export async function renewCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, newCode);
  await dropCodes(tx, userId);
  await RecoveryCode.query(tx).insert(
    codes.map((code) => ({
      id: randomUUIDv7(),
      userId,
      codeHash: hashOf(userId, code),
      createdAt: tx.now,
    })),
  );
  return codes;
}

/** Uses one up: a single conditional statement, so that of many at once one wins. */
export async function useCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const codeHash = hashOf(userId, code);
  return (await RecoveryCode.query(tx).delete().where({ userId, codeHash })) === 1;
}

export async function dropCodes(tx: Transaction, userId: string): Promise<number> {
  return RecoveryCode.query(tx).delete().where({ userId });
}

function newCode(): string {
  const letters = base32.encode(randomBytes(codeBytes), { includePadding: false });
  return letters.match(/.{1,5}/g)?.join('-') ?? letters;
}

/** However somebody wrote it down. The account is part of it: nobody finds equal codes of two. */
function hashOf(userId: string, code: string): string {
  const folded = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return createHash('sha256').update(`${userId}:${folded}`).digest('hex');
}
