import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import type { IdentityProvider } from '../../../server/platform/identity-providers/identity-provider.ts';
import { startApp, type TestApp } from '../../kit/app.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { type LyingProvider, startLiar } from '../../kit/lying-provider.ts';
import { begin, signIn } from './sign-ins.ts';

const file = join(tmpdir(), `charter-provider-secrets-${randomUUID()}`);

let dead: LyingProvider;
let alive: LyingProvider;
let app: TestApp;
const clock = { now: () => app.clock.now() };
beforeAll(async () => {
  [dead, alive] = await Promise.all([startLiar(clock), startLiar(clock)]);
  dead.lie({ at: { discovery: 'hangs' } });
  await writeFile(file, 'dead=secret\nalive=older\n');
  const declared = ({ issuer, clientId }: LyingProvider) => ({
    ...{ issuer, clientId, allowHttp: true, allowPrivateNetwork: true },
  });
  app = await startApp({
    IDENTITY_PROVIDERS: JSON.stringify({
      dead: declared(dead),
      alive: { ...declared(alive), title: 'Alive & well' },
    }),
    IDENTITY_PROVIDER_SECRETS_FILE: file,
    IDENTITY_PROVIDER_TIMEOUT_MS: '60000',
  });
});
afterAll(async () => {
  await app.close();
  await Promise.all([alive.close(), dead.close(), rm(file)]);
});

function getProvider(name: string): IdentityProvider {
  const provider = app.platform.identityProviders.find(name);
  if (!provider) throw new Error(`There is no provider ${name}`);
  return provider;
}

it('lists the providers in their order', () => {
  expect(app.platform.identityProviders.list()).toEqual([
    { name: 'dead', title: 'dead' },
    { name: 'alive', title: 'Alive & well' },
  ]);
  expect(app.platform.identityProviders.find('constructor')).toBeUndefined();
});

it('a dead one holds up neither the start, nor health, nor another one', async () => {
  expect(dead.asked('discovery')).toBe(0);
  const waiting = getProvider('dead').authorizationUrl(begin().request);
  const failed = expect(waiting).rejects.toMatchObject({ failure: 'unreachable' });
  for (const probe of ['liveness', 'readiness']) {
    expect((await app.request(`/api/v1/health/${probe}`)).status).toBe(200);
  }
  expect(await signIn(getProvider('alive'), alive)).toMatchObject({ subject: 'ada' });
  await dead.close();
  await failed;
  const lines = await app.scrape();
  const counted = (labels: string) =>
    lines.find((line) => line.startsWith(`charter_provider_duration_seconds_count{${labels}`));
  expect(counted('provider="alive",call="redeem",outcome="ok"')).toMatch(/ 1$/);
  expect(counted('provider="dead",call="authorize",outcome="unreachable"')).toMatch(/ 1$/);
});

it('a dead one is shown to whoever looks after the service, and makes nothing of ours degraded', async () => {
  const client = await aHolderOf(app, 'health:read');
  const { status, components } = await unwrap(client.health.check());
  const { identityProviders, ...ours } = components ?? {};
  const since = app.clock.now().toISOString();
  expect(identityProviders).toEqual({
    status: 'degraded',
    warnings: [`The sign-in provider dead has not answered since ${since}.`],
  });
  expect(Object.values(ours).map((component) => component.status)).toContain(status);
});

it('uses the secret that its file has got, and keeps the old one where the file lacks it', async () => {
  alive.takeSecrets(['newer']);
  await writeFile(file, 'dead=secret alive=newer alive=older');
  await app.platform.secrets.look();
  await signIn(getProvider('alive'), alive);
  await writeFile(file, 'dead=secret');
  await app.platform.secrets.look();
  await signIn(getProvider('alive'), alive);
  expect(app.logs.at(-1)).toMatchObject({
    ...{ level: 'error', setting: 'IDENTITY_PROVIDER_SECRETS' },
    reason: 'There is no secret for alive',
  });
});
