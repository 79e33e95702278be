import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { avatarMaxBytes } from '../../../contract/avatars.ts';
import { fileDigest } from '../../../contract/kit/facets/uploads.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aMember, anAdministrator, type Caller } from '../../kit/callers.ts';
import { eventually } from '../../kit/eventually.ts';
import { aPicture } from '../../kit/pictures.ts';
import { filesOf } from '../../kit/stored.ts';

const app = useApp();
const stored = () => filesOf(app);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');

async function bytesOf(answer: { body?: unknown }): Promise<Buffer> {
  return Buffer.from(await new Response(answer.body as ReadableStream).arrayBuffer());
}

/** Somebody with a picture. */
async function aPortrayed() {
  const person = await aMember(app);
  const file = aPicture();
  const avatar = await unwrap(person.client.me.setAvatar({ body: { file } }));
  return { person, avatar, bytes: Buffer.from(await file.arrayBuffer()) };
}

describe('a picture', () => {
  it('is kept as it is, told with its digest, and seen by others', async () => {
    const { person, avatar, bytes } = await aPortrayed();
    const digest = fileDigest(sha256(bytes));
    expect(avatar).toMatchObject({ mediaType: 'image/png', bytes: bytes.length, digest });
    expect(await unwrap(person.client.me.get())).toMatchObject({ avatarId: avatar.id });
    const other = await aMember(app);
    const answer = await other.client.users.getAvatar({ userId: person.id });
    if (!answer.ok) throw new Error('It was refused');
    expect((await bytesOf(answer)).equals(bytes)).toBe(true);
    expect(answer.etag).toBe(`"${sha256(bytes)}"`);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename="avatar.png"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=60',
    });
    const known = { userId: person.id, ifNoneMatch: answer.etag };
    expect(await other.client.users.getAvatar(known)).toMatchObject({ status: 304 });
  });

  it('takes the place of the one before, whose file is gone', async () => {
    const { person, avatar } = await aPortrayed();
    const next = await unwrap(person.client.me.setAvatar({ body: { file: aPicture() } }));
    expect(next.id).not.toBe(avatar.id);
    await eventually(async () => expect(await stored()).not.toContain(avatar.id));
    expect(await stored()).toContain(next.id);
  });

  it('is removed by its owner, as often as they like, and by whoever manages accounts', async () => {
    const { person, avatar } = await aPortrayed();
    expect((await person.client.me.removeAvatar()).status).toBe(204);
    expect((await person.client.me.removeAvatar()).status).toBe(204);
    await eventually(async () => expect(await stored()).not.toContain(avatar.id));
    expect(await person.client.me.getAvatar()).toMatchObject(refusal(404, 'not_found'));
    const { person: other } = await aPortrayed();
    const { client } = await anAdministrator(app);
    expect((await client.users.removeAvatar({ userId: other.id })).status).toBe(204);
    expect(await unwrap(other.client.me.get())).toMatchObject({ avatarId: null });
  });

  it('is told as a change of the account, to the audit and to whoever hears events', async () => {
    const { person } = await aPortrayed();
    const entry = await app
      .db('auditEntries')
      .where({ operation: 'meSetAvatar', targetId: person.id });
    expect(entry).toMatchObject([{ targetId: person.id, changed: ['avatar'] }]);
    const events = await app.db('events').where({ name: 'account.updated' });
    expect(events.map(({ data }) => data)).toContainEqual({
      userId: person.id,
      changed: ['avatar'],
    });
  });

  it('is not seen of an account that is not seen, and is back with it', async () => {
    const { person, bytes } = await aPortrayed();
    const [other, { client: manager }] = [await aMember(app), await anAdministrator(app)];
    const { id: userId } = person;
    await unwrap(manager.users.remove({ userId }));
    const gone = refusal(404, 'not_found');
    expect(await other.client.users.getAvatar({ userId })).toMatchObject(gone);
    await unwrap(manager.users.restore({ userId }));
    await unwrap(manager.users.deactivate({ userId }));
    expect(await other.client.users.getAvatar({ userId })).toMatchObject(gone);
    const seen = await manager.users.getAvatar({ userId });
    expect((await bytesOf(seen)).equals(bytes)).toBe(true);
  });
});

