// Signing in with a real identity provider in a real browser, by the provider's own pages:
// `node tests/browser/providers.ts http://localhost:3000 http://localhost:5173 http://127.0.0.1:4000`.
// The service runs with the second address, a frontend, in CORS_ORIGINS, its page /signed-in in
// SIGN_IN_REDIRECTS, and with the third as the issuer of its provider `acme`, which is started here.
import assert from 'node:assert/strict';
import { startProvider } from '../kit/identity-provider.ts';
import { launchChromium, type Page } from './chromium.ts';
import { clientIn, startFrontend } from './client-page.ts';
import { setting } from './setting.ts';
import { watch } from './watch.ts';

const [service = '', frontend = '', issuer = ''] = process.argv
  .slice(2)
  .map((address) => new URL(address).origin);
const account = {
  identifier: setting('CHARTER_IDENTIFIER'),
  password: setting('CHARTER_PASSWORD'),
};
const signedIn = `${frontend}/signed-in`;

// Others than in any run before.
const run = `${process.pid}-${Date.now().toString(36)}`;
const [ada, grace] = [`ada-${run}`, `grace-${run}`];
const provider = await startProvider({
  port: Number(new URL(issuer).port),
  redirectUris: [`${service}/api/v1/auth/oidc/callback/acme`],
  returnUris: [`${service}/account/signed-out`],
  people: {
    [ada]: { email: `${ada}@example.com`, emailVerified: true, name: 'Ada' },
    [grace]: { email: `${grace}@example.com`, emailVerified: false, name: 'Grace' },
  },
});
const site = await startFrontend(signedIn, service);
const browser = await launchChromium();
try {
  for (const visit of [somebodyNew, onOurPages, linkedAndUnlinked]) {
    await inABrowser(await browser.newPage(), visit);
  }
  process.stdout.write('ok      signing in with an identity provider\n');
} finally {
  await browser.close();
  site.close();
  await provider.close();
}

/** One that knows nothing yet. Nothing was refused on the way but these. */
async function inABrowser(page: Page, visit: (page: Page) => Promise<number[]>): Promise<void> {
  const incidents = watch(page, service, frontend, issuer);
  const refused = await visit(page);
  const told = incidents.map((text) => /status of (\d+)/.exec(text)?.[1] ?? text);
  assert.deepEqual(told, refused.map(String), visit.name);
  await page.close();
}

/** Says no first; then signs in, and gets an account by it. */
async function somebodyNew(page: Page): Promise<number[]> {
  await page.goto(signedIn);
  const listed = await page.evaluate(() => charter.unwrap(charter.client.oidc.providers()));
  assert.deepEqual(listed.items, [{ name: 'acme', title: 'Acme' }]);
  await start(page);
  await choose(page, 'Cancel');
  assert.deepEqual(await resultIn(page), { error: 'access_denied' });
  await start(page);
  await choose(page, ada);
  assert.deepEqual(await exchange(page, await codeIn(page)), { status: 200, methods: ['fed'] });
  const me = await whoAmI(page);
  assert.deepEqual([me?.email, me?.fullName], [`${ada}@example.com`, 'Ada']);
  // The code was used, whoever has seen it.
  assert.deepEqual(await exchange(page, await codeIn(page)), { status: 410 });
  await page.reload();
  assert.equal((await whoAmI(page))?.id, me?.id);
  assert.equal(await page.evaluate(() => document.cookie), '', 'a script can read a cookie');
  return [410];
}

