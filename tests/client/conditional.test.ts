import { describe, expect, it } from 'vitest';
import { rolesGet, rolesUpdate } from '../../client/generated/roles.ts';
import { readThenChange, remembered } from '../../client/index.ts';
import { scripted } from './scripted.ts';
import { problem, type Reply } from './stand-in.ts';

const roleId = '1';
const role = (name: string, tag: string): Reply => ({
  status: 200,
  body: { id: roleId, name },
  headers: { etag: tag },
});
const stale = problem(412, 'precondition_failed');

describe('a change of what was read', () => {
  function changing(...replies: Reply[]) {
    const { connection, sent } = scripted(...replies);
    const answer = readThenChange(
      () => rolesGet(connection, { roleId }),
      ({ body, etag }) =>
        rolesUpdate(connection, { roleId, ifMatch: etag, body: { name: `${body.name}!` } }),
    );
    return { answer, sent };
  }

  it('says what it was read as', async () => {
    const { answer, sent } = changing(role('a', '"1"'), role('a!', '"2"'));
    expect(await answer).toMatchObject({ ok: true, etag: '"2"' });
    expect(sent[1]).toMatchObject({ headers: { 'if-match': '"1"' }, body: '{"name":"a!"}' });
  });

  it('is made anew where somebody else was faster', async () => {
    const { answer, sent } = changing(role('a', '"1"'), stale, role('b', '"2"'), role('b!', '"3"'));
    expect(await answer).toMatchObject({ ok: true });
    expect(sent[3]).toMatchObject({ headers: { 'if-match': '"2"' }, body: '{"name":"b!"}' });
  });

  it('is given up after three times', async () => {
    const both = [role('a', '"1"'), stale];
    const { answer, sent } = changing(...both, ...both, ...both, ...both);
    expect(await answer).toMatchObject({ ok: false, status: 412 });
    expect(sent).toHaveLength(6);
  });

  it('is not made of what cannot be read, and other refusals are the answer', async () => {
    const unknown = changing(problem(404, 'not_found'));
    expect(await unknown.answer).toMatchObject({ status: 404 });
    expect(unknown.sent).toHaveLength(1);
    const refused = changing(role('a', '"1"'), problem(409, 'role_name_taken'));
    expect(await refused.answer).toMatchObject({ status: 409 });
  });
});

describe('what is remembered', () => {
  it('is given where it still is the same, and replaced where it is not', async () => {
    const same: Reply = { status: 304, headers: { etag: '"1"' } };
    const { connection, sent } = scripted(role('a', '"1"'), same, role('b', '"2"'));
    const read = remembered((ifNoneMatch) => rolesGet(connection, { roleId, ifNoneMatch }));
    const [first, second, third] = [await read(), await read(), await read()];
    expect(second).toBe(first);
    expect(third).toMatchObject({ status: 200, body: { name: 'b' } });
    expect(sent.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"', '"1"']);
  });

  it('outlives a refusal', async () => {
    const { connection } = scripted(role('a', '"1"'), problem(503, 'service_unavailable'), {
      status: 304,
    });
    const read = remembered((ifNoneMatch) => rolesGet(connection, { roleId, ifNoneMatch }));
    const [first, second, third] = [await read(), await read(), await read()];
    expect(second).toMatchObject({ status: 503 });
    expect(third).toBe(first);
  });
});
