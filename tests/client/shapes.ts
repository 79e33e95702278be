import * as z from 'zod';
import { anyone, requires, signedIn } from '../../contract/kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from '../../contract/kit/api.ts';
import { listQuery, pageOf } from '../../contract/kit/lists.ts';
import { Id, queryBoolean, shown, text } from '../../contract/kit/scalars.ts';

const exampleId = '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11';

const Task = z.object({ id: Id, title: shown({ max: 100 }) }).meta({
  id: 'Task',
  description: 'Something to do.',
  examples: [{ id: exampleId, title: 'Rest' }],
});
const TaskPage = pageOf(Task, 'TaskPage');
const TaskChanges = z
  .strictObject({ title: text({ max: 100 }) })
  .meta({ id: 'TaskChanges', description: 'What to change.', examples: [{ title: 'Rest' }] });

const ProjectPath = z.object({ projectId: Id });
const TaskPath = z.object({ projectId: Id, taskId: Id });
const query = listQuery({ sort: ['title'], filters: {} });

const projects = c.router(
  {
    tasks: {
      method: 'GET',
      path: '/:projectId/tasks',
      summary: 'List the tasks of a project',
      description: 'A list below a path parameter, under a verb that is not `list`.',
      pathParams: ProjectPath,
      query: listQuery({
        sort: ['title'],
        filters: { isDone: queryBoolean({ description: 'Only done, or only open.' }).optional() },
      }),
      responses: { 200: TaskPage },
      metadata: { access: signedIn() },
    },
    changeTask: {
      method: 'PATCH',
      path: '/:projectId/tasks/:taskId',
      summary: 'Change a task',
      description: 'Path, query, head and body at once.',
      pathParams: TaskPath,
      query: z.strictObject({
        notify: queryBoolean({ description: 'Tell the others.' }).optional(),
      }),
      headers: z.object({ 'if-match': z.string().describe('The ETag that was read.') }),
      body: TaskChanges,
      responses: { 200: Task, 204: c.noBody() },
      metadata: { access: requires('users:manage') },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/projects`),
);

const tasks = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List all tasks',
      description: 'A list without filters.',
      query,
      responses: { 200: TaskPage },
      metadata: { access: anyone },
    },
    history: {
      method: 'GET',
      path: '/:taskId/history/:projectId',
      summary: 'List what a task was',
      description: 'A list below two path parameters, with a header.',
      pathParams: TaskPath,
      query,
      headers: z.object({
        'x-tenant': z.string().describe('Whose.'),
        'if-none-match': z.string().optional().describe('What is known.'),
      }),
      responses: { 200: TaskPage },
      metadata: { access: signedIn() },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/tasks`),
);

/** An API of every shape that an operation can have and ours has not, or not yet. */
export const shapes = {
  contract: c.router({ projects, tasks }),
  tags: { projects: 'What is done.', tasks: 'What there is to do.' },
};
