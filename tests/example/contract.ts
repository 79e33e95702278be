import * as z from 'zod';
import { requires, signedIn } from '../../contract/kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from '../../contract/kit/api.ts';
import { listQuery, pageOf } from '../../contract/kit/lists.ts';
import {
  givenInstant,
  Id,
  Instant,
  queryBoolean,
  shown,
  text,
} from '../../contract/kit/scalars.ts';

const exampleProject = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0b21',
  name: 'Moving house',
  createdAt: '2026-11-21T12:00:00.000Z',
};

const exampleTask = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0c32',
  title: 'Order a van',
  dueAt: '2026-12-01T09:00:00.000Z',
  assigneeId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  finishedAt: null,
};

export const Project = z.object({ id: Id, name: shown({ max: 100 }), createdAt: Instant }).meta({
  id: 'ExampleProject',
  description: 'Tasks that belong together.',
  examples: [exampleProject],
});
export type Project = z.infer<typeof Project>;

export const NewProject = z
  .strictObject({ name: text({ max: 100, description: 'No two projects have the same.' }) })
  .meta({
    id: 'ExampleNewProject',
    description: 'A project to create.',
    examples: [{ name: 'Moving house' }],
  });
export type NewProject = z.output<typeof NewProject>;

export const Task = z
  .object({
    id: Id,
    title: shown({ max: 200 }),
    dueAt: Instant.nullable().describe('null: whenever.'),
    assigneeId: Id.nullable().describe('The account that does it; null: nobody yet.'),
    finishedAt: Instant.nullable().describe('null: open.'),
  })
  .meta({ id: 'ExampleTask', description: 'Something to do.', examples: [exampleTask] });
export type Task = z.infer<typeof Task>;

export const NewTask = z
  .strictObject({
    title: text({ max: 200, description: 'What to do.' }),
    dueAt: givenInstant('When it is due; null: whenever.').nullable().optional(),
    assigneeId: Id.nullable().optional().describe('An account that is active.'),
  })
  .meta({
    id: 'ExampleNewTask',
    description: 'A task to add.',
    examples: [{ title: 'Order a van', dueAt: '2026-12-01T09:00:00.000Z' }],
  });
export type NewTask = z.output<typeof NewTask>;

export const ProjectQuery = listQuery({ sort: ['name', 'createdAt'], filters: {} });
export type ProjectQuery = z.output<typeof ProjectQuery>;

export const TaskQuery = listQuery({
  sort: ['dueAt', 'title'],
  filters: {
    isFinished: queryBoolean({ description: 'Only finished, or only open tasks.' }).optional(),
    assigneeId: Id.describe('Only the tasks of this account.').optional(),
  },
});
export type TaskQuery = z.output<typeof TaskQuery>;

const ProjectPath = z.object({ projectId: Id });
const TaskPath = z.object({ projectId: Id, taskId: Id });

export const projects = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List projects',
      description: 'Pages through the projects.',
      query: ProjectQuery,
      responses: { 200: pageOf(Project, 'ExampleProjectPage') },
      metadata: { graphql: { field: 'exampleProjects' }, access: signedIn() },
    },
    get: {
      method: 'GET',
      path: '/:projectId',
      summary: 'Get a project',
      description: 'Answers one project.',
      pathParams: ProjectPath,
      responses: { 200: Project },
      metadata: { graphql: { field: 'exampleProject' }, access: signedIn() },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Create a project',
      description: 'Creates a project without tasks.',
      body: NewProject,
      responses: { 201: Project },
      metadata: {
        graphql: { field: 'createExampleProject' },
        access: requires('users:manage'),
        problems: ['role_name_taken'],
      },
    },
    remove: {
      method: 'DELETE',
      path: '/:projectId',
      summary: 'Remove a project',
      description: 'Removes the project with its tasks. Its name is free again.',
      pathParams: ProjectPath,
      responses: { 204: c.noBody() },
      metadata: { graphql: { field: 'removeExampleProject' }, access: requires('users:manage') },
    },
    listTasks: {
      method: 'GET',
      path: '/:projectId/tasks',
      summary: 'List the tasks of a project',
      description: 'Pages through the tasks. By `dueAt`, those without a date come last.',
      pathParams: ProjectPath,
      query: TaskQuery,
      responses: { 200: pageOf(Task, 'ExampleTaskPage') },
      metadata: { graphql: { field: 'exampleProjectTasks' }, access: signedIn() },
    },
    getTask: {
      method: 'GET',
      path: '/:projectId/tasks/:taskId',
      summary: 'Get a task',
      description: 'Answers one task of the project.',
      pathParams: TaskPath,
      responses: { 200: Task },
      metadata: { graphql: { field: 'exampleProjectTask' }, access: signedIn() },
    },
    addTask: {
      method: 'POST',
      path: '/:projectId/tasks',
      summary: 'Add a task to a project',
      description: 'Adds a task, for an active account or for nobody yet.',
      pathParams: ProjectPath,
      body: NewTask,
      responses: { 201: Task },
      metadata: { graphql: { field: 'addExampleProjectTask' }, access: requires('users:manage') },
    },
    finishTask: {
      method: 'POST',
      path: '/:projectId/tasks/:taskId/finish',
      summary: 'Finish a task',
      description: 'For its assignee and whoever manages projects. Finishing twice is once.',
      pathParams: TaskPath,
      body: c.noBody(),
      responses: { 200: Task },
      metadata: {
        graphql: { field: 'finishExampleProjectTask' },
        access: signedIn(),
        problems: ['permission_denied'],
        idempotency: 'none',
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/example-projects`),
);
