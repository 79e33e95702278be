import type { Project as ProjectShape, Task as TaskShape } from './contract.ts';
import type { Project, Task } from './model.ts';

export function viewProject(project: Project): ProjectShape {
  return { id: project.id, name: project.name, createdAt: project.createdAt.toISOString() };
}

export function viewTask(task: Task): TaskShape {
  return {
    id: task.id,
    title: task.title,
    dueAt: task.dueAt?.toISOString() ?? null,
    assigneeId: task.assigneeId,
    finishedAt: task.finishedAt?.toISOString() ?? null,
  };
}
