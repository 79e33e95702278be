import type { Express } from 'express';
import type { AppRouter } from '../../contract/kit/api.ts';
import { openApiDocument } from '../../contract/openapi.ts';
import type { HttpConfig } from '../config/http.ts';
import { docsPage } from './docs-page.ts';

/** The few addresses that are not operations. */
export function mountPages(contract: AppRouter, { publicUrl }: HttpConfig) {
  return (app: Express): void => {
    let document: Promise<string> | undefined;
    app.get('/', (_req, res) => res.redirect('/docs'));
    app.use('/docs', docsPage({ publicUrl }));
    app.get('/api/v1/openapi.json', async (_req, res) => {
      document ??= openApiDocument(contract).then((made) => `${JSON.stringify(made, null, 2)}\n`);
      res.type('application/json').send(await document);
    });
  };
}
