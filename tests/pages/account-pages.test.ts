import { describe, expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { contract } from '../../contract/index.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { linkForms } from '../../server/pages/account/link-pages.ts';
import { tally } from '../kit/answers.ts';
import { publicUrl, startApp, useApp } from '../kit/app.ts';
import { aMember, anAdministrator, createPerson, newPerson } from '../kit/callers.ts';
import { lastMailTo, linkIn, tokenFor } from '../kit/mailbox.ts';

const app = useApp({ MAIL_PRODUCT_NAME: 'Example & Co' });

const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' };
const ours = { origin: publicUrl, 'sec-fetch-site': 'same-origin' };

interface Sent {
  readonly headers?: Record<string, string>;
  readonly to?: { url: string };
}

/** Presses the button of a page. */
async function press(
  page: string,
  fields: Record<string, string>,
  { headers = ours, to = app }: Sent = {},
) {
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${to.url}/account/${page}`, {
    method: 'POST',
    headers: { ...formHeaders, ...headers },
    body,
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function resetLink() {
  const person = await createPerson(app);
  await unwrap(app.client().passwordReset.request({ body: { email: person.email } }));
  return { person, url: linkIn(await lastMailTo(app, person.email)) };
}

const newPassword = 'a quiet river at dawn';

describe('a page that a link leads to', () => {
  it('asks before it does anything, and keeps its token to itself', async () => {
    const { url } = await resetLink();
    expect(url.href).toMatch(`${publicUrl}/account/reset-password?token=`);
    for (let visit = 0; visit < 3; visit += 1) {
      const page = await fetch(`${app.url}${url.pathname}${url.search}`);
      expect(page.status).toBe(200);
      const text = await page.text();
      expect(text).toContain('<form method="post" action="/account/reset-password">');
      expect(text).toContain('Example &amp; Co');
      expect(text).not.toMatch(/<script|\son\w+=|https?:\/\//);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('referrer-policy')).toBe('strict-origin');
      expect(page.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/]+='; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
      );
    }
    const token = url.searchParams.get('token') ?? '';
    expect(await press('reset-password', { token, newPassword })).toMatchObject({ status: 200 });
    expect(JSON.stringify(app.logs)).not.toContain(token);
  });

  it('escapes what it is given, and says so where a link is not complete', async () => {
    const odd = await fetch(`${app.url}/account/sign-in?token=%22%3E%3Cscript%3E`);
    expect(await odd.text()).toContain('value="&quot;&gt;&lt;script&gt;"');
    for (const query of ['', '?token=', '?token=a&token=b', '?other=1']) {
      const page = await fetch(`${app.url}/account/sign-in${query}`);
      expect(page.status).toBe(400);
      expect(await page.text()).toContain('This link is not complete');
    }
  });

  it('does as many things as the contract has, with fields that it knows', async () => {
    const operations = new Map(operationsOf(contract).map((one) => [one.name, one]));
    for (const [name, form] of Object.entries(linkForms)) {
      const operation = operations.get(form.operation);
      const { carries = 'token' } = form;
      const page = await fetch(`${app.url}/account/${name}?${carries}=x`);
      expect(page.status, name).toBe(operation ? 200 : 404);
      const body = operation?.route as { body?: { shape: object } } | undefined;
      const asked = [
        carries,
        ...form.fields.map((field) => field.name),
        ...Object.keys(form.fixed ?? {}),
      ];
      if (body?.body) expect(Object.keys(body.body.shape)).toEqual(expect.arrayContaining(asked));
    }
    expect((await fetch(`${app.url}/account/anything?token=x`)).status).toBe(404);
  });

  it('does not exist where a frontend has it', async () => {
    const own = await startApp({ FRONTEND_URL: 'https://app.example.com' });
    expect((await fetch(`${own.url}/account/sign-in?token=x`)).status).toBe(404);
    expect((await press('sign-in', { token: 'x' }, { to: own })).status).toBe(404);
    await own.close();
  });
});

describe('its button', () => {
  it('shows what is wrong with what was filled in, and the link still works', async () => {
    const { person, url } = await resetLink();
    const token = url.searchParams.get('token') ?? '';
    const refused = await press('reset-password', { token, newPassword: 'short' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('role="alert"');
    expect(refused.text).toContain(`value="${token}"`);
    expect(refused.text).not.toContain('value="short"');
    expect(await press('reset-password', { token, newPassword })).toMatchObject({
      status: 200,
    });
    const credentials = { identifier: person.email, password: newPassword };
    await unwrap(app.client().auth.login({ body: { ...credentials, delivery: 'tokens' } }));
  });

  it('works once, and says why not after that', async () => {
    const { url } = await resetLink();
    const fields = { token: url.searchParams.get('token') ?? '', newPassword };
    const answers = await Promise.all([1, 2, 3].map(() => press('reset-password', fields)));
    expect(tally(answers)).toEqual({ 200: 1, 410: 2 });
    const late = answers.find(({ status }) => status === 410);
    expect(late?.text).toMatch(/<h1>The link [^<]+<\/h1>\n<p>/);
  });

  it.each([
    ['from a page elsewhere', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['from a page that hides where it is', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['from a frame of nobody', { origin: 'null' }],
    ['from nowhere', {}],
  ])('does nothing %s', async (_, headers) => {
    const { url } = await resetLink();
    const fields = { token: url.searchParams.get('token') ?? '', newPassword };
    const refused = await press('reset-password', fields, { headers });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('<!doctype html>');
    expect(await press('reset-password', fields, { headers: { origin: publicUrl } })).toMatchObject(
      { status: 200 },
    );
  });

  it.each([
    ['that knows no Sec-Fetch-Site', { origin: publicUrl }],
    ['that keeps its origin to itself', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['that sends no origin', { 'sec-fetch-site': 'same-origin' }],
  ])('works in a browser %s', async (_, headers) => {
    const { url } = await resetLink();
    const fields = { token: url.searchParams.get('token') ?? '', newPassword };
    expect(await press('reset-password', fields, { headers })).toMatchObject({ status: 200 });
  });

  it('takes a form and nothing else, of a size that makes sense', async () => {
    const json = await fetch(`${app.url}/account/sign-in`, {
      method: 'POST',
      headers: { ...ours, 'content-type': 'application/json' },
      body: '{"token":"x"}',
    });
    expect(json.status).toBe(415);
    expect((await press('sign-in', { token: 'x'.repeat(200_000) })).status).toBe(413);
    expect((await press('sign-in', {})).status).toBe(422);
    expect((await press('sign-in', { token: 'a\0b' })).status).toBe(422);
  });
});

it('signs a browser in, told to the audit as what it was', async () => {
  const own = await startApp({ MAGIC_LINK: 'true' });
  const { email } = await createPerson(own);
  await unwrap(own.client().magicLink.request({ body: { email } }));
  const token = await tokenFor(own, email);
  const headers = { ...ours, 'user-agent': 'A browser' };
  const done = await press('sign-in', { token }, { to: own, headers });
  expect(done.status).toBe(200);
  expect(done.text).toContain('You are signed in');
  const [cookie = ''] = done.headers.getSetCookie();
  expect(cookie).toMatch(/^session=.*HttpOnly/);
  const me = await own.request('/api/v1/me', { headers: { cookie: cookie.split(';')[0] ?? '' } });
  expect(me.status).toBe(200);
  const [entry] = await own
    .db('auditEntries')
    .where({ operation: 'magicLinkConfirm', result: 'done' });
  expect(entry).toMatchObject({ origin: 'page', requestId: done.headers.get('x-request-id') });
  await own.close();
});

it('verifies an address, by the password where nobody is signed in', async () => {
  const person = newPerson();
  await unwrap(app.client().auth.register({ body: person }));
  const fields = { token: await tokenFor(app, person.email) };
  const unproven = await press('verify-email', fields);
  expect(unproven.status).toBe(422);
  expect(unproven.text).toContain('aria-invalid="true"');
  const done = await press('verify-email', { ...fields, password: person.password });
  expect(done.text).toContain('Your address is verified');
});

it('hands out an archive once', async () => {
  const { email, client } = await aMember(app);
  await unwrap(client.accountExport.request());
  const token = await tokenFor(app, email);
  const download = await fetch(`${app.url}/account/download-export`, {
    method: 'POST',
    headers: { ...formHeaders, ...ours },
    body: new URLSearchParams({ token }),
  });
  expect(download.headers.get('content-type')).toBe('application/zip');
  expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
  const bytes = Buffer.from(await download.arrayBuffer());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  expect(await press('download-export', { token })).toMatchObject({ status: 410 });
});

it('begins an account by invitation, and shows which name is taken', async () => {
  const { client } = await anAdministrator(app);
  const { email, username, password } = newPerson();
  const taken = await createPerson(app);
  await unwrap(client.invitations.create({ body: { email } }));
  const token = await tokenFor(app, email);
  const refused = await press('accept-invitation', { token, username: taken.username, password });
  expect(refused).toMatchObject({ status: 409 });
  const done = await press('accept-invitation', { token, username, password, fullName: '' });
  expect(done.text).toContain('Your account is ready');
});
