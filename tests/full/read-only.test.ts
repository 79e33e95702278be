import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EmbeddedDatabase,
  startEmbedded,
} from '../../server/development/embedded/embedded.ts';
import { refusal } from '../kit/answers.ts';
import { startApp, type TestApp } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { onServer, testSecrets } from '../kit/cluster.ts';
import { eventually } from '../kit/eventually.ts';
import { prepare } from '../kit/prepare.ts';

/** A server of the file's own: what is switched here holds for all databases of a server. */
let folder: string;
let server: EmbeddedDatabase;
let app: TestApp;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charter-read-only-'));
  server = await startEmbedded({ folder });
  await prepare(server.url, testSecrets.join(','));
  app = await startApp({}, { route: async () => server.url });
});

afterAll(async () => {
  await app.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

const register = () => app.client().auth.register({ body: newPerson() });

async function takesWrites(): Promise<void> {
  await eventually(async () => expect(await register()).toMatchObject({ status: 201 }));
  await eventually(async () => {
    expect(await app.client().health.readiness()).toMatchObject({ status: 200 });
  });
}

async function takesNoWrites(): Promise<void> {
  await eventually(async () => {
    expect(await app.client().health.readiness()).toMatchObject({
      status: 503,
      problem: { detail: 'The database takes no writes.' },
    });
  });
  const refused = await register();
  expect(refused).toMatchObject(refusal(503, 'service_unavailable'));
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(await app.client().health.liveness()).toMatchObject({ status: 200 });
}

describe('a service recovers alone', () => {
  it('from a server that an operator makes read-only, open connections included', async () => {
    await takesWrites();
    await alterSystem('set default_transaction_read_only = on');
    await takesNoWrites();
    await alterSystem('reset default_transaction_read_only');
    await takesWrites();
  });

  it('from a primary that comes back as a standby, and is promoted later', async () => {
    const { rows } = await onServer(
      server.url,
      `select current_setting('data_directory') as datname`,
    );
    await server.stop();
    // It follows nobody, but waits for somebody to follow: a standby like any other.
    await writeFile(join(rows[0]?.datname ?? '', 'standby.signal'), '');
    server = await startEmbedded({ folder });
    await takesNoWrites();
    await onServer(server.url, 'select pg_promote()');
    await takesWrites();
  });
});

async function alterSystem(change: string): Promise<void> {
  await onServer(server.url, `alter system ${change}`);
  await onServer(server.url, 'select pg_reload_conf()');
}
