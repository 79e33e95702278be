import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../contract/index.ts';
import type { TestApp } from '../kit/app.ts';
import { insertUser } from '../kit/build.ts';
import { fieldOf, graphqlOf } from '../kit/graphql.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';
import { type Project, projects, type Task } from './contract.ts';
import { startExample } from './mount.ts';

let app: TestApp;
let manager: QuickSession;
let member: QuickSession;

beforeAll(async () => {
  app = await startExample();
  manager = await quickSession(app, { permissions: ['users:manage'] });
  member = await quickSession(app, { permissions: [] });
});
afterAll(() => app.close());

interface Answer<Body> {
  readonly status: number;
  readonly location: string | null;
  readonly requestId: string | null;
  readonly body: Body;
}

/** Not by the client or `app.request`: docs/openapi.json does not know what is mounted. */
async function send<Body>(
  { headers }: QuickSession,
  method: string,
  path: string,
  body?: object,
): Promise<Answer<Body>> {
  const response = await fetch(`${app.url}/api/v1/example-projects${path}`, {
    method,
    headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    location: response.headers.get('location'),
    requestId: response.headers.get('x-request-id'),
    body: text && JSON.parse(text),
  };
}

const refusal = (status: number, code: string) => ({ status, body: { status, code } });

async function aProject(name: string): Promise<Project> {
  return (await send<Project>(manager, 'POST', '', { name })).body;
}

async function aTask({ id }: Project, fields: Partial<Task> = {}): Promise<Task> {
  const task = { title: 'Rest', ...fields };
  return (await send<Task>(manager, 'POST', `/${id}/tasks`, task)).body;
}

/** Walks a list to its end, a row at a time. */
async function allOf<Row>(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor = ''; ; ) {
    const query = `${path.includes('?') ? '&' : '?'}limit=1${cursor}`;
    const { body } = await send<{ items: Row[]; nextCursor: string | null }>(
      member,
      'GET',
      `${path}${query}`,
    );
    rows.push(...body.items);
    if (body.nextCursor === null) return rows;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

const titlesOf = async (path: string) => (await allOf<Task>(path)).map(({ title }) => title);

describe('a project', () => {
  it('is created, and answered at the address that the answer names', async () => {
    const created = await send<Project>(manager, 'POST', '', { name: ' Garden ' });
    expect(created).toMatchObject({ status: 201, body: { name: 'Garden' } });
    expect(created.location).toBe(`/api/v1/example-projects/${created.body.id}`);
    const found = await send(member, 'GET', `/${created.body.id}`);
    expect(found).toMatchObject({ status: 200, body: created.body });
  });

  it('has a name of its own, also when two are made at once', async () => {
    const create = () => send(manager, 'POST', '', { name: 'Twice' });
    const answers = await Promise.all([create(), create()]);
    const [made, refused] = answers.toSorted((one, other) => one.status - other.status);
    expect(made).toMatchObject({ status: 201 });
    expect(refused).toMatchObject(refusal(409, 'role_name_taken'));
  });

  it('is gone with its tasks when it is removed, and gives its name free', async () => {
    const project = await aProject('Gone');
    const task = await aTask(project);
    const path = `/${project.id}`;
    expect(await send(manager, 'DELETE', path)).toMatchObject({ status: 204 });
    for (const answer of [
      await send(manager, 'GET', path),
      await send(manager, 'DELETE', path),
      await send(manager, 'GET', `${path}/tasks`),
      await send(manager, 'POST', `${path}/tasks`, { title: 'Too late' }),
      await send(manager, 'POST', `${path}/tasks/${task.id}/finish`),
    ]) {
      expect(answer).toMatchObject(refusal(404, 'not_found'));
    }
    expect((await allOf<Project>('')).map(({ id }) => id)).not.toContain(project.id);
    expect(await aProject('Gone')).toMatchObject({ name: 'Gone' });
  });

  it('is created and removed by those who manage: anybody else is refused', async () => {
    const { id } = await aProject('Theirs');
    for (const answer of [
      await send(member, 'POST', '', { name: 'Mine' }),
      await send(member, 'DELETE', `/${id}`),
      await send(member, 'POST', `/${id}/tasks`, { title: 'Mine' }),
    ]) {
      expect(answer).toMatchObject(refusal(403, 'permission_denied'));
    }
  });
});

describe('the tasks of a project', () => {
  it('are found where the answer says that they are', async () => {
    const { id } = await aProject('Places');
    const added = await send<Task>(manager, 'POST', `/${id}/tasks`, { title: 'Rest' });
    expect(added.location).toBe(`/api/v1/example-projects/${id}/tasks/${added.body.id}`);
    const found = await send(member, 'GET', `/${id}/tasks/${added.body.id}`);
    expect(found).toMatchObject({ status: 200, body: added.body });
    const elsewhere = await aProject('Elsewhere');
    const strayed = await send(member, 'GET', `/${elsewhere.id}/tasks/${added.body.id}`);
    expect(strayed).toMatchObject(refusal(404, 'not_found'));
  });

  it('come by their date in pages, those without one last', async () => {
    const project = await aProject('Dates');
    await aTask(project, { title: 'rest' });
    await aTask(project, { title: 'dig', dueAt: '2026-12-01T00:00:00.000Z' });
    await aTask(project, { title: 'plan', dueAt: '2026-11-01T00:00:00.000Z' });
    const path = `/${project.id}/tasks`;
    expect(await titlesOf(`${path}?sort=dueAt`)).toEqual(['plan', 'dig', 'rest']);
    expect(await titlesOf(`${path}?sort=-dueAt`)).toEqual(['dig', 'plan', 'rest']);
  });

  it('are filtered by state and assignee', async () => {
    const project = await aProject('Filters');
    const path = `/${project.id}/tasks`;
    await aTask(project, { title: 'open' });
    await aTask(project, { title: 'mine', assigneeId: member.userId });
    const { id } = await aTask(project, { title: 'done' });
    await send(manager, 'POST', `${path}/${id}/finish`);
    expect(await titlesOf(`${path}?isFinished=true`)).toEqual(['done']);
    expect(await titlesOf(`${path}?isFinished=false&sort=title`)).toEqual(['mine', 'open']);
    expect(await titlesOf(`${path}?assigneeId=${member.userId}`)).toEqual(['mine']);
  });

  it('are for an account that is there and active', async () => {
    const project = await aProject('Assignees');
    const now = app.clock.now();
    const [away, gone] = [
      await insertUser(app, { deactivatedAt: now }),
      await insertUser(app, { deletedAt: now }),
    ];
    for (const assigneeId of [away.id, gone.id, project.id]) {
      const task = { title: 'Nobody does it', assigneeId };
      const answer = await send(manager, 'POST', `/${project.id}/tasks`, task);
      expect(answer).toMatchObject({
        ...refusal(422, 'validation_failed'),
        body: { errors: [{ in: 'body', path: 'assigneeId', code: 'broken_rule' }] },
      });
    }
    expect(await titlesOf(`/${project.id}/tasks`)).toEqual([]);
  });

  it('are finished by their assignee or a manager, and by nobody else', async () => {
    const project = await aProject('Finishing');
    const { id } = await aTask(project, { assigneeId: member.userId });
    const finish = (who: QuickSession) =>
      send<Task>(who, 'POST', `/${project.id}/tasks/${id}/finish`);
    const stranger = await quickSession(app);
    expect(await finish(stranger)).toMatchObject(refusal(403, 'permission_denied'));
    const finishedAt = app.clock.now().toISOString();
    expect(await finish(member)).toMatchObject({ status: 200, body: { finishedAt } });
    app.clock.advance({ minutes: 1 });
    expect(await finish(manager)).toMatchObject({ status: 200, body: { finishedAt } });
  });
});

describe('the audit', () => {
  it('tells what was done to which project or task, and what was denied', async () => {
    const project = await aProject('Told');
    const task = await aTask(project, { assigneeId: member.userId });
    const stranger = await quickSession(app);
    const path = `/${project.id}/tasks/${task.id}/finish`;
    const { requestId } = await send(stranger, 'POST', path);
    await send(member, 'POST', path);
    await send(manager, 'DELETE', `/${project.id}`);
    const auditor = await quickSession(app, { permissions: ['audit:read'] });
    const told = async (filter: string) => {
      const { headers } = auditor;
      const answer = await app.request(`/api/v1/audit?sort=at&${filter}`, { headers });
      const { items } = (await answer.json()) as { items: object[] };
      return items;
    };
    const about = { actor: manager.userId, targetType: 'project', targetId: project.id };
    expect(await told(`targetId=${project.id}`)).toMatchObject([
      { ...about, operation: 'exampleProjectsCreate', changed: ['name'] },
      { ...about, operation: 'exampleProjectsRemove', changed: [] },
    ]);
    expect(await told(`targetId=${task.id}`)).toMatchObject([
      { operation: 'exampleProjectsAddTask', changed: ['assigneeId', 'title'] },
      { operation: 'exampleProjectsFinishTask', actor: member.userId, targetType: 'task' },
    ]);
    expect(await told(`actor=${stranger.userId}`)).toMatchObject([
      { operation: 'exampleProjectsFinishTask', result: 'denied', requestId },
    ]);
  });
});

it('is there over GraphQL as well, like any noun that says so', async () => {
  const create = `mutation ($input: ExampleNewProjectInput!) {
    createExampleProject(input: $input) { ... on ExampleProject { id name } ... on Problem { code } }
  }`;
  const input = { name: 'By GraphQL' };
  const answer = await graphqlOf(app, manager.headers)(create, { input });
  const { id } = fieldOf<Project>(answer, 'createExampleProject');
  expect(await send(member, 'GET', `/${id}`)).toMatchObject({ status: 200, body: input });
  const denied = await graphqlOf(app, member.headers)(create, { input });
  expect(denied.data).toEqual({ createExampleProject: { code: 'permission_denied' } });
});

it('is performed without HTTP as well, like any noun', async () => {
  const caller = { authorization: member.headers.Authorization };
  const input = { query: { limit: '1' } };
  const answer = await app.perform('exampleProjects.list', {
    origin: 'job',
    address: '127.0.0.1',
    caller,
    input,
  });
  expect(answer).toMatchObject({ status: 200, body: { items: [{}] } });
});

it('is documented as well, like any noun', async () => {
  const document = await (await fetch(`${app.url}/api/v1/openapi.json`)).json();
  const { tags } = document as { tags: { name: string }[] };
  const nouns = Object.keys({ ...contract, exampleProjects: projects });
  expect(tags.map(({ name }) => name)).toEqual([...nouns, 'webhookEvents']);
  const page = await (await fetch(`${app.url}/docs/problems/role_name_taken`)).text();
  expect(page).toContain('href="/docs#/roles/rolesCreate"');
  expect(page).toContain('href="/docs#/exampleProjects/exampleProjectsCreate"');
});
