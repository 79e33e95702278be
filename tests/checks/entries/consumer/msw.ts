// The handlers of @charter/client/msw in the real msw.
import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createClient, NetworkError, unwrap } from '@charter/client';
import { eventStream } from '@charter/client/events';
import { createMock, examples } from '@charter/client/msw';
import { delay, HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';

const baseUrl = 'https://api.example.com';
const mock = createMock(http, { baseUrl });
const server = setupServer(...mock.handlers);
server.listen({ onUnhandledFrame: 'error' });
const client = createClient({ baseUrl });
const userId = examples.User.id;

// Example data, until a test says otherwise; a handler of msw's own kind stands beside ours.
deepEqual(await unwrap(client.users.get({ userId })), examples.User);
// A literal address is not taken for a name.
deepEqual(await unwrap(client.users.statistics()), examples.UserStatistics);
server.use(http.get(`${baseUrl}/api/v1/me`, () => HttpResponse.json(examples.Me)));
deepEqual(await unwrap(client.me.get()), examples.Me);

// Typed: a status with its body, or with one of its codes.
server.use(mock.users.get({ status: 404, code: 'not_found' }));
const missing = await client.users.get({ userId });
equal(missing.ok === false && missing.problem?.code, 'not_found');
// @ts-expect-error the operation does not declare it
mock.users.get({ status: 409, code: 'email_taken' });
// @ts-expect-error the code belongs to another status
mock.users.get({ status: 404, code: 'permission_denied' });
// @ts-expect-error an account is more than its name
mock.users.get({ status: 200, body: { username: 'ada' } });
mock.users.get({ status: 304 });
mock.users.remove({ status: 204 });

// By what was asked, as the client was given it.
server.use(
  mock.users.list(async ({ input, example }) => {
    await delay(1);
    const [first] = example.items;
    if (!first || input.limit !== 2) return { status: 422, code: 'validation_failed' };
    return { status: 200, body: { items: [first, first], nextCursor: null } };
  }),
  mock.roles.update(({ input: { roleId, ifMatch, body }, example }) => {
    const isKnown = roleId === 'a b' && ifMatch === '"1"';
    if (!isKnown)
      return { status: 412, code: 'precondition_failed', detail: 'Somebody was faster.' };
    const description = body.description ?? null;
    return { status: 200, body: { ...example, description }, headers: { etag: '"2"' } };
  }),
  mock.me.get(() => HttpResponse.error()),
);
equal((await unwrap(client.users.list({ limit: 2 }))).items.length, 2);
const change = { roleId: 'a b', ifMatch: '"1"', body: { description: 'New' } };
const changed = await client.roles.update(change);
equal(changed.ok && changed.body.description, 'New');
equal(changed.ok && changed.etag, '"2"');
await rejects(client.me.get(), NetworkError);

// A file arrives as one, and bytes stream.
let size = 0;
server.use(
  mock.me.setAvatar(({ input, example }) => {
    size = 'size' in input.body.file ? input.body.file.size : -1;
    return { status: 200, body: example };
  }),
);
await unwrap(client.me.setAvatar({ body: { file: new Blob(['12345']) } }));
equal(size, 5);
const avatar = await client.users.getAvatar({ userId });
equal(
  avatar.ok && (await new Response(avatar.body).arrayBuffer()).byteLength,
  examples.picture.length,
);

// Events come along the stream.
for await (const { type } of eventStream({ baseUrl })) {
  equal(type, 'account.created');
  break;
}

// Whatever host it is on.
server.resetHandlers(...createMock(http).handlers);
deepEqual(await unwrap(createClient({ baseUrl: 'http://localhost:3000' }).me.get()), examples.Me);
server.close();
process.stdout.write('msw does as it is told.\n');
