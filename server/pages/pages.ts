import type { Express } from 'express';
import type { Deployment } from '../../contract/document/openapi.ts';
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
      document ??= printed({ contract, tags }, { url: addressIn(publicUrl), requestIdHeader });
      res.type('application/json').send(await document);
    });
  };
}

/** What makes the document is loaded when somebody asks for it: most processes never need it. */
async function printed({ contract, tags }: Promised, deployment: Deployment): Promise<string> {
  const { openApiDocument } = await import('../../contract/document/openapi.ts');
  return `${JSON.stringify(await openApiDocument(contract, tags, deployment), null, 2)}\n`;
}

/** Readers refuse a document that sends them to `localhost`; `/` is where it was fetched. */
function addressIn(publicUrl: string): string {
  return new URL(publicUrl).hostname === 'localhost' ? '/' : publicUrl;
}
