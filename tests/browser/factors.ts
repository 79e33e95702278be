// Second factors and passkeys in a real browser whose authenticator is a virtual one, through the
// client's own entry point: `node tests/browser/factors.ts http://localhost:3000`. The address must be
// the service's PUBLIC_URL. The account has no factor before, and none afterwards.
import assert from 'node:assert/strict';
import { codeOf } from '../kit/second-factors.ts';
import { launchChromium, type Page } from './chromium.ts';
import { clientIn, routeClient } from './client-page.ts';
import { setting } from './setting.ts';

const { origin } = new URL(process.argv[2] ?? setting('CHARTER_URL'));
const account = {
  identifier: setting('CHARTER_IDENTIFIER'),
  password: setting('CHARTER_PASSWORD'),
};

const browser = await launchChromium();
try {
  await visit(await browser.newPage());
  process.stdout.write('ok      second factors and passkeys\n');
} finally {
  await browser.close();
}

async function visit(page: Page): Promise<void> {
  await open(page);
  assert.equal((await login(page)).delivery, 'cookie');
  const { secret } = await page.evaluate(() =>
    charter.unwrap(charter.client.secondFactors.enrol()),
  );
  const codes = await page.evaluate(
    async (code) => {
      const confirmed = charter.client.secondFactors.confirm({ body: { code } });
      return (await charter.unwrap(confirmed)).codes;
    },
    codeOf(secret, new Date()),
  );
  // That of the next step: the one of this step was used.
  await prove(page, { totp: codeOf(secret, new Date(Date.now() + 30_000)) });
  await prove(page, { recoveryCode: codes[0] ?? '' });
  await authenticator(page);
  assert.deepEqual(await addPasskey(page), 'made');
  assert.deepEqual(await addPasskey(page), 'already_registered');
  await signInByPasskey(page);
  await prove(page, {});
  await page.evaluate(async () => {
    const { client, unwrap } = charter;
    const { items } = await unwrap(client.passkeys.list());
    for (const { id } of items) await unwrap(client.passkeys.remove({ passkeyId: id }));
    await unwrap(client.secondFactors.removeTotp());
  });
  assert.equal((await login(page)).delivery, 'cookie');
}

/** A page of the service's origin that holds nothing but the client. */
async function open(page: Page): Promise<void> {
  await routeClient(page, `${origin}/factors`);
  await page.goto(`${origin}/factors`);
  await clientIn(page);
}

async function authenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

function login(page: Page) {
  return page.evaluate(
    (body) => charter.unwrap(charter.client.auth.login({ body: { ...body, delivery: 'cookie' } })),
    account,
  );
}

/** Signs in by password and this factor; by a passkey, where none is given. */
async function prove(page: Page, factor: { totp?: string; recoveryCode?: string }): Promise<void> {
  const needed = await login(page);
  assert.equal(needed.delivery, 'none');
  const signedIn = await page.evaluate(
    async ({ needed: asked, factor: given }) => {
      const { client, unwrap, passkeys } = charter;
      if (asked.delivery !== 'none') return undefined;
      const isGiven = Object.keys(given).length > 0;
      const proof =
        !isGiven && asked.passkey ? { passkey: await passkeys.get(asked.passkey) } : given;
      return unwrap(client.auth.proveSecondFactor({ body: { token: asked.token, ...proof } }));
    },
    { needed, factor },
  );
  assert.ok(signedIn?.session.methods.includes('mfa'));
}

/** `made`, or why not. */
function addPasskey(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { client, unwrap, passkeys } = charter;
    const options = await unwrap(client.passkeys.options());
    try {
      const credential = await passkeys.create(options);
      await unwrap(client.passkeys.create({ body: { name: 'Virtual', credential } }));
      return 'made';
    } catch (error) {
      return (error as { reason?: string }).reason ?? String(error);
    }
  });
}

async function signInByPasskey(page: Page): Promise<void> {
  await page.context().clearCookies();
  const { session } = await page.evaluate(async () => {
    const { client, unwrap, passkeys } = charter;
    const passkey = await passkeys.get(await unwrap(client.auth.passkeyOptions()));
    return unwrap(client.auth.passkey({ body: { passkey, delivery: 'cookie' } }));
  });
  assert.deepEqual(session.methods.slice(1), ['user', 'mfa']);
}
