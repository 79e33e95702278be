import type { Express } from 'express';
import { openApiDocument } from '../../contract/document/openapi.ts';
import type { AppRouter } from '../../contract/kit/api.ts';
import type { HttpConfig } from '../config/http.ts';
import { docsPage } from './docs-page.ts';

/** What the service promises, and what each noun of it is about. */
export interface Promised {
  readonly contract: AppRouter;
  readonly tags: Readonly<Record<string, string>>;
}

/** The few addresses that are not operations. */
export function mountPages(
  { contract, tags }: Promised,
  { publicUrl, requestIdHeader }: HttpConfig,
) {
  return (app: Express): void => {
    let document: Promise<string> | undefined;
    app.get('/', (_req, res) => res.redirect('/docs'));
    app.use('/docs', docsPage({ publicUrl, contract }));
    app.get('/api/v1/openapi.json', async (_req, res) => {
      const deployment = { url: addressIn(publicUrl), requestIdHeader };
      document ??= openApiDocument(contract, tags, deployment).then(
        (made) => `${JSON.stringify(made, null, 2)}\n`,
      );
      res.type('application/json').send(await document);
    });
  };
}

/** Readers refuse a document that sends them to `localhost`; `/` is where it was fetched. */
function addressIn(publicUrl: string): string {
  return new URL(publicUrl).hostname === 'localhost' ? '/' : publicUrl;
}
