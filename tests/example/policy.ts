import { type Actor, can } from '../../server/platform/auth/actor.ts';
import type { Task } from './model.ts';

/** A task is finished by its assignee, or by whoever manages projects. */
export function canFinish(actor: Actor, { assigneeId }: Pick<Task, 'assigneeId'>): boolean {
  return assigneeId === actor.id || can(actor, 'users:manage');
}
