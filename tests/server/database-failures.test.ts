import { randomBytes } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { connect } from '../../server/platform/db/connect.ts';
import { openPlatform } from '../../server/platform/platform.ts';
import { describeFailure } from '../../server/start/failure.ts';
import { assertMigrated } from '../../server/start/prepare.ts';
import { testConfig } from '../kit/app.ts';
import { onServer } from '../kit/cluster.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createDatabase, createEmptyDatabase } from '../kit/database.ts';
import {
  fakeDatabase,
  refusingDatabase,
  selfSignedDatabase,
  silentDatabase,
} from '../kit/fake-database.ts';

const password = 'hunter2';

/** What `charter` says about this database: what happened, why, what to do, and nothing else. */
async function saidOf(url: string, command = ['migrate']): Promise<string> {
  useDatabase(url);
  const { code, err } = await charter(command);
  expect(code).toBe(1);
  expect(err).toMatch(/^[^\n]+\.\n {2}Why: {8}[^\n]+\n {2}What to do: [^\n]+$/);
  expect(err).not.toMatch(new RegExp(`\\n +at |${password}`));
  return err;
}

function server(change: (url: URL) => void): string {
  const url = new URL(inject('database').server);
  change(url);
  return url.href;
}

/** A role with a password, on the server of the run: names are its own. */
async function role(rights: string): Promise<{ name: string; url: (database: string) => string }> {
  const name = `role_${randomBytes(6).toString('hex')}`;
  await onServer(inject('database').server, `create role ${name} ${rights} password '${password}'`);
  const url = (database: string) => {
    const address = new URL(database);
    address.username = name;
    address.password = password;
    return address.href;
  };
  return { name, url };
}

describe('a start without a database tells the cause, and what to do', () => {
  it('when nobody listens there', async () => {
    const said = await saidOf(`postgres://charter:${password}@127.0.0.1:1/charter`);
    expect(said).toContain('The database cannot be reached.');
    expect(said).toContain('127.0.0.1:1/charter as charter: connect ECONNREFUSED');
  });

  it('when the host is unknown', async () => {
    const said = await saidOf(`postgres://charter:${password}@charter.invalid/charter`);
    expect(said).toMatch(/its host has no address\..*charter\.invalid:5432/s);
  });

  it('when nobody answers', async () => {
    // Commands wait ten seconds for a database that wakes up; the pool as long as it was told.
    const config = testConfig(await silentDatabase(), { DATABASE_CONNECT_TIMEOUT_MS: '100' });
    const platform = openPlatform(config);
    const said = await platform.db.raw('select 1').catch(describeFailure);
    await platform.close();
    expect(said).toMatch(/does not answer\..*firewall/s);
  });

  it('when the other side hangs up', async () => {
    const url = await fakeDatabase((socket) => socket.destroy());
    expect(await saidOf(url)).toContain('The database ended the connection.');
  });

  it('when the server does not speak TLS', async () => {
    const url = server(({ searchParams }) => searchParams.set('sslmode', 'verify-full'));
    expect(await saidOf(url)).toMatch(/speaks no TLS.*ssl = on/s);
  });

  it('when it made its certificate itself', async () => {
    const url = `${await selfSignedDatabase()}?sslmode=verify-full`;
    expect(await saidOf(url)).toMatch(/not trusted\..*sslrootcert=/s);
  });

  it('when it cannot agree on TLS', async () => {
    const url = await fakeDatabase((socket) => socket.end('X'));
    expect(await saidOf(`${url}?sslmode=verify-full`)).toContain('could not agree on TLS');
  });

  it('when a certificate that the address names is not there', async () => {
    useDatabase(`${await silentDatabase()}?sslmode=verify-full&sslrootcert=/nowhere/ca.pem`);
    const { err } = await charter(['migrate']);
    expect(err).toMatch(/^Charter cannot use \/nowhere\/ca\.pem\..*sslrootcert/s);
  });

  it('when the password is wrong, or missing', async () => {
    const wrong = server((url) => {
      url.password = password;
    });
    expect(await saidOf(wrong)).toMatch(/user or the password.*28P01/s);
    const none = server((url) => {
      url.password = '';
    });
    expect(await saidOf(none)).toContain('user or the password');
  });

  it('when the role may not sign in', async () => {
    const { url } = await role('nologin');
    expect(await saidOf(url(inject('database').server))).toMatch(/does not let.*28000/s);
  });

  it('when there is no such database', async () => {
    const gone = server((url) => {
      url.pathname = '/gone';
    });
    expect(await saidOf(gone)).toMatch(/no such database\..*createdb/s);
  });

  it('when the role has used up its connections', async () => {
    const { url } = await role('login connection limit 0');
    expect(await saidOf(url(inject('database').server))).toMatch(/no connection left.*53300/s);
  });

  it.each([
    ['57P03', 'the database system is starting up', 'does not take connections yet'],
    ['57P01', 'terminating connection due to administrator command', 'ended the connection'],
    ['53300', 'sorry, too many clients already', 'no connection left'],
    ['53100', 'could not write: No space left on device', 'disk of the database is full'],
    ['28000', 'no pg_hba.conf entry for host "10.0.0.1", no encryption', 'add sslmode=require'],
    ['08P01', 'unsupported startup parameter: statement_timeout', 'ignore_startup_parameters'],
    ['08P01', 'no such database: charter', 'no such database'],
    ['08P01', 'server login has been failing', 'that of the pooler'],
    ['25006', 'cannot execute in a read-only transaction', 'new primary'],
    ['XX000', 'something nobody thought of', 'The database refuses the connection.'],
  ])('when it is refused with %s: %s', async (code, message, told) => {
    const said = await saidOf(await refusingDatabase(code, message));
    expect(said).toContain(told);
    expect(said).toContain(`${message} (${code})`);
  });
});

