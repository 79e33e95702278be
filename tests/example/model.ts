import { AppModel } from '../../server/platform/db/app-model.ts';
import type { ConstraintProblems } from '../../server/platform/db/database-problems.ts';
import { keysetOf } from '../../server/platform/db/keyset.ts';

export class Project extends AppModel {
  static override tableName = 'example_projects';
  static override softDelete = true;
  declare name: string;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare deletedAt: Date | null;
}

export class Task extends AppModel {
  static override tableName = 'example_tasks';
  declare projectId: string;
  declare title: string;
  declare dueAt: Date | null;
  declare assigneeId: string | null;
  declare finishedAt: Date | null;
  declare createdAt: Date;
  declare updatedAt: Date;
}

export const projectConstraints: ConstraintProblems = {
  example_projects_name_unique: 'role_name_taken',
};

export const projectKeyset = keysetOf(Project, {
  orders: {
    name: { column: 'name', kind: 'text' },
    createdAt: { column: 'createdAt', kind: 'instant' },
  },
  usual: 'name',
});

export const taskKeyset = keysetOf(Task, {
  orders: {
    dueAt: { column: 'dueAt', kind: 'instant', nullable: true },
    title: { column: 'title', kind: 'text' },
  },
  usual: 'dueAt',
});
