import { User } from '../../server/features/users/model.ts';
import type { Actor } from '../../server/platform/auth/actor.ts';
import type { Transaction } from '../../server/platform/change.ts';
import type { Database } from '../../server/platform/db/connect.ts';
import type { KeysetPage } from '../../server/platform/db/keyset.ts';
import { exhausted } from '../../server/platform/exact.ts';
import type { Platform } from '../../server/platform/platform.ts';
import { invalidInput, problem } from '../../server/platform/problem-error.ts';
import type { NewProject, NewTask, ProjectQuery, TaskQuery } from './contract.ts';
import { Project, projectKeyset, Task, taskKeyset } from './model.ts';
import { canFinish } from './policy.ts';

type Parts = Pick<Platform, 'db' | 'change'>;

export class Projects {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  list(_actor: Actor, page: ProjectQuery): Promise<KeysetPage<Project>> {
    return Project.query(this.#parts.db).keysetPage(projectKeyset, page);
  }

  async get(_actor: Actor, projectId: string, db: Database = this.#parts.db): Promise<Project> {
    const project = await Project.query(db).findById(projectId);
    if (!project) throw noSuchProject();
    return project;
  }

  create(actor: Actor, input: NewProject): Promise<Project> {
    return this.#parts.change(actor, async (tx) => {
      const project = await Project.query(tx).create(input, tx.now);
      const changed = Object.keys(input);
      await tx.audit({ target: { type: 'project', id: project.id }, changed });
      return this.get(actor, project.id, tx);
    });
  }

  async remove(actor: Actor, projectId: string): Promise<void> {
    await this.#parts.change(actor, async (tx) => {
      const query = Project.query(tx).findById(projectId);
      const removed = await query.change({ deletedAt: tx.now }, tx.now);
      if (removed === 0) throw noSuchProject();
      await tx.audit({ target: { type: 'project', id: projectId } });
    });
  }

  async listTasks(actor: Actor, projectId: string, filters: TaskQuery): Promise<KeysetPage<Task>> {
    const { isFinished, assigneeId, ...page } = filters;
    await this.get(actor, projectId);
    const query = Task.query(this.#parts.db).where({ projectId });
    if (isFinished === true) query.whereNotNull('finishedAt');
    if (isFinished === false) query.whereNull('finishedAt');
    if (assigneeId !== undefined) query.where({ assigneeId });
    return query.keysetPage(taskKeyset, page);
  }

  async getTask(
    actor: Actor,
    projectId: string,
    taskId: string,
    db: Database = this.#parts.db,
  ): Promise<Task> {
    await this.get(actor, projectId, db);
    const task = await Task.query(db).findOne({ projectId, id: taskId });
    if (!task) throw noSuchTask();
    return task;
  }

  addTask(actor: Actor, projectId: string, input: NewTask): Promise<Task> {
    const { title, dueAt = null, assigneeId = null, ...rest } = input;
    // A field that the contract gets and this forgets does not compile.
    exhausted(rest);
    return this.#parts.change(actor, async (tx) => {
      if (assigneeId !== null) await lockAssignee(tx, assigneeId);
      // Locked, so that it is still there when the task arrives.
      const project = await Project.query(tx).findById(projectId).forShare();
      if (!project) throw noSuchProject();
      const row = { projectId, title, assigneeId, dueAt };
      const { id } = await Task.query(tx).create(row, tx.now);
      await tx.audit({ target: { type: 'task', id }, changed: Object.keys(input) });
      return this.getTask(actor, projectId, id, tx);
    });
  }

  finishTask(actor: Actor, projectId: string, taskId: string): Promise<Task> {
    return this.#parts.change(actor, async (tx) => {
      await this.get(actor, projectId, tx);
      const task = await Task.query(tx).findOne({ projectId, id: taskId }).forUpdate();
      if (!task) throw noSuchTask();
      if (!canFinish(actor, task)) throw problem('permission_denied');
      const open = Task.query(tx).findById(taskId).whereNull('finishedAt');
      await open.change({ finishedAt: tx.now }, tx.now);
      await tx.audit({ target: { type: 'task', id: taskId }, changed: ['finishedAt'] });
      return this.getTask(actor, projectId, taskId, tx);
    });
  }
}

/** The account stays active until the transaction ends. Accounts are locked before all else. */
async function lockAssignee(tx: Transaction, assigneeId: string): Promise<void> {
  const active = User.query(tx).findById(assigneeId).whereNull('deactivatedAt');
  if (await active.forShare()) return;
  throw invalidInput({
    in: 'body',
    path: 'assigneeId',
    code: 'broken_rule',
    message: 'There is no active account with this id',
  });
}

function noSuchProject() {
  return problem('not_found', { detail: 'There is no such project.' });
}

function noSuchTask() {
  return problem('not_found', { detail: 'There is no such task.' });
}
