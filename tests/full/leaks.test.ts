import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config/config.ts';
import { openPlatform } from '../../server/platform/platform.ts';
import { SecretKeys } from '../../server/platform/secrets/secret-keys.ts';
import { live } from '../generated/life.ts';
import { type Heard, linesWithSecrets, tell, withoutIssued } from '../generated/scenario.ts';
import { recordingLog, startApp, type TestApp, testConfig } from '../kit/app.ts';
import { insertUser } from '../kit/build.ts';
import { createPerson, signIn } from '../kit/callers.ts';
import { type DatabaseProxy, databaseProxy } from '../kit/proxy.ts';
import { printed, Secrets, storedRows } from '../kit/secrets.ts';

const secrets = new Secrets();
/** What may be stored, but belongs neither into an answer nor into the log. */
const stored = new Secrets();
const hash = /\$argon2/;

async function anApp(route?: (url: string) => Promise<string>): Promise<TestApp> {
  const app = await startApp({}, { ...(route && { route }) });
  await addOurs(app);
  return app;
}

/** Secrets that exist without any caller: those of the configuration and of the key ring. */
async function addOurs({ config, db }: TestApp): Promise<void> {
  for (const secret of config.secrets.keys) secrets.add('secret of SECRET_KEYS', secret);
  // A server that a developer names may trust everybody, or have a password like `test`.
  const { password } = new URL(config.database.url);
  if (password.length >= 8) secrets.add('password of the database', password);
  const keys = new SecretKeys(config.secrets.keys);
  const rows = await db('signing_keys').select('id', 'privateJwkSealed');
  for (const { id, privateJwkSealed } of rows) {
    const { d } = JSON.parse(keys.open(privateJwkSealed, `signing_keys:${id}`)) as { d: string };
    secrets.add('private key', d);
    stored.add('sealed private key', privateJwkSealed);
  }
}

function leaksIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    [...secrets.foundIn(text), ...stored.foundIn(text), ...(text.match(hash) ?? [])].map(
      (what) => `${what} in ${text.slice(0, 2_000)}`,
    ),
  );
}

/** The hashes that the database holds by now. */
async function addStored({ db }: TestApp): Promise<void> {
  for (const { secretHash } of await db('sessions').select('secretHash')) {
    stored.add('hash of a session', secretHash);
  }
  for (const { secretHash } of await db('api_keys').select('secretHash')) {
    stored.add('hash of an API key', secretHash);
  }
}

const logged = ({ logs }: TestApp) => logs.map((line) => JSON.stringify(line));
const statuses = (heard: readonly Heard[]) => new Set(heard.map(({ status }) => status));

describe('a service that is well', () => {
  let app: TestApp;
  let heard: Heard[];
  afterAll(() => app.close());
  beforeAll(async () => {
    app = await anApp();
    const lines = await linesWithSecrets(app, secrets, 'all');
    heard = [...(await tell(app, lines)), ...(await live(app, secrets))];
    await addStored(app);
  });

  it('was asked for everything there is', () => {
    const usual = [200, 201, 204, 401, 403, 404, 409, 422];
    expect([...statuses(heard)]).toEqual(expect.arrayContaining(usual));
    expect(statuses(heard)).not.toContain(500);
  });

  it('answers no secret but the one that it is asked for', () => {
    expect(leaksIn(heard.map(withoutIssued))).toEqual([]);
  });

  it('logs no secret', () => {
    expect(logged(app).length).toBeGreaterThanOrEqual(heard.length);
    expect(leaksIn(logged(app))).toEqual([]);
  });

  it('stores no secret but hashed or sealed', async () => {
    const rows = await storedRows(app);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.join()).toMatch(hash);
    expect(rows.flatMap((row) => secrets.foundIn(row))).toEqual([]);
  });

  it('would be caught storing one', async () => {
    const planted = new Secrets();
    await insertUser(app, { fullName: planted.make('secret') });
    const rows = await storedRows(app);
    expect(rows.flatMap((row) => planted.foundIn(row))).toEqual(['secret (0)']);
  });
});

describe('a service that breaks', () => {
  let app: TestApp;
  let heard: Heard[];
  afterAll(() => app.close());
  beforeAll(async () => {
    app = await anApp();
    const person = await createPerson(app);
    const lines = await linesWithSecrets(app, secrets, 'admitted');
    // PostgreSQL tells the whole row of a broken check, the hash of the password included.
    await app.db.raw('alter table users add constraint broken check (false) not valid');
    await app.db.raw('alter table audit_entries drop column changed');
    heard = await tell(app, lines);
    await signIn(app, person).catch(() => {});
  });

  it('has failed', () => {
    expect(statuses(heard)).toContain(500);
  });

  it('answers no secret', () => {
    expect(leaksIn(heard.map(withoutIssued))).toEqual([]);
  });

  it('logs no secret', () => {
    expect(app.logs.some(({ msg }) => msg === 'request failed')).toBe(true);
    expect(leaksIn(logged(app))).toEqual([]);
  });
});

describe('a service without its database', () => {
  let app: TestApp;
  let heard: Heard[];
  let proxy: DatabaseProxy;
  beforeAll(async () => {
    app = await anApp(async (url) => {
      proxy = await databaseProxy(url);
      return proxy.url;
    });
    const lines = await linesWithSecrets(app, secrets, 'admitted');
    proxy.cut();
    heard = await tell(app, lines);
  });
  afterAll(async () => {
    await app.close();
    proxy.close();
  });

  it('says so, and answers and logs no secret', () => {
    expect(statuses(heard)).toContain(503);
    expect(leaksIn(heard.map(withoutIssued))).toEqual([]);
    expect(leaksIn(logged(app))).toEqual([]);
  });
});

describe('a service that does not start', () => {
  it('does not tell the settings that are wrong', () => {
    const wrong = {
      SECRET_KEYS: `short,${secrets.make('short secret').slice(0, 30)}`,
      DATABASE_URL: `mysql://charter:${secrets.make('password')}@db.example/charter`,
      DATABASE_DIRECT_URL: `postgres:/${secrets.make('password')}`,
      PUBLIC_URL: `ftp://charter:${secrets.make('password')}@charter.example`,
    };
    const error = thrownBy(() => readConfig({}, wrong));
    expect(printed(error)).toContain('DATABASE_URL: ');
    expect(leaksIn([printed(error)])).toEqual([]);
  });

  it.each(['127.0.0.1:1', inject('database').server.split('@')[1]])(
    'does not tell the password that was refused by %s',
    async (address) => {
      const url = `postgres://charter:${secrets.make('refused password')}@${address}`;
      const { log, logs } = recordingLog();
      const platform = openPlatform(testConfig(url), { log });
      const error = await createApp(platform).catch((thrown: unknown) => thrown);
      await platform.close();
      expect(error).toBeInstanceOf(Error);
      log.error({ err: error }, 'not started');
      expect(leaksIn([printed(error), JSON.stringify(logs)])).toEqual([]);
    },
  );
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
