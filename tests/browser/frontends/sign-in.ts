import assert from 'node:assert/strict';
import type { Browser, Page } from '../chromium.ts';

export interface Account {
  readonly identifier: string;
  readonly username: string;
  readonly password: string;
}

/** What a person does on the page of the guide, in a browser that knows nothing yet. */
export async function signInAndOut(browser: Browser, address: string, account: Account) {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  const { identifier, username, password } = account;
  try {
    await page.goto(address);
    await signIn(page, identifier, 'not the password');
    await page.locator('[role="alert"]').waitFor();
    await page.reload();
    await signIn(page, identifier, password);
    await signedInAs(page, username);
    await page.reload();
    await signedInAs(page, username);
    assert.equal(await page.evaluate(() => document.cookie), '', 'a script can read the session');
    await page.locator('button', { hasText: 'Sign out' }).click();
    await page.locator('form').waitFor();
    await page.reload();
    await page.locator('form').waitFor();
    assert.deepEqual(errors, []);
  } finally {
    await page.close();
  }
}

async function signIn(page: Page, identifier: string, password: string): Promise<void> {
  await page.locator('input[name="identifier"]').fill(identifier);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button', { hasText: 'Sign in' }).click();
}

async function signedInAs(page: Page, username: string): Promise<void> {
  await page.locator('p', { hasText: `Signed in as ${username}` }).waitFor();
}