describe('nothing is left of a file', () => {
  async function leavesNothing(send: (person: Caller) => Promise<unknown>) {
    const person = await aMember(app);
    const before = await stored();
    const answer = await send(person);
    await eventually(async () => expect(await stored()).toEqual(before));
    expect(await unwrap(person.client.me.get())).toMatchObject({ avatarId: null });
    return answer;
  }
  const set = (file: Blob, digest?: string) => (person: Caller) =>
    person.client.me.setAvatar({ body: { file, digest } });

  it('that is too large, whether or not it says so', async () => {
    const large = aPicture(avatarMaxBytes + 1);
    expect(await leavesNothing(set(large))).toMatchObject(refusal(413, 'body_too_large'));
    const unsaid = leavesNothing(({ client }) =>
      client.me.setAvatar({ body: { file: large } }, { onProgress: () => {} }),
    );
    expect(await unsaid).toMatchObject(refusal(413, 'body_too_large'));
  });

  it('that is none of the types, whatever it is called', async () => {
    const html = '<!doctype html><script>alert(1)</script>';
    const refused = refusal(415, 'unsupported_media_type');
    for (const text of [
      html,
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '%PDF-1.7',
      'MZ\0',
      'PK\x03\x04',
    ]) {
      const file = new File([text], 'picture.png', { type: 'image/png' });
      expect(await leavesNothing(set(file)), text).toMatchObject(refused);
    }
  });

  it('that is not what its digest says', async () => {
    const wrong = fileDigest(sha256(randomBytes(8)));
    const answer = await leavesNothing(set(aPicture(), wrong));
    expect(answer).toMatchObject(invalid('file', 'wrong_digest'));
  });

  it('whose sender broke off', async () => {
    const aborting = new AbortController();
    await leavesNothing(async ({ client }) => {
      const options = { signal: aborting.signal, onProgress: () => aborting.abort() };
      const sent = client.me.setAvatar({ body: { file: aPicture(1_500_000) } }, options);
      await expect(sent).rejects.toThrow('aborted');
    });
  });

  it('whose account is gone by the time that it is here', async () => {
    const person = await aMember(app);
    const before = await stored();
    const deactivatedAt = app.clock.now();
    async function* content() {
      yield await aPicture(5_000).bytes();
      await app.db('users').where({ id: person.id }).update({ deactivatedAt });
      yield Buffer.from('the rest');
    }
    const caller = { authorization: `Bearer ${person.tokens().accessToken}` };
    const input = { body: { file: { content: content() } } };
    const call = { origin: 'job', address: '203.0.113.1', caller, input } as const;
    const { status, body } = await app.perform('me.setAvatar', call);
    expect([status, body]).toMatchObject([401, { code: 'unauthenticated' }]);
    expect(await stored()).toEqual(before);
  });

  it('whose change failed for a reason that only the database knows, an hour later', async () => {
    const person = await aMember(app);
    const before = await stored();
    await app.db.raw('alter table users add constraint odd check (avatar_bytes <> 4321)');
    const answer = await person.client.me.setAvatar({ body: { file: aPicture(4_321) } });
    expect(answer).toMatchObject(refusal(500, 'internal_error'));
    app.clock.advance({ minutes: 61 });
    await app.runScheduled('users.sweep-avatars');
    expect(await stored()).toEqual(before);
  });

  it('that no account names, an hour later', async () => {
    const { avatar } = await aPortrayed();
    const orphan = '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b99';
    await app.platform.storage.area('avatars').put(orphan, aPicture().stream());
    app.clock.advance({ minutes: 61 });
    await app.runScheduled('users.sweep-avatars');
    const left = await stored();
    expect([left.includes(orphan), left.includes(avatar.id)]).toEqual([false, true]);
  });
});

describe('a picture that is also something else', () => {
  it.each([
    ['a page', 'GIF89a\x01\0\x01\0\0\0\0;<script>alert(1)</script>', 'image/gif'],
    ['a script', 'GIF89a/*\0\0\0\0*/=1;alert(1)//', 'image/gif'],
    ['an archive', '\xff\xd8\xff\xe0\0\x10JFIF\0PK\x03\x04', 'image/jpeg'],
  ])(
    'and %s is given out as a picture to be saved, that nothing runs in',
    async (_what, text, type) => {
      const { client } = await aMember(app);
      const file = new Blob([Buffer.from(text, 'latin1')], { type: 'text/html' });
      const avatar = await unwrap(client.me.setAvatar({ body: { file } }));
      expect(avatar.mediaType).toBe(type);
      const { headers } = await client.me.getAvatar();
      expect([headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
        type,
        'nosniff',
      ]);
    },
  );
});

it('of two pictures at once, one is the account’s, and the other is gone', async () => {
  const person = await aMember(app);
  const set = () => unwrap(person.client.me.setAvatar({ body: { file: aPicture() } }));
  const both = await Promise.all([set(), set()]);
  const { avatarId } = await unwrap(person.client.me.get());
  const [other] = both.map(({ id }) => id).filter((id) => id !== avatarId);
  expect(both.map(({ id }) => id)).toContain(avatarId);
  await eventually(async () => expect(await stored()).not.toContain(other));
});

it('says how far it is', async () => {
  const { client } = await aMember(app);
  const seen: number[] = [];
  const file = aPicture(300_000);
  const options = {
    onProgress: ({ sentBytes }: { sentBytes: number }) => void seen.push(sentBytes),
  };
  await unwrap(client.me.setAvatar({ body: { file } }, options));
  expect(seen.at(-1)).toBeGreaterThan(300_000);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

it('may come as a stream', async () => {
  const { client } = await aMember(app);
  const { bytes } = await unwrap(client.me.setAvatar({ body: { file: aPicture(500).stream() } }));
  expect(bytes).toBe(500);
});

it('is counted by what became of it', async () => {
  const lines = await app.scrape();
  for (const outcome of [
    'received',
    'unsupported_media_type',
    'body_too_large',
    'validation_failed',
  ]) {
    const series = `charter_uploads_total{outcome="${outcome}"`;
    expect(
      lines.some((line) => line.startsWith(series)),
      outcome,
    ).toBe(true);
  }
  expect(lines.some((line) => line.startsWith('charter_uploads_size_bytes_total'))).toBe(true);
});
