import { onTestFinished } from 'vitest';
import { permissionNames } from '../../contract/kit/permissions.ts';
import { connect } from '../../server/platform/db/connect.ts';
import { noLimits, publicUrl, quickHashing, type TestApp, testConfig } from './app.ts';
import { TestClock } from './clock.ts';
import { createDatabase } from './database.ts';
import { type Running, startProcess, testEnvironment } from './process.ts';
import { quickKey, quickProgram } from './quick-key.ts';
import { quickSession } from './quick-session.ts';

export interface OpenService {
  readonly url: string;
  readonly process: Running;
  /** What those send who may do everything: a person's API key, a program's, and a browser. */
  readonly callers: () => Promise<Record<string, string>[]>;
}

/** A process of the service for one test, without limits, and callers for it. */
export async function openService(): Promise<OpenService> {
  const { url: databaseUrl, drop } = await createDatabase();
  onTestFinished(drop);
  const db = connect({ url: databaseUrl, poolSize: 2, statementTimeoutMs: 60_000 });
  onTestFinished(() => db.destroy());
  const process = startProcess({
    ...testEnvironment(databaseUrl),
    ...noLimits,
    PUBLIC_URL: publicUrl,
    PASSWORD_HASH_MEMORY_KIB: String(quickHashing.memoryKib),
    REQUEST_TIMEOUT_SECONDS: '5',
  });
  onTestFinished(async () => {
    process.child.kill('SIGTERM');
    await process.end;
  });
  const url = await process.listening();
  const arranged = {
    db,
    config: testConfig(databaseUrl),
    clock: new TestClock(),
  } as unknown as TestApp;
  return {
    url,
    process,
    callers: async () => {
      arranged.clock.catchUp();
      const person = await quickKey(arranged, { roles: ['admin'] });
      const program = await quickProgram(arranged, permissionNames);
      const browser = await quickSession(arranged, { roles: ['admin'], kind: 'cookie' });
      return [person.headers, program.headers, browser.headers];
    },
  };
}
