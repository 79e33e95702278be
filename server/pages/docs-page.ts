import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestHandler, Router } from 'express';
import express from 'express';
import { type AppRouter, apiPrefix } from '../../contract/kit/api.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { problemCodes } from '../../contract/kit/problems.ts';
import { html } from '../platform/html.ts';
import { apiName, layout } from './docs-page/layout.ts';
import { problemIndex, problemPage } from './docs-page/problem-pages.ts';
import { fixed } from './fixed.ts';

interface DocsPageOptions {
  readonly publicUrl: string;
  /** All that the service answers. */
  readonly contract: AppRouter;
}

/** The documentation for people: Swagger UI, and a page for each problem code. */
export function docsPage({ publicUrl, contract }: DocsPageOptions): Router {
  const operations = operationsOf(contract);
  const router = express.Router();
  const base = '/docs';
  const problemPages = new Map(
    problemCodes.map((code) => [
      code as string,
      page(() => problemPage(code, { base, publicUrl, operations })),
    ]),
  );
  router.get(
    '/',
    page(() => operationsPage(base)),
  );
  router.get(
    '/problems',
    page(() => problemIndex(base)),
  );
  router.get('/problems/:code', oneOf(problemPages, 'code'));
  router.get('/assets/:file', oneOf(assets(), 'file'));
  return router;
}

function page(print: () => string): RequestHandler {
  return fixed(print, { type: 'text/html; charset=utf-8', cacheControl: 'no-cache' });
}

/** A closed list by name; what is not in it is nobody's here. */
function oneOf(handlers: ReadonlyMap<string, RequestHandler>, parameter: 'code' | 'file') {
  return ((req, res, next) => {
    const handler = handlers.get(String(req.params[parameter]));
    return handler ? handler(req, res, next) : next();
  }) satisfies RequestHandler;
}

function operationsPage(base: string): string {
  return layout({
    title: apiName,
    base,
    body: html`    <div id="swagger-ui" data-document="${apiPrefix}/openapi.json"></div>`,
    styles: ['swagger-ui.css'],
    early: ['theme.js'],
    scripts: ['swagger-ui-bundle.js', 'operations.js'],
  });
}

const ours = fileURLToPath(new URL('./docs-page/assets', import.meta.url));
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** Ours, and of Swagger UI, whose package holds far more, what the page needs. */
function assets(): ReadonlyMap<string, RequestHandler> {
  const files = [
    ...['docs.css', 'icon.svg', 'operations.js', 'theme.js'].map((name) => join(ours, name)),
    ...['swagger-ui.css', 'swagger-ui-bundle.js'].map((name) => join(swaggerUi, name)),
  ];
  return new Map(
    files.map((path) => {
      const type = types[extname(path)] as string;
      return [
        basename(path),
        fixed(() => readFile(path), { type, cacheControl: 'public, max-age=3600' }),
      ];
    }),
  );
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
