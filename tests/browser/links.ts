// The pages that links in mails lead to, in a real browser: sign-up, the mail, its link, used once; a
// forgotten password; a change of address and its way back; an archive as a download:
// `node tests/browser/links.ts http://localhost:3000`. The service is one in development.
import assert from 'node:assert/strict';
import { createClient, unwrap } from '../../client/index.ts';
import { sending } from '../kit/credentials.ts';
import { launchChromium, type Page } from './chromium.ts';
import { watch } from './watch.ts';

const { origin } = new URL(process.argv[2] ?? '');
const client = createClient({ baseUrl: origin });
const username = `link-${process.pid}-${Date.now().toString(36)}`;
const email = `${username}@example.com`;
const password = 'a passphrase for the link pages';
const newPassword = 'another passphrase for the link pages';

const browser = await launchChromium();
try {
  const page = await browser.newPage();
  const incidents = watch(page, origin);
  await verify(page);
  await reset(page);
  await change(page);
  await download(page);
  // A used link and a bad password, as Chromium tells of them.
  assert.deepEqual(
    incidents.map((text) => /status of (\d+)/.exec(text)?.[1] ?? text),
    ['410', '422'],
  );
  process.stdout.write('ok      the pages behind links\n');
} finally {
  await browser.close();
}

async function verify(page: Page): Promise<void> {
  await unwrap(client.auth.register({ body: { email, username, password } }));
  await follow(page, email, 'Verify your e-mail address');
  await page.locator('input[name=password]').fill(password);
  await page.locator('button').click();
  await page.locator('h1', { hasText: 'Your address is verified' }).waitFor();
  await follow(page, email, 'Verify your e-mail address');
  await page.locator('input[name=password]').fill(password);
  await page.locator('button').click();
  await page.locator('main', { hasText: 'works no more' }).waitFor();
}

async function reset(page: Page): Promise<void> {
  await unwrap(client.passwordReset.request({ body: { email } }));
  await follow(page, email, 'Set a new password');
  // What breaks a rule is told beside its field, and the link still works.
  await page.locator('input[name=newPassword]').fill('password');
  await page.locator('button').click();
  await page.locator('.wrong').first().waitFor();
  await page.locator('input[name=newPassword]').fill(newPassword);
  await page.locator('button').click();
  await page.locator('h1', { hasText: 'Your password is set' }).waitFor();
}

async function change(page: Page): Promise<void> {
  const moved = `moved-${email}`;
  const own = await signedIn();
  await unwrap(own.emailChange.request({ body: { email: moved } }));
  await follow(page, moved, 'Confirm your new e-mail address');
  await page.locator('button').click();
  await page.locator('h1', { hasText: 'Your address is changed' }).waitFor();
  await follow(page, email, 'changed');
  await page.locator('button').click();
  await page.locator('h1', { hasText: 'Your old address is back' }).waitFor();
  assert.equal((await login()).status, 401, 'the way back removes the password');
}

async function download(page: Page): Promise<void> {
  const again = `again-${email}`;
  const body = { email: again, username: `${username}-2`, password };
  await unwrap(client.auth.register({ body }));
  const own = await signedIn(again, password);
  await unwrap(own.accountExport.request());
  await follow(page, again, 'Your data');
  const file = page.waitForEvent('download');
  await page.locator('button').click();
  assert.match((await file).suggestedFilename(), /\.zip$/);
}

/** Opens the newest mail with this subject for an address, and its link. */
async function follow(page: Page, address: string, subject: string): Promise<void> {
  await page.goto(`${origin}/dev/mail`);
  const row = page.locator('tr', { hasText: address }).locator(`a:text("${subject}")`).first();
  // A job writes it: the list is asked until it is there.
  while ((await row.count()) === 0) await page.reload();
  await row.click();
  const link = page.locator('main ul a').first();
  await link.waitFor();
  await link.click();
  await page.locator('form').waitFor();
}

function login(identifier = email, given = newPassword) {
  return client.auth.login({ body: { identifier, password: given, delivery: 'tokens' } });
}

async function signedIn(identifier?: string, given?: string) {
  const answer = await unwrap(login(identifier, given));
  if (answer.delivery !== 'tokens') throw new Error('Tokens were asked for');
  const credentials = sending({ authorization: `Bearer ${answer.accessToken}` });
  return createClient({ baseUrl: origin, credentials });
}
