import type { Page } from './chromium.ts';

interface Executed {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly requestHeaders: Record<string, string>;
}

/** Executes an operation as a person does: open it on the page, fill in the body, press Execute. */
export async function execute(page: Page, id: string, body?: unknown): Promise<Executed> {
  const block = page.locator(`[id="operations-${id}"]`);
  const button = block.locator('button.execute');
  if ((await button.count()) === 0) await block.locator('.opblock-summary-control').click();
  await button.waitFor();
  if (body !== undefined) {
    await block.locator('textarea.body-param__text').fill(JSON.stringify(body));
  }
  const [request] = await Promise.all([
    page.waitForRequest((candidate) => candidate.url().includes('/api/v1/')),
    button.click(),
  ]);
  const response = await request.response();
  await block.locator('.live-responses-table .response-col_status').first().waitFor();
  return {
    status: response?.status() ?? 0,
    body: (await response?.json()) as Record<string, unknown>,
    requestHeaders: request.headers(),
  };
}
