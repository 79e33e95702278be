import { html, type Markup } from '../html.ts';
import type { Letter, Part, Sender } from './mail-kind.ts';

/** How every letter looks. */
export interface Look extends Sender {
  /** `#1f3a5f` */
  readonly colour: string;
}

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A letter as text and as HTML. */
export function rendered({ subject, parts }: Letter, language: string, look: Look): Rendered {
  const title = oneLine(subject);
  return {
    subject: title,
    text: `${parts.map(textOf).join('\n\n')}\n\n-- \n${oneLine(look.productName)}\n`,
    html: page({ title, language, parts: parts.map((part) => htmlOf(part, look)) }, look),
  };
}

function textOf(part: Part): string {
  if (typeof part === 'string') return oneLine(part);
  if ('url' in part) return `${oneLine(part.action)}:\n${webAddress(part.url)}`;
  return Object.entries(part.facts)
    .map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`)
    .join('\n');
}

/** What somebody chose as a name must not begin a paragraph of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function htmlOf(part: Part, { colour }: Look): Markup {
  if (typeof part === 'string') return html`<p style="margin:0 0 16px">${part}</p>`;
  if ('url' in part) {
    const url = webAddress(part.url);
    const button = `display:inline-block;padding:10px 18px;border-radius:6px;background:${colour};color:${inkOn(colour)};text-decoration:none`;
    return html`<p style="margin:0 0 16px"><a href="${url}" style="${button}">${part.action}</a></p>
<p class="quiet" style="margin:0 0 16px;font-size:13px;color:#5b6875;word-break:break-all">${url}</p>`;
  }
  const rows = Object.entries(part.facts).map(
    ([
      name,
      value,
    ]) => html`<tr><td class="quiet" style="padding:2px 16px 2px 0;color:#5b6875;vertical-align:top">${name}</td><td style="padding:2px 0">${value}</td></tr>
`,
  );
  return html`<table role="presentation" style="margin:0 0 16px;border-collapse:collapse">
${rows}</table>`;
}

/** Links of a letter lead to a page, and run nothing. */
function webAddress(url: string): string {
  const { protocol } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('A mail links no web page');
  return url;
}

/** Black or white, whichever is read better on the colour (WCAG 2, relative luminance). */
function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}

interface Page {
  readonly title: string;
  readonly language: string;
  readonly parts: readonly Markup[];
}

/** Styles stand on the elements, as readers of mail want them; only dark mode needs a sheet. */
function page({ title, language, parts }: Page, { productName, colour }: Look): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
@media (prefers-color-scheme: dark) {
  .paper { background: #14191f !important; color: #e6ebf0 !important; }
  .quiet { color: #9aa7b4 !important; }
}
</style>
</head>
<body class="paper" style="margin:0;background:#ffffff;color:#1c2733;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px">
<p style="margin:0 0 24px;padding:0 0 12px;border-bottom:3px solid ${colour};font-weight:600">${productName}</p>
${parts.map((part) => html`${part}\n`)}</div>
</body>
</html>
`.markup;
}
