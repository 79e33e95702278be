import type { Me } from '../../../contract/me.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { User } from '../users/model.ts';
import { viewFull } from '../users/view.ts';

export function viewMe(actor: Actor, user: User): Me {
  const act = actor.act ? { id: actor.act.id } : null;
  return { ...viewFull(user), permissions: [...actor.permissions].sort(), act };
}
