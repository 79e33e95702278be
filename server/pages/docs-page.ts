import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextFunction, Request, Response, Router } from 'express';
import express from 'express';
import { type AppRouter, apiPrefix } from '../../contract/kit/api.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { html } from '../platform/html.ts';
import { apiName, layout } from './docs-page/layout.ts';
import { isProblemCode, problemIndex, problemPage } from './docs-page/problem-pages.ts';

interface DocsPageOptions {
  readonly publicUrl: string;
  /** All that the service answers. */
  readonly contract: AppRouter;
}

/** The documentation for people: Swagger UI, and a page for each problem code. */
export function docsPage({ publicUrl, contract }: DocsPageOptions): Router {
  const operations = operationsOf(contract);
  const router = express.Router();
  router.get('/', ({ baseUrl }, res) => sendPage(res, operationsPage(baseUrl)));
  router.get('/problems', ({ baseUrl }, res) => sendPage(res, problemIndex(baseUrl)));
  router.get('/problems/:code', ({ baseUrl, params }, res, next) => {
    if (!isProblemCode(params.code)) return next();
    sendPage(res, problemPage(params.code, { base: baseUrl, publicUrl, operations }));
  });
  router.use('/assets', onlyNeeded, express.static(ours, kept), express.static(swaggerUi, kept));
  return router;
}

function sendPage(res: Response, page: string): void {
  res.setHeader('Cache-Control', 'no-cache');
  res.type('html').send(page);
}

function operationsPage(base: string): string {
  return layout({
    title: apiName,
    base,
    body: html`    <div id="swagger-ui" data-document="${apiPrefix}/openapi.json"></div>`,
    styles: ['swagger-ui.css'],
    scripts: ['swagger-ui-bundle.js', 'operations.js'],
  });
}

const ours = fileURLToPath(new URL('./docs-page/assets', import.meta.url));
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

// Not `res.sendFile`: it leaves the ETag out where the app has switched its own off.
const kept = { index: false, redirect: false, maxAge: '1h' } as const;

/** The package of Swagger UI holds far more than the page needs. */
const needed = new Set([
  '/docs.css',
  '/icon.svg',
  '/operations.js',
  '/swagger-ui.css',
  '/swagger-ui-bundle.js',
]);

function onlyNeeded(req: Request, _res: Response, next: NextFunction): void {
  next(needed.has(req.path) ? undefined : 'router');
}
