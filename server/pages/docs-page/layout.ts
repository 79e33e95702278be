import { service } from '../../../contract/service.ts';
import { html, type Markup } from '../../platform/html.ts';

/** What the API is called on every page. */
export const apiName = `${service.title} API`;

interface Layout {
  readonly title: string;
  /** Where the documentation is mounted, as `/docs`. */
  readonly base: string;
  readonly body: Markup;
  /** Files of our own, loaded besides `docs.css`. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
}

/** The frame of every page: nothing inline, because the content security policy forbids it. */
export function layout({ title, base, body, styles = [], scripts = [] }: Layout): string {
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" type="image/svg+xml" href="${base}/assets/icon.svg">
${[...styles, 'docs.css'].map((file) => html`    <link rel="stylesheet" href="${base}/assets/${file}">\n`)}  </head>
  <body>
    <header class="bar">
      <a class="bar-link bar-name" href="${base}">${apiName}</a>
      <nav>
        <a class="bar-link" href="${base}">Operations</a>
        <a class="bar-link" href="${base}/problems">Problems</a>
      </nav>
    </header>
${body}
${scripts.map((file) => html`    <script src="${base}/assets/${file}"></script>\n`)}  </body>
</html>
`;
  return page.markup;
}
