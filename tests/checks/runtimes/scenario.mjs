// What a program does with the client: the same lines in every runtime, with its own `fetch`.
import {
  bearer,
  createClient,
  fieldErrors,
  hooks,
  isProblem,
  NetworkError,
  readThenChange,
  remembered,
  retry,
  toArray,
  tokensInMemory,
  unwrap,
  unwrapOr,
} from '@charter/client';
import { eventStream } from '@charter/client/events';
import { verifyWebhook, WebhookError } from '@charter/client/webhooks';

/** Does it all against the service at this address, and names what held. Throws at what did not. */
export async function scenario(baseUrl) {
  const heard = [];
  const connection = {
    baseUrl,
    credentials: bearer(tokensInMemory()),
    retry: retry({ backoffMs: 1 }),
    hooks: hooks({ onResponse: ({ status }, { path }) => heard.push(`${status} ${path}`) }),
    headers: { 'X-Tenant': 'acme' },
  };
  const client = createClient(connection);
  const held = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(client, connection, heard);
    } catch (error) {
      throw new Error(`${name}: ${error?.stack ?? error}`);
    }
    held.push(name);
  }
  return held;
}

const roleId = 'r1';

const checks = {
  async 'a sign-in by tokens, which go with each call'(client) {
    const body = { identifier: 'ada', password: 'x', delivery: 'tokens' };
    same((await unwrap(client.auth.login({ body }))).accessToken, 'first');
    const me = await unwrap(client.me.get());
    same([me.username, me.seen['x-tenant']], ['ada', 'acme']);
  },

  async 'one refresh for five calls that are refused'(client, _connection, heard) {
    heard.length = 0;
    await unwrap(client.with({ headers: { 'x-expire': 'yes' } }).health.check());
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.me.get()));
    same(
      answers.map(({ ok }) => ok),
      Array(5).fill(true),
    );
    same(heard.filter((each) => each.endsWith('/refresh')).length, 1);
  },

  async 'all items of a list, over pages, and no more than wanted'(client) {
    const names = async (options) =>
      (await toArray(client.users.listAll({ search: 'a b&c' }, options))).map(
        ({ username }) => username,
      );
    same(await names(), ['a', 'b', 'c']);
    same(await names({ maxItems: 2 }), ['a', 'b']);
  },

  async 'a refusal with its code, its request id and its fields'(client) {
    const create = () => client.users.create({ body: { email: 'taken', username: 'ada' } });
    const error = await unwrap(create()).catch((thrown) => thrown);
    same([isProblem(error, 'email_taken'), error.requestId], [true, 'r-409']);
    same(fieldErrors(error, { email_taken: 'email' }).email?.length, 1);
    same(await unwrapOr(create(), { email_taken: ({ status }) => status }), 409);
  },

  async 'what may be sent twice is sent again, and nothing else'(client) {
    same((await client.roles.get({ roleId: 'away-once' })).ok, true);
    const again = await unwrap(client.roles.create({ body: { name: 'away-once' } }));
    same(again.keys, 1);
    const changed = await client.roles.update({ roleId: 'away-once', body: { name: 'x' } });
    same(changed.status, 503);
  },

  async 'tags: 304 for what is known, and a change made anew'(client) {
    const read = remembered((ifNoneMatch) => client.roles.get({ roleId, ifNoneMatch }));
    const first = await read();
    same((await read()) === first, true);
    const change = await readThenChange(
      () => client.roles.get({ roleId }),
      ({ body, etag }) => client.roles.update({ roleId, ifMatch: etag, body: { name: body.name } }),
    );
    same(change.status, 200);
  },

  async 'a call that takes too long, and one that is aborted'(client) {
    const slow = (options) =>
      client.roles.get({ roleId: 'never' }, options).catch((thrown) => thrown);
    same((await slow({ timeoutMs: 20 })).name, 'TimeoutError');
    const controller = new AbortController();
    const call = slow({ signal: controller.signal });
    controller.abort(new RangeError('enough'));
    same((await call).name, 'RangeError');
  },

  async 'bytes as they come'(client) {
    const answer = await client.accountExport.download({ body: { token: 'x' } });
    let length = 0;
    const reader = answer.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      length += next.value.length;
    same(length, 100_000);
  },

  async 'a file, and how far it is'(client) {
    const file = new Blob([new Uint8Array(50_000)], { type: 'image/png' });
    const seen = [];
    const plain = await unwrap(client.me.setAvatar({ body: { file } }));
    const onProgress = ({ sentBytes }) => seen.push(sentBytes);
    const counted = await unwrap(client.me.setAvatar({ body: { file } }, { onProgress }));
    same([plain.received > 50_000, counted.received > 50_000], [true, true]);
    same(seen.length > 0 && seen.at(-1) > 50_000, true);
  },

  async 'events along a stream that breaks'(_client, connection) {
    const controller = new AbortController();
    const types = [];
    for await (const { id } of eventStream(connection, { signal: controller.signal })) {
      types.push(id);
      if (types.length === 3) controller.abort();
    }
    same(types, ['e1', 'e2', 'e3']);
  },

  async 'a webhook that is signed, and one that is not'() {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const now = { now: new Date(1_614_265_330_000) };
    same(await verifyWebhook('{"test": 2432232314}', headers, secret, now), { test: 2432232314 });
    const wrong = await verifyWebhook('{"test": 1}', headers, secret, now).catch(
      (thrown) => thrown,
    );
    same([wrong instanceof WebhookError, wrong.reason], [true, 'wrong_signature']);
  },

  async 'a redirect, which takes nothing along'(client) {
    const body = { token: 'secret', password: 'x' };
    const error = await client.passwordReset.confirm({ body }).catch((thrown) => thrown);
    // A browser does not tell where it would have led, nor how.
    same([error.name, [0, 307].includes(error.status)], ['AnswerError', true]);
    same((await unwrap(client.health.liveness())).followed, 0);
  },

  async 'no answer is a NetworkError'() {
    const nowhere = createClient({ baseUrl: 'http://127.0.0.1:9' });
    const error = await nowhere.me.get().catch((thrown) => thrown);
    same(error instanceof NetworkError, true);
  },
};

function same(given, wanted) {
  const [is, should] = [JSON.stringify(given), JSON.stringify(wanted)];
  if (is !== should) throw new Error(`${is} instead of ${should}`);
}
