// Acting as another account in a real browser, whose cookie is exchanged there and back:
// `node tests/browser/impersonation.ts http://localhost:3000`. The account is an administrator's.
import assert from 'node:assert/strict';
import { type Browser, launchChromium, type Page } from './chromium.ts';
import { clientIn, routeClient } from './client-page.ts';
import { setting } from './setting.ts';

const { origin } = new URL(process.argv[2] ?? '');
const account = {
  identifier: setting('CHARTER_IDENTIFIER'),
  password: setting('CHARTER_PASSWORD'),
};
const address = `${origin}/impersonation`;
const reason = 'Ticket 4711';

const browser = await launchChromium();
try {
  await impersonate(browser);
  process.stdout.write('ok      acting as another account\n');
} finally {
  await browser.close();
}

async function impersonate(opened: Browser): Promise<void> {
  const context = await opened.newContext();
  const [page, tab] = [await context.newPage(), await context.newPage()];
  await open(page);
  await page.evaluate(
    (body) => charter.unwrap(charter.client.auth.login({ body: { ...body, delivery: 'cookie' } })),
    account,
  );
  const administrator = await whoAmI(page);
  assert.equal(administrator?.act, null);
  const person = await somebody(page);
  await page.evaluate(
    ([userId = '', given = '']) =>
      charter.unwrap(charter.client.impersonation.start({ userId, body: { reason: given } })),
    [person.id, reason],
  );
  await open(tab);
  for (const each of [page, tab]) {
    const { id, act } = (await whoAmI(each)) ?? {};
    assert.deepEqual([id, act], [person.id, { id: administrator?.id }]);
    assert.deepEqual(await attempts(each), [
      'impersonation_denied',
      'impersonation_denied',
      'impersonation_denied',
      'permission_denied',
    ]);
  }
  await page.reload();
  assert.equal((await whoAmI(page))?.id, person.id);

  assert.deepEqual(await end(tab), { status: 200, id: administrator?.id });
  for (const each of [page, tab]) {
    const { id, act, permissions } = (await whoAmI(each)) ?? {};
    assert.deepEqual([id, act], [administrator?.id, null]);
    assert.deepEqual(permissions, administrator?.permissions);
  }
  assert.deepEqual(await end(page), { status: 409, id: undefined });
  assert.deepEqual(await noted(page, person.id), {
    begun: [[administrator?.id, reason]],
    denied: [administrator?.id],
  });
}

async function open(page: Page): Promise<void> {
  await routeClient(page, address);
  await page.goto(address);
  await clientIn(page);
}

/** An account that the administrator makes. */
function somebody(page: Page) {
  const username = `acted-as-${process.pid}-${Date.now().toString(36)}`;
  return page.evaluate((body) => charter.unwrap(charter.client.users.create({ body })), {
    email: `${username}@example.com`,
    username,
  });
}

async function whoAmI(page: Page) {
  await clientIn(page);
  return page.evaluate(async () => (await charter.client.me.get()).body);
}

/** The codes of what an owner alone does, and of what only the administrator might. */
function attempts(page: Page) {
  return page.evaluate(async () => {
    const { client } = charter;
    const body = { newPassword: 'a passphrase of somebody else' };
    const answers = [
      await client.me.changePassword({ body }),
      await client.secondFactors.enrol(),
      await client.apiKeys.create({ body: { name: 'Mine', scopes: [] } }),
      await client.audit.list(),
    ];
    return answers.map(({ problem }) => problem?.code);
  });
}

function end(page: Page) {
  return page.evaluate(async () => {
    const { status, body } = await charter.client.impersonation.end();
    return { status, id: body?.user.id };
  });
}

/** Who did it by the audit, and why; and who was denied something as this account. */
function noted(page: Page, userId: string) {
  return page.evaluate(async (id) => {
    const { client, unwrap } = charter;
    const beginning = { targetId: id, operation: 'impersonationStart' };
    const { items: begun } = await unwrap(client.audit.list(beginning));
    const { items } = await unwrap(client.audit.list({ actingFor: id, result: 'denied' }));
    return {
      begun: begun.map(({ actor, reason: why }) => [actor, why]),
      denied: [...new Set(items.map(({ actor }) => actor))],
    };
  }, userId);
}
