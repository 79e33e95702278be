import type { Transaction } from '../../platform/change.ts';
import { AppModel } from '../../platform/db/app-model.ts';
import { problem } from '../../platform/problem-error.ts';
import { User } from './model.ts';

/** An address that its former account can still take back: until then it is nobody else's. */
export class KeptEmail extends AppModel {
  static override tableName = 'kept_emails';
  static override idColumn = 'email';
  declare email: string;
  declare userId: string;
  declare keptUntil: Date;
}

interface Names {
  readonly email?: string;
  readonly username?: string;
}

/**
 * Of two who ask at once, the database refuses one. Accounts are asked before addresses that are
 * kept: an account that moves keeps its address in the transaction that leaves it.
 * @throws a problem `email_taken` or `username_taken`.
 */
export async function assertFree(
  tx: Transaction,
  ownId: string | undefined,
  { email, username }: Names,
): Promise<void> {
  const isEmailTaken =
    email !== undefined &&
    ((await User.query(tx).existsOther(ownId, { email })) || (await isKept(tx, ownId, email)));
  const isUsernameTaken =
    username !== undefined && (await User.query(tx).existsOther(ownId, { username }));
  if (isEmailTaken) throw problem('email_taken');
  if (isUsernameTaken) throw problem('username_taken');
}

export async function keepEmail(
  tx: Transaction,
  kept: { readonly email: string; readonly userId: string; readonly keptUntil: Date },
): Promise<void> {
  await KeptEmail.query(tx).insert(kept).onConflict('email').merge();
}

export async function letGoOf(tx: Transaction, userId: string, emails: string[]): Promise<void> {
  await KeptEmail.query(tx).delete().where({ userId }).whereIn('email', emails);
}

export async function letGoOfOld(tx: Transaction): Promise<void> {
  await KeptEmail.query(tx).delete().where('keptUntil', '<=', tx.now);
}

async function isKept(tx: Transaction, ownId: string | undefined, email: string): Promise<boolean> {
  const kept = await KeptEmail.query(tx).findOne({ email }).where('keptUntil', '>', tx.now);
  return kept !== undefined && kept.userId !== ownId;
}
