import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Router } from 'express';
import express from 'express';
import { html } from '../platform/html.ts';

const require = createRequire(import.meta.url);

/** Where each file comes from: the packages are of development, and the page is there alone. */
const files: Readonly<Record<string, () => string>> = {
  'react.js': () => inPackage('react', 'umd/react.production.min.js'),
  'react-dom.js': () => inPackage('react-dom', 'umd/react-dom.production.min.js'),
  'graphiql.js': () => inPackage('graphiql', 'graphiql.min.js'),
  'graphiql.css': () => inPackage('graphiql', 'graphiql.min.css'),
  'main.js': () => fileURLToPath(new URL('./graphiql/main.js', import.meta.url)),
  'page.css': () => fileURLToPath(new URL('./graphiql/page.css', import.meta.url)),
};

/** GraphiQL, from our own origin, for whoever develops. It does not exist in production. */
export function graphiqlPage(): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/', ({ baseUrl }, res) => {
    res.setHeader('Cache-Control', 'no-cache');
    res.setHeader('Content-Security-Policy', relaxed(res.getHeader('Content-Security-Policy')));
    res.type('html').send(page(baseUrl));
  });
  router.get('/assets/:file', ({ params }, res, next) => {
    const find = Object.hasOwn(files, params.file) ? files[params.file] : undefined;
    if (!find) return next('router');
    res.sendFile(find(), { maxAge: '1h' });
  });
  return router;
}

/**
 * Its editor writes a sheet of styles of its own, and its letters stand in its sheet; scripts are those
 * of this service alone.
 */
function relaxed(policy: unknown): string {
  return String(policy)
    .replace(/style-src [^;]*/, "style-src 'self' 'unsafe-inline'")
    .replace(/font-src [^;]*/, "font-src 'self' data:");
}

function inPackage(name: string, file: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), file);
}

function page(base: string): string {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>GraphiQL</title>
    <link rel="icon" type="image/svg+xml" href="/docs/assets/icon.svg">
    <link rel="stylesheet" href="${base}/assets/graphiql.css">
    <link rel="stylesheet" href="${base}/assets/page.css">
  </head>
  <body>
    <div id="graphiql"></div>
${['react.js', 'react-dom.js', 'graphiql.js', 'main.js'].map((file) => html`    <script src="${base}/assets/${file}"></script>\n`)}  </body>
</html>
`.markup;
}
