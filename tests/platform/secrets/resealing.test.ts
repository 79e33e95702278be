import { randomUUIDv7 } from 'node:crypto';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { openFeatures } from '../../../server/features.ts';
import { inTransaction } from '../../../server/platform/db/transaction.ts';
import type { Job } from '../../../server/platform/jobs/job.ts';
import { insertJob, makeQueues } from '../../../server/platform/jobs/stored-jobs.ts';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';
import { useApp } from '../../kit/app.ts';
import { testSecrets } from '../../kit/cluster.ts';
import { charter, useDatabase } from '../../kit/command.ts';

const app = useApp();
const newer = 'a newer secret of at least 32 characters';
const older = new SecretKeys(testSecrets);
const both = new SecretKeys([newer, ...testSecrets]);
const alone = new SecretKeys([newer]);

beforeAll(async () => {
  const rows = Array.from({ length: 60 }, () => {
    const id = randomUUIDv7();
    const sealed = older.seal(`letter ${id}`, `mails:${id}`);
    return { id, kind: 'test.mail', locale: 'en', sealed, createdAt: app.clock.now() };
  });
  await app.db('mails').insert(rows);
});

/** Jobs whose data holds something sealed, and such data. */
const sealingJobs = () =>
  Object.values(openFeatures(app.platform))
    .flatMap((feature) => ('jobs' in feature ? feature.jobs : []))
    .map(({ job }) => job)
    .filter(({ data }) => 'shape' in data && 'sealed' in (data.shape as object));
const changeId = randomUUIDv7();
const given = { changeId, identityId: changeId, provider: 'google' };
const bindingOf = ({ name, aboutSealed }: Job<unknown>) =>
  aboutSealed?.({ ...given, sealed: '' }) ?? `${name} does not say what it is bound to`;

async function enqueue(job: Job<unknown>, sealed: string): Promise<void> {
  const envelope = { data: { ...given, sealed }, requestId: 'a-request' };
  await makeQueues(app.db, [job]);
  await inTransaction(app.db, app.clock, (tx) =>
    insertJob(tx, job, { id: randomUUIDv7(), envelope }),
  );
}

/** A command with the newer secret in front. */
async function run(args: readonly string[] = []) {
  useDatabase(app.config.database.url);
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('SECRET_KEYS', [newer, ...testSecrets].join(','));
  return charter(['keys', 'rotate-encryption', ...args]);
}

const sealedRows = async () => [
  ...(await app.db('mails').select('id', 'sealed')).map(({ id, sealed }) => ({
    sealed,
    about: `mails:${id}`,
  })),
  ...(await app.db('signing_keys').select('id', 'privateJwkSealed')).map((row) => ({
    sealed: row.privateJwkSealed,
    about: `signing_keys:${row.id}`,
  })),
];

it('seals anew what an older secret has sealed, and says how far it is', async () => {
  const foreign = randomUUIDv7();
  const lost = new SecretKeys(['a secret that nobody has any more 01234']);
  await app.db('mails').insert({
    ...{ id: foreign, kind: 'test.mail', locale: 'en', createdAt: app.clock.now() },
    sealed: lost.seal('x', `mails:${foreign}`),
  });
  const { code, out, progress } = await run();
  expect([code, out.split('\n')]).toEqual([
    0,
    [
      'mails.sealed: 60 sealed anew',
      'provider_sign_ins.sealedVerifier: 0 sealed anew',
      'proven_identities.sealedIdentity: 0 sealed anew',
      'provider_sessions.sealedTokens: 0 sealed anew',
      'totp_secrets.sealedSecret: 0 sealed anew',
      'identity_tokens.sealedTokens: 0 sealed anew',
      'webhook_endpoints.sealedSecret: 0 sealed anew',
      'webhook_endpoints.sealedPreviousSecret: 0 sealed anew',
      'signing_keys.privateJwkSealed: 1 sealed anew',
      'idempotency_keys.sealedAnswer: 0 sealed anew',
      ...sealingJobs().map(({ name }) => `jobs.${name}: 0 sealed anew`),
      '1 need a secret that is not in SECRET_KEYS, and stay as they are.',
    ],
  ]);
  expect(progress).toContain('sealed anew 25 mails.sealed');
  const rows = (await sealedRows()).filter(({ about }) => about !== `mails:${foreign}`);
  expect(rows).toHaveLength(61);
  for (const { sealed, about } of rows) {
    expect(alone.open(sealed, about)).toBe(both.open(sealed, about));
  }
  await app.db('mails').where({ id: foreign }).delete();
});

it('does nothing where nothing is left to do, and writes down what it did', async () => {
  await run();
  const before = await sealedRows();
  const { out } = await run(['--json']);
  const { ok, done } = JSON.parse(out) as { ok: boolean; done: { resealed: number }[] };
  expect([ok, done.map(({ resealed }) => resealed)]).toEqual([
    true,
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...sealingJobs().map(() => 0)],
  ]);
  expect(await sealedRows()).toEqual(before);
  const entries = await app
    .db('auditEntries')
    .where({ operation: 'keys rotate-encryption' })
    .orderBy('id');
  expect(entries[0]).toMatchObject({
    actor: 'system:charter keys rotate-encryption',
    changed: ['mails.sealed', 'signing_keys.privateJwkSealed'],
  });
  expect(entries.at(-1)).toMatchObject({ changed: [] });
});

it('seals anew what waits in jobs, whatever became of them', async () => {
  const jobs = sealingJobs();
  expect(jobs.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['password-reset.request', 'email-change.send']),
  );
  for (const job of jobs) await enqueue(job, older.seal(`value of ${job.name}`, bindingOf(job)));
  await app.db('pgboss.job').where({ name: 'email-change.send' }).update({ state: 'failed' });
  const { out } = await run();
  for (const job of jobs) {
    expect(out).toContain(`jobs.${job.name}: 1 sealed anew`);
    const [stored, ...more] = await app.db('pgboss.job').where({ name: job.name });
    expect(more).toEqual([]);
    expect(stored.data).toMatchObject({ data: { changeId }, requestId: 'a-request' });
    expect(alone.open(stored.data.data.sealed, bindingOf(job))).toBe(`value of ${job.name}`);
  }
});
