import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { html, type Markup } from '../platform/html.ts';

/** What stands on every plain page. */
export interface Brand {
  readonly productName: string;
  /** `#1f3a5f` */
  readonly colour: string;
}

export interface PlainPage {
  readonly title: string;
  readonly body: Markup;
}

/**
 * Pages that need no script and no other file: their one sheet of styles stands in them, named to
 * the browser by its hash, and nothing else is loaded or run.
 */
export class PlainPages {
  readonly #brand: Brand;
  readonly #styles: string;
  readonly #policy: string;

  constructor(brand: Brand) {
    this.#brand = brand;
    this.#styles = stylesWith(brand.colour);
    const hash = createHash('sha256').update(this.#styles).digest('base64');
    this.#policy = [
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; ');
  }

  /** `frames` names what the page may show inside itself. */
  send(res: Response, status: number, page: PlainPage, frames?: "'self'"): void {
    const policy = frames ? `${this.#policy}; frame-src ${frames}` : this.#policy;
    res.setHeader('Content-Security-Policy', policy);
    // Its address and its content are a secret of one person: what is sent on is the origin alone.
    // Without even that, browsers say `Origin: null`, and those that know no `Sec-Fetch-Site` could
    // not prove that a form is ours.
    res.setHeader('Referrer-Policy', 'strict-origin');
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('X-Robots-Tag', 'noindex');
    res.status(status).type('html').send(this.#print(page));
  }

  #print({ title, body }: PlainPage): string {
    const { productName } = this.#brand;
    // Made apart: the hash is of the styles to the letter.
    const sheet: Markup = { markup: `<style>${this.#styles}</style>` };
    return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${productName}</title>
${sheet}
</head>
<body>
<p class="product">${productName}</p>
<main>
<h1>${title}</h1>
${body}</main>
</body>
</html>
`.markup;
  }
}

function stylesWith(colour: string): string {
  return `
:root { color-scheme: light dark; --quiet: #5b6875; --line: #c5ced8; --wrong: #a32020; }
@media (prefers-color-scheme: dark) { :root { --quiet: #9aa7b4; --line: #46525e; --wrong: #ff9a9a; } }
body { max-width: 32rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; font: 16px/1.6 system-ui, sans-serif; }
body:has(.wide) { max-width: 60rem; }
.product { margin: 0 0 2rem; padding-bottom: 0.5rem; border-bottom: 3px solid ${colour}; font-weight: 600; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; line-height: 1.25; }
label { display: block; margin-top: 1.25rem; font-weight: 600; }
input { box-sizing: border-box; width: 100%; padding: 0.55rem 0.7rem; border: 1px solid var(--line); border-radius: 6px; font: inherit; }
button { margin-top: 1.5rem; padding: 0.6rem 1.2rem; border: 2px solid ${colour}; border-radius: 6px; font: inherit; font-weight: 600; cursor: pointer; }
.quiet { margin: 0.25rem 0 0; color: var(--quiet); font-size: 0.9rem; }
.wrong { margin: 0.25rem 0 0; color: var(--wrong); }
table { width: 100%; border-collapse: collapse; }
td, th { padding: 0.45rem 0.75rem 0.45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
iframe { width: 100%; height: 30rem; border: 1px solid var(--line); background: #fff; }
`;
}
