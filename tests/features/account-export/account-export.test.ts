import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aMember } from '../../kit/callers.ts';
import { eventually } from '../../kit/eventually.ts';
import { lastMailTo, mailsTo, tokenFor } from '../../kit/mailbox.ts';
import { aPicture } from '../../kit/pictures.ts';

const app = useApp();
const download = (token: string) => app.client().accountExport.download({ body: { token } });
const stored = () => readdir(join(app.config.storage.path, 'account-exports'));

/** Somebody with an archive: its token. */
async function anExport() {
  const person = await aMember(app);
  await unwrap(person.client.accountExport.request());
  return { person, token: await tokenFor(app, person.email) };
}

async function filesIn(body: ReadableStream): Promise<Record<string, unknown>> {
  return unzipped(Buffer.from(await new Response(body).arrayBuffer()));
}

/** Reads by the directory at the end, as programs do. */
function unzipped(zip: Buffer): Record<string, unknown> {
  const end = zip.lastIndexOf('PK\u0005\u0006');
  const files: Record<string, unknown> = {};
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const content = inflateRawSync(packed);
    files[name] = name.endsWith('.json') ? JSON.parse(content.toString()) : content;
    at += 46 + name.length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

describe('the export of an account', () => {
  it('is everything of it, and no secret, by a link in a mail', async () => {
    const { person, token } = await anExport();
    const mail = await lastMailTo(app, person.email);
    expect(mail.text).toContain('http://charter.test/account/download-export?token=');
    const answer = await download(token);
    if (!answer.ok) throw new Error('It was refused');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="account.zip"');
    const files = await filesIn(answer.body as ReadableStream);
    expect(files).toMatchObject({
      'account.json': [{ id: person.id, email: person.email, hasPassword: true }],
      'sessions.json': [{ kind: 'tokens', methods: ['pwd'] }],
      'audit.json': expect.arrayContaining([
        expect.objectContaining({ operation: 'accountExportRequest', by: 'self' }),
      ]),
      'exports.json': [{ expiresAt: null }],
      'erasure.json': [],
    });
    expect(JSON.stringify(files)).not.toMatch(/hash"|argon2|secret/i);
  });

  it('has the picture beside what is known of it', async () => {
    const person = await aMember(app);
    const file = aPicture();
    await unwrap(person.client.me.setAvatar({ body: { file } }));
    await unwrap(person.client.accountExport.request());
    const answer = await download(await tokenFor(app, person.email));
    const files = await filesIn(answer.body as ReadableStream);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(files['avatar.json']).toEqual([{ mediaType: 'image/png', bytes: bytes.length }]);
    expect(bytes.equals(files['avatar.png'] as Buffer)).toBe(true);
  });

  it('is downloaded once, and then there is no file any more', async () => {
    const { token } = await anExport();
    const [first, ...others] = await Promise.all(Array.from({ length: 4 }, () => download(token)));
    const answers = [first, ...others].toSorted((a, b) => Number(a?.status) - Number(b?.status));
    expect(answers.map((one) => one?.status)).toEqual([200, 410, 410, 410]);
    const [good] = answers;
    if (good?.ok) await new Response(good.body as ReadableStream).bytes();
    await eventually(async () => expect(await stored()).toEqual([]));
    expect(await download(token)).toMatchObject(refusal(410, 'invalid_link'));
  });

  it('is one, however often it is asked for before it is made', async () => {
    const person = await aMember(app);
    const asked = await unwrap(person.client.accountExport.request());
    expect(await unwrap(person.client.accountExport.request())).toEqual(asked);
    expect(await mailsTo(app, person.email)).toHaveLength(1);
    await unwrap(person.client.accountExport.request());
    expect(await mailsTo(app, person.email)).toHaveLength(2);
    expect(await app.db('accountExports').where({ userId: person.id })).toHaveLength(2);
  });

  it('is gone after a day', async () => {
    const { token } = await anExport();
    app.clock.advance({ hours: 26 });
    await app.runScheduled('account-export.sweep');
    expect(await download(token)).toMatchObject(refusal(410, 'invalid_link'));
    expect(await stored()).toEqual([]);
    expect(await app.db('accountExports')).toEqual([]);
  });

  it('is lost with its file, and says no more than that', async () => {
    const { token } = await anExport();
    const [{ id }] = await app.db('accountExports').select('id').orderBy('id', 'desc');
    await rm(join(app.config.storage.path, 'account-exports', id));
    expect(await download(token)).toMatchObject(refusal(410, 'invalid_link'));
  });
});

describe('an archive that cannot be made', () => {
  it('is tried again, and leaves no half of itself', async () => {
    const person = await aMember(app);
    await unwrap(person.client.accountExport.request());
    const before = await stored();
    await app.db.raw('alter table sign_in_attempts rename to gone');
    await app.workJobs();
    await app.db.raw('alter table gone rename to sign_in_attempts');
    expect(await stored()).toEqual(before);
    await unwrap(person.client.accountExport.request());
    expect(await tokenFor(app, person.email)).not.toBe('');
  });
});
