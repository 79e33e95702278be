import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, constants } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { leftovers, makeCheckout, npmStart, type Run, runIn } from '../kit/checkout.ts';
import { testSecrets } from '../kit/cluster.ts';
import { createDatabase } from '../kit/database.ts';

const rounds = { timeout: 120_000 };
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

/** Started, greeted, and stopped. */
async function greeted(run: Run): Promise<string> {
  await vi.waitFor(() => expect(run.said()).toContain('Charter is ready.'), { timeout: 60_000 });
  run.child.kill('SIGTERM');
  return (await run.end).said;
}

async function refused(run: Run): Promise<string> {
  const { code, said } = await run.end;
  expect(code).toBe(1);
  expect(said).not.toMatch(/\n +at /);
  return said;
}

describe('a checkout', rounds, () => {
  it('whose permissions were changed as a whole starts again, and says what it repaired', async () => {
    const checkout = await makeCheckout();
    await greeted(runIn(checkout, npmStart));
    for (const mode of ['777', 'a-w', 'go+rX', 'a+x']) {
      execFileSync('chmod', ['-R', mode, join(checkout, '.charter')]);
      const said = await greeted(runIn(checkout, npmStart));
      expect(said).toContain('Repaired the permissions of');
      expect(said).not.toMatch(/\n +at /);
      expect(leftovers(checkout)).toEqual([]);
    }
    expect(await greeted(runIn(checkout, npmStart))).not.toContain('Repaired');
  });

  it('beside another one needs another PORT only, and says where its metrics are', async () => {
    const first = runIn(await makeCheckout(), npmStart, { env: { METRICS_PORT: '' } });
    await vi.waitFor(() => expect(first.said()).toContain('Charter is ready.'), {
      timeout: 60_000,
    });
    const second = await greeted(
      runIn(await makeCheckout(), npmStart, { env: { METRICS_PORT: '' } }),
    );
    expect(second).toMatch(/Metrics +http:\/\/127\.0\.0\.1:\d+\/metrics +\(port 9464 is taken\)/);
    first.child.kill('SIGTERM');
    await first.end;
  });

  it('without node_modules says what to do in production', async () => {
    const checkout = await makeCheckout({ isInstalled: false });
    for (const door of ['server/launch/production.mjs', 'server/main.ts']) {
      const said = await refused(runIn(checkout, [door], { env: { NODE_ENV: 'production' } }));
      expect(said).toMatch(/not installed.*Why: +Cannot find package.*What to do: Run `npm ci`/s);
    }
  });

  it('that cannot be written says so, and is served with settings', async () => {
    const checkout = await makeCheckout();
    const uid = isRoot ? nobody : undefined;
    if (!isRoot) chmodSync(checkout, 0o555);
    onTestFinished(() => chmodSync(checkout, 0o755));
    const asAnother = uid === undefined ? {} : { uid };
    const said = await refused(runIn(checkout, npmStart, asAnother));
    expect(said).toMatch(/Charter cannot use .*\.charter.*chown.*DATABASE_URL and SECRET_KEYS/s);
    const { url, drop } = await createDatabase();
    onTestFinished(drop);
    const env = { DATABASE_URL: url, SECRET_KEYS: testSecrets.join(',') };
    await greeted(runIn(checkout, npmStart, { env, ...asAnother }));
  });

  it('that cannot be written nor was installed says so before it calls npm', async () => {
    const checkout = await makeCheckout({ isInstalled: false });
    if (!isRoot) chmodSync(checkout, 0o555);
    onTestFinished(() => chmodSync(checkout, 0o755));
    const said = await refused(runIn(checkout, npmStart, isRoot ? { uid: nobody } : {}));
    expect(said).toMatch(/not installed, and cannot be: EACCES.*chown/s);
  });

  it('says that its data belongs to somebody else', async () => {
    if (!isRoot) return;
    const checkout = await makeCheckout();
    await mkdir(join(checkout, '.charter'));
    const said = await refused(runIn(checkout, npmStart, { uid: nobody }));
    expect(said).toMatch(/belongs to another user \(uid 0\).*chown -R/s);
  });
});

describe('an installation from a registry that never answers', rounds, () => {
  it('says where it installs from, then what it waits for, and stops when it is told to', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}));
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void silent.close());
    const registry = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    const checkout = await makeCheckout({ isInstalled: false });
    const run = runIn(checkout, npmStart, {
      env: { npm_config_registry: registry, npm_config_cache: join(checkout, 'cache') },
    });
    await vi.waitFor(() => expect(run.said()).toContain(`dependencies from ${registry}`), {
      timeout: 10_000,
    });
    await vi.waitFor(() => expect(run.said()).toMatch(/No news.*is the network up/), {
      timeout: 60_000,
    });
    run.child.kill('SIGINT');
    const end = await run.end;
    expect([end.code, end.signal]).toEqual([null, 'SIGINT']);
    expect(end.said).not.toMatch(/Could not install|\n +at /);
    expect(leftovers(checkout)).toEqual([]);
    await rm(join(checkout, 'node_modules'), { recursive: true, force: true });
    expect(() => accessSync(join(checkout, '.charter/install.lock'), constants.F_OK)).toThrow();
  });
});
