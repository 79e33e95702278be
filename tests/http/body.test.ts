import { describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { raw, requestText } from '../kit/raw.ts';

const app = useApp({ BODY_LIMIT_BYTES: '50000' });
const login = '/api/v1/auth/login';
const json = { 'Content-Type': 'application/json' };

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = json,
) {
  const answer = await app.request(login, { method: 'POST', headers, body });
  return {
    status: answer.status,
    ...((await answer.json()) as { code: string; errors?: object[] }),
  };
}

const credentials = (fields: object) =>
  JSON.stringify({ identifier: 'nobody-here', password: 'wrong', delivery: 'tokens', ...fields });

describe('a body that is too large', () => {
  it('is refused by its declared length', async () => {
    expect(await send(credentials({ password: 'x'.repeat(50_000) }))).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
  });

  it('is refused while it arrives, where no length is declared', async () => {
    const chunk = `7000\r\n${'x'.repeat(0x7000)}\r\n`;
    const headers = { ...json, 'Transfer-Encoding': 'chunked' };
    const answer = await raw(
      app.url,
      requestText(`POST ${login}`, headers, `${chunk}${chunk}0\r\n\r\n`),
    );
    expect(answer.json).toMatchObject({ status: 413, code: 'body_too_large' });
  });
});

describe('a body of another type', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'application/jsonp',
    'application/json; charset=utf-16',
    'application/json; charset=iso-8859-1',
  ])('is refused as %s', async (type) => {
    expect(await send(credentials({}), { 'Content-Type': type })).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
    });
  });

  it('is refused without a type', async () => {
    const text = requestText(`POST ${login}`, { 'Content-Length': '2' }, '{}');
    expect((await raw(app.url, text)).json).toMatchObject({ status: 415 });
  });

  it('is refused when it is packed', async () => {
    const packed = { ...json, 'Content-Encoding': 'gzip' };
    expect(await send(credentials({}), packed)).toMatchObject({ status: 415 });
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'is none as %s',
    async (type) => {
      expect(await send(credentials({}), { 'Content-Type': type })).toMatchObject({ status: 401 });
    },
  );
});

describe('a body that cannot be read', () => {
  it.each([
    '{',
    '{"identifier": undefined}',
    "{'identifier': 'x'}",
    '[1,]',
    'NaN',
    '{}{}',
    '\u0000',
  ])('is refused: %j', async (body) => {
    expect(await send(body)).toMatchObject({ status: 400, code: 'malformed_request' });
  });

  it('is refused when it is missing', async () => {
    expect(await send('')).toMatchObject({ status: 400, code: 'malformed_request' });
  });

  it('is refused when it is not UTF-8', async () => {
    const bytes = Uint8Array.from([0x22, 0xff, 0xfe, 0x22]);
    expect(await send(bytes)).toMatchObject({ status: 400, code: 'malformed_request' });
  });

  it('is never quoted in the answer', async () => {
    const answer = await app.request(login, { method: 'POST', headers: json, body: '{hunter2' });
    expect(await answer.text()).not.toContain('hunter2');
  });
});

describe('a body that breaks a rule', () => {
  it.each(['{}', 'null', '[]', '"text"', '42', 'true'])('is refused: %s', async (body) => {
    expect(await send(body)).toMatchObject({ status: 422, code: 'validation_failed' });
  });

  it.each([
    ['NUL', '\\u0000'],
    ['half a surrogate pair', '\\ud800'],
    ['a pair the wrong way round', '\\udc00\\ud800'],
  ])('is refused for %s, and the place is named', async (_name, text) => {
    const body = credentials({}).replace('nobody-here', `a${text}b`);
    const { status, errors } = await send(body);
    expect(status).toBe(422);
    expect(errors).toEqual([
      expect.objectContaining({ in: 'body', path: 'identifier', code: 'invalid_text' }),
    ]);
  });

  it.each([
    ['turns its reading round', 'a\u202eb', 'a\uFFFDb'],
    ['breaks its line', 'a\n\u2028b', 'a\uFFFD\uFFFDb'],
    ['is cut in the middle of a character', `${'a'.repeat(199)}😀`, `${'a'.repeat(199)}\uFFFD`],
  ])('is refused without a name that %s', async (_name, field, path) => {
    for (const value of ['\0', 7]) {
      const { errors } = await send(JSON.stringify({ [field]: value }));
      expect(errors).toContainEqual(expect.objectContaining({ in: 'body', path }));
    }
  });

  it.each(['__proto__', 'constructor', 'isAdmin'])('is refused for a field %s', async (name) => {
    const body = credentials({}).replace('{', `{"${name}": {"isAdmin": true},`);
    expect(await send(body)).toMatchObject({ status: 422, code: 'validation_failed' });
    expect({}).not.toHaveProperty('isAdmin');
  });

  it('is refused naming the field that nobody knows, and not its value', async () => {
    const body = credentials({ pasword: 'my-secret-value' });
    const answer = await app.request(login, { method: 'POST', headers: json, body });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(JSON.parse(text).errors).toContainEqual({
      in: 'body',
      path: 'pasword',
      code: 'unknown_field',
      message: 'There is no such field; did you mean `password`?',
    });
    expect(text).not.toContain('my-secret');
  });

  it('names fifty of five hundred unknown fields, and is done', async () => {
    const names = Array.from({ length: 500 }, (_, at) => [`f${at}`, 0]);
    const body = credentials(Object.fromEntries(names));
    const answer = await app.request(login, { method: 'POST', headers: json, body });
    expect(answer.status).toBe(422);
    const { errors } = (await answer.json()) as { errors: object[] };
    expect(errors).toHaveLength(50);
  });

  it.each([
    ['lists', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['objects', `${'{"a":'.repeat(7_000)}1${'}'.repeat(7_000)}`],
  ])('is refused for %s nested without end', async (_name, body) => {
    expect(await send(body)).toMatchObject({ status: 422 });
  });

  it('is refused for a number beyond all numbers', async () => {
    const body = credentials({}).replace('"nobody-here"', '1e400');
    expect(await send(body)).toMatchObject({ status: 422 });
  });

  it('lists every broken rule at once, up to fifty', async () => {
    const { errors } = await send(JSON.stringify({ delivery: 'pigeon' }));
    expect(errors?.map((error) => (error as { path: string }).path).sort()).toEqual([
      'delivery',
      'identifier',
      'password',
    ]);
    const many = Array.from({ length: 500 }, () => '"\\u0000"').join(',');
    expect((await send(`[${many}]`)).errors).toHaveLength(50);
  });
});

it('reads the last of two equal keys, as every JSON reader does', async () => {
  const body = credentials({}).replace('{', '{"identifier": 42,');
  expect(await send(body)).toMatchObject({ status: 401 });
});

it('ignores a body where the operation takes none', async () => {
  const answer = await app.request('/api/v1/auth/logout', { method: 'POST', body: '{broken' });
  expect(answer.status).toBe(401);
});
