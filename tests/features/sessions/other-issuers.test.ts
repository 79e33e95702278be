import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { type TestApp, useApp } from '../../kit/app.ts';
import { sending } from '../../kit/credentials.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
const told = 'a token of ours names another PUBLIC_URL, and is refused';

/** As another process of this service signs, which has the same keys and this address. */
function sessionFrom(publicUrl: string) {
  const http = { ...app.config.http, publicUrl };
  return quickSession(
    Object.create(app, { config: { value: { ...app.config, http } } }) as TestApp,
  );
}

it('a process that has another PUBLIC_URL is told of in log and health, while it matters', async () => {
  const issuer = `https://${randomBytes(4).toString('hex')}.example.com`;
  const { headers } = await sessionFrom(issuer);
  for (const _round of [1, 2]) {
    expect(await app.client(sending(headers)).me.get()).toMatchObject(
      refusal(401, 'unauthenticated'),
    );
  }
  const lines = app.logs.filter(({ msg }) => msg === told);
  expect(lines).toEqual([expect.objectContaining({ level: 'warn', issuer })]);

  const warnings = async () => {
    const client = await aHolderOf(app, 'health:read');
    const { components } = await unwrap(client.health.check());
    return components?.configuration.warnings.filter((text) => text.startsWith('PUBLIC_URL is '));
  };
  expect(await warnings()).toEqual([
    expect.stringContaining(`${issuer} elsewhere: this process refused 2`),
  ]);
  app.clock.advance({ minutes: 16 });
  expect(await warnings()).toEqual([]);
});

it('nobody is told of what others have signed, or of what is over', async () => {
  const before = app.logs.filter(({ msg }) => msg === told).length;
  const { headers } = await sessionFrom('https://old.example.com');
  app.clock.advance({ minutes: 30 });
  const forged = `Bearer ${headers.Authorization?.slice(7, -20)}AAAAAAAAAAAAAAAAAAAA`;
  for (const Authorization of [headers.Authorization ?? '', forged]) {
    const client = app.client(sending({ Authorization }));
    expect(await client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
  }
  expect(app.logs.filter(({ msg }) => msg === told)).toHaveLength(before);
});
