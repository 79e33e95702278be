import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generate } from '../../client/generate/generate.ts';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { compile, copyRuntime, emptyFolder, runModule, strictest, write } from './compile.ts';
import { shapes } from './shapes.ts';
import { standIn } from './stand-in.ts';

/** What a caller writes, right and wrong: it is compiled, and then it runs. */
const caller = (baseUrl: string) => `
import { createClient } from './client/generated/client.ts';

const client = createClient({ baseUrl: '${baseUrl}' });
const [projectId, taskId] = ['p1', 't/1'];

async function titlesOf(items: AsyncIterable<{ title: string }>): Promise<string[]> {
  const titles: string[] = [];
  for await (const { title } of items) titles.push(title);
  return titles;
}

const titles = [
  await titlesOf(client.projects.tasksAll({ projectId, isDone: true, limit: 1 })),
  await titlesOf(client.projects.tasksAll({ projectId, cursor: 'two' })),
  await titlesOf(client.tasks.listAll()),
  await titlesOf(client.tasks.historyAll({ projectId, taskId, xTenant: 'ours' })),
];
const changed = await client.projects.changeTask({
  projectId, taskId, notify: false, ifMatch: '"7"', body: { title: 'c' },
});
if (changed.status === 200) titles.push([changed.body.title]);
console.log(JSON.stringify(titles));

export const wrong = (): unknown[] => [
  // @ts-expect-error which project?
  client.projects.tasksAll({ limit: 1 }),
  // @ts-expect-error which project?
  client.projects.tasks(),
  // @ts-expect-error whose history?
  client.tasks.historyAll({ projectId, taskId }),
  // @ts-expect-error no such filter
  client.tasks.listAll({ isDone: true }),
  // @ts-expect-error changed to what?
  client.projects.changeTask({ projectId, taskId, ifMatch: '"7"' }),
];
`;

it('a client for every shape of operation compiles, and asks for what its caller means', {
  timeout: 60_000,
}, async () => {
  const service = await standIn(({ method, url }) => {
    if (method !== 'GET') return { status: 200, body: { id: 't/1', title: 'c' } };
    const isSecond = url.includes('cursor=two');
    const [title, nextCursor] = isSecond ? ['b', null] : ['a', 'two'];
    return { status: 200, body: { items: [{ id: '1', title }], nextCursor } };
  });
  const folder = await emptyFolder();
  const files = generate(await openApiDocument(shapes.contract, shapes.tags));
  await write(folder, [
    ...files,
    ['package.json', '{ "type": "module" }'],
    ['caller.ts', caller(service.baseUrl)],
  ]);
  await copyRuntime(folder);
  expect(await compile(folder, ['caller.ts'], strictest)).toBe('');

  const said = await runModule(join(folder, 'caller.ts'));
  expect(JSON.parse(said)).toEqual([['a', 'b'], ['b'], ['a', 'b'], ['a', 'b'], ['c']]);
  const asked = service.requests.map(
    ({ method, url }) => `${method} ${url.replace('/api/v1', '')}`,
  );
  expect(asked).toEqual([
    'GET /projects/p1/tasks?isDone=true&limit=1',
    'GET /projects/p1/tasks?isDone=true&limit=1&cursor=two',
    'GET /projects/p1/tasks?cursor=two',
    'GET /tasks',
    'GET /tasks?cursor=two',
    'GET /tasks/t%2F1/history/p1',
    'GET /tasks/t%2F1/history/p1?cursor=two',
    'PATCH /projects/p1/tasks/t%2F1?notify=false',
  ]);
  const [history, more, change] = service.requests.slice(-3);
  expect([history, more].map((each) => each?.headers['x-tenant'])).toEqual(['ours', 'ours']);
  expect(history?.headers).not.toHaveProperty('if-none-match');
  expect(change).toMatchObject({ headers: { 'if-match': '"7"' }, body: '{"title":"c"}' });
});
