import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aHolderOf } from '../../kit/holder.ts';

const app = useApp();

type Filters = Parameters<Client['audit']['export']>[0];

async function exported(filters: Filters): Promise<string> {
  const { audit } = await aHolderOf(app, 'audit:read');
  const answer = await audit.export(filters);
  if (!answer.ok) throw new Error(answer.problem.code);
  return new Response(answer.body as ReadableStream).text();
}

/** So many entries of somebody, a second apart. */
async function entriesOf(actor: string, count: number, more: Record<string, unknown> = {}) {
  const entries = Array.from({ length: count }, () => {
    app.clock.advance({ seconds: 1 });
    const usual = { operation: 'usersUpdate', result: 'done', changed: ['email', 'fullName'] };
    return { id: randomUUID(), at: app.clock.now(), actor, ...usual, ...more };
  });
  await app.db('auditEntries').insert(entries);
  app.clock.advance({ seconds: 1 });
  return entries.map(({ id }) => id);
}

describe('audit.export', () => {
  it('streams what the list would show, a line each, the oldest first', async () => {
    const actor = randomUUID();
    const ids = await entriesOf(actor, 3);
    const lines = (await exported({ actor, format: 'ndjson' })).trimEnd().split('\n');
    const entries = lines.map((line) => JSON.parse(line));
    expect(entries.map(({ id }) => id)).toEqual(ids);
    const { audit } = await aHolderOf(app, 'audit:read');
    const { items } = await unwrap(audit.list({ actor, sort: 'at' }));
    expect(entries).toEqual(items);
  });

  it('takes more pages than one, without a gap and nothing twice', async () => {
    const actor = randomUUID();
    const ids = await entriesOf(actor, 1_001);
    const lines = (await exported({ actor })).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^id,at,operation,/);
    expect(lines.slice(1).map((line) => line.slice(0, 36))).toEqual(ids);
  });

  it('is a table with names where there is nothing, and no line at all as NDJSON', async () => {
    const actor = randomUUID();
    expect(await exported({ actor, format: 'csv' })).toMatch(/^id,at,.*,userAgent\r\n$/);
    expect(await exported({ actor, format: 'ndjson' })).toBe('');
  });

  it('is harmless in a spreadsheet, and keeps its columns whatever stands in them', async () => {
    const actor = randomUUID();
    const [entryId] = await entriesOf(actor, 1, { reason: 'a "quoted", word' });
    const userAgent = `=cmd|' /C calc'!A0`;
    await app.db('auditOrigins').insert({ entryId, address: '203.0.113.9', userAgent });
    const [, line] = (await exported({ actor })).split('\r\n');
    expect(line).toContain(`,"a ""quoted"", word",`);
    expect(line).toMatch(/,email fullName,/);
    expect(line).toMatch(/,false,false,.*,203\.0\.113\.9,'=cmd\|' \/C calc'!A0$/);
  });

  it('leaves an entry that says by what was looked for, and is not in itself', async () => {
    app.clock.advance({ seconds: 1 });
    const from = app.clock.now().toISOString();
    const client = await aHolderOf(app, 'audit:read');
    const answer = await client.audit.export({ from, format: 'ndjson' });
    const text = await new Response(answer.body as ReadableStream).text();
    expect(text).not.toContain('auditExport');
    const { items } = await unwrap(client.audit.list({ operation: 'auditExport', limit: 1 }));
    expect(items).toMatchObject([{ result: 'done', changed: ['from'], compliance: true }]);
  });

  it('is refused before it begins', async () => {
    const { audit } = await aHolderOf(app, 'audit:read');
    const range = { from: '2026-02-01T00:00:00Z', before: '2026-01-01T00:00:00Z' };
    const reversed = { in: 'query', path: 'before', code: 'reversed_range' } as const;
    expect(await audit.export(range)).toMatchObject(refusal(422, 'validation_failed', reversed));
  });
});
