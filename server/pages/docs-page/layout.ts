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
  /** What must run before anything is shown. */
  readonly early?: readonly string[];
}

/** The frame of every page: nothing inline, because the content security policy forbids it. */
export function layout({ title, base, body, styles = [], ...more }: Layout): string {
  const { scripts = [], early = [] } = more;
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" type="image/svg+xml" href="${base}/assets/icon.svg">
${[...styles, 'docs.css'].map((file) => html`    <link rel="stylesheet" href="${base}/assets/${file}">\n`)}${early.map((file) => script(base, file))}  </head>
  <body>
    <header class="bar">
      <a class="bar-link bar-name" href="${base}">${apiName}</a>
      <nav>
        <a class="bar-link" href="${base}">Operations</a>
        <a class="bar-link" href="${base}/problems">Problems</a>
      </nav>
    </header>
${body}
${scripts.map((file) => script(base, file))}  </body>
</html>
`;
  return page.markup;
}

function script(base: string, file: string): Markup {
  return html`    <script src="${base}/assets/${file}"></script>\n`;
}