/** Where the frontend has no page for it, the service has one; in the end, out at the provider, too. */
async function onOurPages(page: Page): Promise<number[]> {
  await page.goto(signedIn);
  await start(page, null);
  await choose(page, 'Cancel');
  await page.locator('main', { hasText: 'You were not signed in at the provider' }).waitFor();
  await page.goto(signedIn);
  await start(page, null);
  await choose(page, ada);
  await page.locator('button', { hasText: 'Sign in' }).click();
  await page.locator('h1', { hasText: 'You are signed in' }).waitFor();
  await page.goto(signedIn);
  assert.equal((await whoAmI(page))?.email, `${ada}@example.com`);
  const { url } = await page.evaluate(() =>
    charter.unwrap(charter.client.oidc.logout({ body: {} })),
  );
  await page.goto(url ?? '');
  await choose(page, 'Sign out');
  await page.locator('h1', { hasText: 'You are signed out' }).waitFor();
  await page.goto(signedIn);
  assert.equal(await whoAmI(page), undefined);
  // The provider asks again who it is.
  await start(page);
  await choose(page, 'Cancel');
  assert.deepEqual(await resultIn(page), { error: 'access_denied' });
  return [400, 401];
}

/** An identity of another address, whose provider vouches for nothing, opens the account it is linked to. */
async function linkedAndUnlinked(page: Page): Promise<number[]> {
  await page.goto(signedIn);
  await page.evaluate(
    (body) => charter.unwrap(charter.client.auth.login({ body: { ...body, delivery: 'cookie' } })),
    account,
  );
  const owner = await whoAmI(page);
  const { url } = await page.evaluate((redirectTo) => {
    const body = { provider: 'acme', redirectTo };
    return charter.unwrap(charter.client.oidc.startLink({ body }));
  }, signedIn);
  await page.goto(url);
  await choose(page, grace);
  const identity = await page.evaluate(
    (code) => charter.unwrap(charter.client.oidc.link({ body: { code } })),
    await codeIn(page),
  );
  assert.deepEqual([identity.provider, identity.email], ['acme', `${grace}@example.com`]);

  await page.evaluate(() => charter.unwrap(charter.client.auth.logout()));
  assert.equal(await whoAmI(page), undefined);
  await start(page);
  // The provider knows who this is, and asks no more.
  assert.deepEqual(await exchange(page, await codeIn(page)), { status: 200, methods: ['fed'] });
  assert.equal((await whoAmI(page))?.id, owner?.id);

  await page.evaluate(
    (identityId) => charter.unwrap(charter.client.identities.unlink({ identityId })),
    identity.id,
  );
  const left = await page.evaluate(() => charter.unwrap(charter.client.identities.list()));
  assert.ok(left.items.every(({ id }) => id !== identity.id));
  await start(page);
  assert.deepEqual(await exchange(page, await codeIn(page)), { status: 403 });
  return [401, 403];
}

/** Leads the browser to the provider. */
async function start(page: Page, redirectTo: string | null = signedIn): Promise<void> {
  const { url } = await page.evaluate(
    (wanted) => {
      const body = { provider: 'acme', delivery: 'cookie' as const, ...wanted };
      return charter.unwrap(charter.client.oidc.start({ body }));
    },
    redirectTo === null ? {} : { redirectTo },
  );
  await page.goto(url);
}

/** A button of the provider's page. */
async function choose(page: Page, button: string): Promise<void> {
  await page.locator('button', { hasText: button }).click();
}

/** What the frontend is called with, which leaves its address at once. */
async function resultIn(page: Page): Promise<Record<string, string>> {
  await clientIn(page);
  return Object.fromEntries(
    await page.evaluate(() => [...new URLSearchParams(location.hash.slice(1))]),
  );
}

async function codeIn(page: Page): Promise<string> {
  const { code, ...rest } = await resultIn(page);
  assert.deepEqual(rest, {});
  return code ?? '';
}

function exchange(page: Page, code: string) {
  return page.evaluate(async (given) => {
    const { status, body } = await charter.client.oidc.exchange({ body: { code: given } });
    const session = body && 'session' in body ? body.session : undefined;
    return { status, ...(session && { methods: session.methods }) };
  }, code);
}

/** Undefined for nobody. */
async function whoAmI(page: Page) {
  await clientIn(page);
  return page.evaluate(async () => (await charter.client.me.get()).body);
}
