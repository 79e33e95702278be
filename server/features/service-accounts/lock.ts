import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { problem } from '../../platform/problem-error.ts';
import { assertCanActOn } from '../roles/rights.ts';
import { ServiceAccount } from './model.ts';

/**
 * The account, locked until the transaction ends, with its roles and what they grant: the only way
 * to one that is about to be changed, or whose keys are.
 * @throws a problem `permission_denied` when it is beyond the actor.
 */
export async function lockToChange(
  tx: Transaction,
  actor: Actor,
  id: string,
): Promise<ServiceAccount> {
  const account = await ServiceAccount.query(tx).findById(id).forUpdate();
  if (!account) throw noSuchServiceAccount();
  await account.$fetchGraph('roles.grants', { transaction: tx });
  assertCanActOn(actor, account.roles ?? []);
  return account;
}

export function noSuchServiceAccount() {
  return problem('not_found', { detail: 'There is no such service account.' });
}
