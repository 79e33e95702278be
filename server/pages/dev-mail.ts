import type { Response, Router } from 'express';
import express from 'express';
import { html } from '../platform/html.ts';
import type { MailPreview, PreviewedMail } from '../platform/mail/preview.ts';
import { problem } from '../platform/problem-error.ts';
import type { PlainPage, PlainPages } from './plain-page.ts';

/** What was written to somebody, for whoever develops. It does not exist in production. */
export function devMailPages(preview: MailPreview, pages: PlainPages): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/', async ({ baseUrl }, res) => {
    pages.send(res, 200, listPage(await preview.list(), baseUrl));
  });
  router.get('/:id', async ({ params, baseUrl }, res) => {
    pages.send(res, 200, mailPage(await find(preview, params.id), baseUrl), "'self'");
  });
  router.get('/:id/html', async ({ params }, res) => {
    sendFramed(res, await find(preview, params.id));
  });
  return router;
}

async function find(preview: MailPreview, id: string): Promise<PreviewedMail> {
  const mail = /^[0-9a-f-]{36}$/.test(id) ? await preview.find(id) : undefined;
  if (!mail) throw problem('not_found', { detail: 'There is no such mail.' });
  return mail;
}

function listPage(mails: readonly PreviewedMail[], base: string): PlainPage {
  const rows = mails.map(
    ({ id, to, subject, kind, state, writtenAt }) => html`<tr>
<td>${writtenAt.toISOString()}</td>
<td>${to}</td>
<td><a href="${base}/${id}">${subject}</a></td>
<td>${kind}</td>
<td>${state}</td>
</tr>
`,
  );
  const body =
    rows.length === 0
      ? html`<p>No mail was written yet.</p>\n`
      : html`<table class="wide">
<tr><th>Written</th><th>To</th><th>Subject</th><th>Kind</th><th>State</th></tr>
${rows}</table>
`;
  return { title: 'Mails', body };
}

function mailPage({ id, to, subject, kind, language, links, text }: PreviewedMail, base: string) {
  const body = html`<p class="wide"><a href="${base}">All mails</a></p>
<p>To ${to}: <code>${kind}</code>, language <code>${language}</code></p>
<ul>
${links.map(({ action, url }) => html`<li><a href="${url}">${action}</a></li>\n`)}</ul>
<h2>As text</h2>
<pre>${text}</pre>
<h2>As HTML</h2>
<iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="${base}/${id}/html"></iframe>
`;
  return { title: subject, body };
}

/** In a frame of its own, where nothing runs; a link opens beside it. */
function sendFramed(res: Response, mail: PreviewedMail): void {
  const sandbox = 'sandbox allow-popups allow-popups-to-escape-sandbox';
  const policy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; ${sandbox}`;
  res.setHeader('Content-Security-Policy', policy);
  res.setHeader('X-Frame-Options', 'SAMEORIGIN');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('Cache-Control', 'no-store');
  res.type('html').send(mail.html.replace('<head>', '<head>\n<base target="_blank">'));
}
