import assert from 'node:assert/strict';
import type { Check } from './docs.ts';

/** What a person does on the page to try GraphQL, in this order. */
export const graphiqlChecks: Record<string, Check> = {
  'GraphiQL loads, and reads the schema': async ({ page, origin }) => {
    const answer = await page.goto(`${origin}/dev/graphiql`);
    assert.equal(answer?.status(), 200);
    await page.locator('button[aria-label="Show Documentation Explorer"]').click();
    await page.locator('.graphiql-doc-explorer', { hasText: 'query: Query' }).waitFor();
  },

  'GraphiQL runs a query, as nobody without a sign-in': async ({ page }) => {
    await page.locator('.graphiql-execute-button').click();
    await page.locator('.result-window', { hasText: '"code": "unauthenticated"' }).waitFor();
  },

  'GraphiQL runs it for whoever is signed in by cookie': async ({ page, account }) => {
    const status = await page.evaluate(
      async (body) => {
        const headers = { 'content-type': 'application/json' };
        const init = { method: 'POST', headers, body: JSON.stringify(body) };
        return (await fetch('/api/v1/auth/login', init)).status;
      },
      { ...account, delivery: 'cookie' },
    );
    assert.equal(status, 200);
    await page.locator('.graphiql-execute-button').click();
    await page.locator('.result-window', { hasText: '"username":' }).waitFor();
    const told = (await page.locator('.result-window').textContent()) ?? '';
    assert.doesNotMatch(told, /"errors"/);
  },

  'GraphiQL keeps nothing that outlives the page': async ({ page }) => {
    const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
    assert.equal(kept, 0);
  },

  'an injected script does not run in GraphiQL': async ({ newPage, origin }) => {
    const page = await newPage();
    await page.goto(`${origin}/dev/graphiql`);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      return document.title;
    });
    assert.equal(ran, 'GraphiQL');
    await page.close();
  },
};