describe('a role without rights', () => {
  it('is told so, and not that migrations have not run', async () => {
    const database = await createDatabase();
    const { name, url } = await role('login');
    const poor = url(database.url);
    const start = async (address: string) => {
      const platform = openPlatform(testConfig(address));
      const said = await assertMigrated(platform).catch(describeFailure);
      await platform.close();
      return said;
    };
    expect(await start(poor)).toMatch(/lacks rights\..*table knex_migrations \(42501\)/s);
    await onServer(database.url, `grant select on knex_migrations to ${name}`);
    expect(await start(poor)).toBeUndefined();
    expect(await saidOf(poor, ['keys', 'create'])).toMatch(/lacks rights\..*Grant/s);
    await onServer(database.url, 'revoke usage on schema public from public');
    expect(await start(poor)).toMatch(/lacks rights\..*schema public \(42501\)/s);
    await onServer(
      database.url,
      `revoke connect on database ${new URL(database.url).pathname.slice(1)} from public`,
    );
    expect(await start(poor)).toMatch(/lacks rights\..*permission denied for database/s);
    await database.drop();
    await onServer(inject('database').server, `drop role ${name}`);
  });

  it('is told by doctor as well', async () => {
    const database = await createDatabase();
    const { name, url } = await role('login');
    await onServer(database.url, `grant select on knex_migrations to ${name}`);
    useDatabase(url(database.url));
    const { out } = await charter(['doctor']);
    expect(out).toMatch(/✗ database .*lacks rights.*signing_keys/s);
    expect(out).not.toContain('there is none');
    await database.drop();
    await onServer(inject('database').server, `drop role ${name}`);
  });
});

it('a failed statement is told without its values', async () => {
  const { url, drop } = await createDatabase();
  useDatabase(url);
  const db = connect({ url, poolSize: 1, statementTimeoutMs: 100 });
  const failure = await db.raw('select pg_sleep(10), ?::text', ['a value']).catch(describeFailure);
  expect(failure).toContain('did not do in time');
  expect(failure).not.toMatch(/a value|pg_sleep/);
  await db.destroy();
  await drop();
});

it('a command on a database that was not migrated says so', async () => {
  const database = await createEmptyDatabase();
  for (const command of [
    ['keys', 'create'],
    ['user', 'list'],
  ]) {
    useDatabase(database.url);
    const { code, err } = await charter(command);
    expect(code).toBe(1);
    expect(err).toMatch(/^The database schema is older.*charter -- migrate/s);
  }
  await database.drop();
});
