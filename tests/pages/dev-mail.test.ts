import { expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { startApp, useApp } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';

const app = useApp();

async function get(path: string, to: { url: string } = app) {
  const answer = await fetch(`${to.url}${path}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

it('shows every mail to whoever develops, with the link to follow', async () => {
  expect((await get('/dev/mail')).text).toContain('No mail was written yet');
  const person = newPerson();
  await unwrap(app.client().auth.register({ body: person }));
  const list = await get('/dev/mail');
  expect(list.text).toContain(person.email);
  const [, path = ''] = /<a href="(\/dev\/mail\/[0-9a-f-]+)">Verify your/.exec(list.text) ?? [];
  const mail = await get(path);
  expect(mail.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; .*; frame-src 'self'$/,
  );
  expect(mail.text).toMatch(/<li><a href="http:\/\/charter\.test\/account\/verify-email\?token=/);
  expect(mail.text).toContain(
    `sandbox="allow-popups allow-popups-to-escape-sandbox" src="${path}/html"`,
  );
  const framed = await get(`${path}/html`);
  expect(framed.text).toContain('<base target="_blank">');
  expect(framed.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; .*frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox$/,
  );
  expect(framed.headers.get('x-frame-options')).toBe('SAMEORIGIN');
});

it.each(['nothing', '00000000-0000-7000-8000-000000000000', 'x/html'])('has no %s', async (id) => {
  expect((await get(`/dev/mail/${id}`)).status).toBe(404);
});

it('does not exist in production', async () => {
  const production = await startApp({
    NODE_ENV: 'production',
    PASSWORD_HASH_MEMORY_KIB: '19456',
    SIGN_UP: 'open',
    MAGIC_LINK: 'false',
  });
  await unwrap(production.client().auth.register({ body: newPerson() }));
  expect((await get('/dev/mail', production)).status).toBe(404);
  await production.workJobs();
  const [row] = await production.db('mails');
  expect(row).toMatchObject({ state: 'sent', sealed: null });
  expect((await get(`/dev/mail/${row?.id}`, production)).status).toBe(404);
  await production.close();
});
