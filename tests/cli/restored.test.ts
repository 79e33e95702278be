import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createDatabase } from '../kit/database.ts';

// tests/full/backup.test.ts restores a dump, and looks at what callers see.
const app = useApp();

it('charter restored settles a database that nobody works on, and twice does no harm', async () => {
  const { url, drop } = await createDatabase();
  useDatabase(url);
  const told = await charter(['restored']);
  expect(told).toMatchObject({ code: 0, err: '' });
  expect(told.out).toContain('0 sessions ended\n');
  expect(told.out).toContain('docs/backup.md');
  const { code, out } = await charter(['restored', '--json']);
  expect({ code, ...JSON.parse(out) }).toMatchObject({
    ...{ code: 0, ok: true },
    settled: { 'sessions ended': 0, 'waiting deliveries given up': 0, 'events of before': 0 },
  });
  await drop();
});

it('charter restored leaves alone what a process works on', async () => {
  useDatabase(app.config.database.directUrl);
  const { code, err } = await charter(['restored']);
  expect({ code, err }).toMatchObject({
    code: 1,
    err: expect.stringContaining('The service works on this database'),
  });
});
