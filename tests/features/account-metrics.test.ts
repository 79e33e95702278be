import { expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { publicUrl, useApp } from '../kit/app.ts';
import { Authenticator } from '../kit/authenticator.ts';
import { aMember } from '../kit/callers.ts';
import { tokenFor } from '../kit/mailbox.ts';
import { aPersonWithTotp, firstStep } from '../kit/second-factors.ts';

const app = useApp({ MAIL_PRODUCT_NAME: 'Example & Co' });

/** What was counted under a name, by its attributes; without what alerts wait for. */
async function counted(name: string): Promise<Record<string, number>> {
  const lines = (await app.scrape()).filter((line) => line.startsWith(`${name}{`));
  const told = lines.map((line) => {
    const values = [...line.matchAll(/(?:kind|outcome)="(\w+)"/g)].map(([, value]) => value);
    return [values.join(' '), Number(line.split(' ').at(-1))] as const;
  });
  return Object.fromEntries(told.filter(([, count]) => count > 0));
}

it('counts archives by what became of them', async () => {
  const [first, second] = [await aMember(app), await aMember(app)];
  await unwrap(first.client.accountExport.request());
  await unwrap(first.client.accountExport.request());
  const token = await tokenFor(app, first.email);
  const download = await app.client().accountExport.download({ body: { token } });
  if (download.ok) await new Response(download.body as ReadableStream).arrayBuffer();
  expect(await app.client().accountExport.download({ body: { token } })).toMatchObject({
    status: 410,
  });
  await unwrap(second.client.accountExport.request());
  await app.workJobs();
  app.clock.advance({ days: 2 });
  await app.runScheduled('account-export.sweep');
  expect(await counted('charter_account_exports_total')).toEqual({
    requested: 2,
    built: 2,
    downloaded: 1,
    expired: 1,
  });
});

it('counts second factors by kind, and goes by the name that people know', async () => {
  const person = await aPersonWithTotp(app);
  const prove = async (factor: { totp: string } | { recoveryCode: string }) =>
    app.client().auth.proveSecondFactor({
      body: { token: await firstStep(app, person), ...factor },
    });
  expect(await prove({ totp: person.nextCode() })).toMatchObject({ status: 200 });
  expect(await prove({ totp: '000000' })).toMatchObject({ status: 401 });
  const [recoveryCode = ''] = person.recoveryCodes;
  expect(await prove({ recoveryCode })).toMatchObject({ status: 200 });
  const device = new Authenticator(publicUrl);
  const options = await unwrap(person.client.passkeys.options());
  expect(options.rp.name).toBe('Example & Co');
  const credential = device.create(options);
  const { passkey } = await unwrap(
    person.client.passkeys.create({ body: { name: 'A key', credential } }),
  );
  for (const status of [200, 401]) {
    const answer = device.get(await unwrap(app.client().auth.passkeyOptions()));
    if (status === 401) await unwrap(person.client.passkeys.remove({ passkeyId: passkey.id }));
    const body = { passkey: answer, delivery: 'tokens' } as const;
    expect(await app.client().auth.passkey({ body })).toMatchObject({ status });
  }
  await unwrap(person.client.secondFactors.removeTotp());
  const { uri } = await unwrap(person.client.secondFactors.enrol());
  expect(uri).toContain('issuer=Example%20%26%20Co');
  expect(await counted('charter_second_factors_total')).toEqual({
    'totp enrolled': 1,
    'totp proved': 1,
    'totp refused': 1,
    'totp removed': 1,
    'recovery_code proved': 1,
    'passkey enrolled': 1,
    'passkey proved': 1,
    'passkey refused': 1,
    'passkey removed': 1,
  });
});
