import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { sending } from '../kit/credentials.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();
let folder: string;
beforeEach(() => useDatabase(app.config.database.url));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charter-audit-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('audit export', () => {
  it('writes what fits to a file of its owner, and says so in the audit', async () => {
    const { userId, headers } = await quickSession(app);
    await app.client(sending(headers)).me.update({ body: { fullName: 'Ada' } });
    const file = join(folder, 'all.ndjson');
    const where = ['--actor', userId, '--format', 'ndjson', '--output', file];
    const { code, out } = await charter(['audit', 'export', ...where, '--json']);
    expect([code, JSON.parse(out)]).toEqual([0, { ok: true, entries: 1, file }]);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ operation: 'meUpdate' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const entry = await app.db('auditEntries').where({ operation: 'audit export' }).first();
    const marks = { safety: true, compliance: true };
    expect(entry).toMatchObject({ actor: 'system:charter audit export', ...marks });
  });

  it('touches no file that is there, and knows what it is asked for', async () => {
    const file = join(folder, 'kept.csv');
    await writeFile(file, 'kept');
    const again = await charter(['audit', 'export', '--output', file]);
    expect(again).toMatchObject({ code: 1, err: `${file} is there already.` });
    expect(await readFile(file, 'utf8')).toBe('kept');
    const odd = await charter(['audit', 'export', '--output', file, '--result', 'perhaps']);
    expect([odd.code, odd.err]).toEqual([2, expect.stringContaining('choices are done, denied')]);
    const early = await charter(['audit', 'export', '--output', file, '--from', 'yesterday']);
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('- from: ')]);
    const nowhere = join(folder, 'nowhere', 'all.csv');
    const lost = await charter(['audit', 'export', '--output', nowhere]);
    expect(lost).toMatchObject({ code: 1, err: `${nowhere} cannot be written (ENOENT).` });
    expect(await charter(['audit', 'export'])).toMatchObject({ code: 2 });
  });
});

describe('audit verify', () => {
  it('proves what is sealed, and says what can be noted', async () => {
    await app.runScheduled('audit.seal');
    const { out } = await charter(['audit', 'verify', '--json']);
    const { ok, seals, head } = JSON.parse(out);
    expect([ok, seals]).toEqual([true, head.number]);
    const noted = `${head.number}:${head.hash}`;
    const { code, out: lines } = await charter(['audit', 'verify', '--head', noted]);
    expect([code, lines]).toEqual([0, expect.stringContaining(`The last seal is ${noted}`)]);
    expect(await charter(['audit', 'verify', '--head', '1:x'])).toMatchObject({ code: 1 });
  });

  it('names the first that is broken', async () => {
    await app.runScheduled('audit.seal');
    const { id } = await app.db('auditEntries').orderBy('place').first();
    await app.db.raw('alter table audit_entries disable trigger user');
    await app.db('auditEntries').where({ id }).update({ actor: 'nobody' });
    await app.db.raw('alter table audit_entries enable trigger user');
    const { code, err } = await charter(['audit', 'verify']);
    expect([code, err]).toEqual([1, `Entry ${id} of seal 1 is altered.`]);
    const { out } = await charter(['audit', 'verify', '--json']);
    const broken = { seal: 1, entry: id, what: 'altered' };
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: 'failed', broken });
  });
});
