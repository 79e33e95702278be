import type { Handlers } from '../../server/operations/handlers.ts';
import type { projects as contract } from './contract.ts';
import type { Projects } from './service.ts';
import { viewProject, viewTask } from './view.ts';

export function projectsHandlers(projects: Projects): Handlers<typeof contract> {
  return {
    list: async ({ actor, query }) => {
      const page = await projects.list(actor, query);
      return { status: 200, body: { ...page, items: page.items.map(viewProject) } };
    },

    get: async ({ actor, params }) => ({
      status: 200,
      body: viewProject(await projects.get(actor, params.projectId)),
    }),

    create: async ({ actor, body }) => ({
      status: 201,
      body: viewProject(await projects.create(actor, body)),
    }),

    remove: async ({ actor, params }) => {
      await projects.remove(actor, params.projectId);
      return { status: 204, body: undefined };
    },

    listTasks: async ({ actor, params, query }) => {
      const page = await projects.listTasks(actor, params.projectId, query);
      return { status: 200, body: { ...page, items: page.items.map(viewTask) } };
    },

    addTask: async ({ actor, params, body }) => ({
      status: 201,
      body: viewTask(await projects.addTask(actor, params.projectId, body)),
    }),

    finishTask: async ({ actor, params }) => ({
      status: 200,
      body: viewTask(await projects.finishTask(actor, params.projectId, params.taskId)),
    }),
  };
}
