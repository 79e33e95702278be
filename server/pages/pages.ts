import type { Express } from 'express';
import type { Deployment } from '../../contract/document/deployment.ts';
import { type AppRouter, apiPrefix } from '../../contract/kit/api.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import type { PerformByName } from '../operations/direct.ts';
import type { Platform } from '../platform/platform.ts';
import { productNameOf } from '../platform/product-name.ts';
import { accountPages } from './account-pages.ts';
import { devMailPages } from './dev-mail.ts';
import { docsPage } from './docs-page.ts';
import { fixed } from './fixed.ts';
import { graphiqlPage } from './graphiql-page.ts';
import { PlainPages } from './plain-page.ts';

/** What the service promises, and what each noun of it is about. */
export interface Promised {
  readonly contract: AppRouter;
  readonly tags: Readonly<Record<string, string>>;
}

/** The way of a page to an operation: the same as everybody's, or none where there is no such. */
export interface Operated {
  readonly perform: PerformByName;
  readonly findOperation: (name: string) => Operation | undefined;
}

type Parts = Pick<Platform, 'config' | 'origins' | 'mailPreview'>;

/** The few addresses that are not operations. */
export function mountPages({ contract, tags }: Promised, operated: Operated, parts: Parts) {
  const { publicUrl, requestIdHeader, isSecure, frontendUrl, bodyLimitBytes } = parts.config.http;
  const productName = productNameOf(parts.config);
  const { colour } = parts.config.mail;
  return (app: Express): void => {
    const pages = new PlainPages({ productName, colour });
    app.get('/', (_req, res) => res.redirect('/docs'));
    app.use('/docs', docsPage({ publicUrl, contract }));
    if (frontendUrl === undefined) {
      const { origins } = parts;
      app.use('/account', accountPages({ ...operated, pages, origins, bodyLimitBytes }));
    }
    if (parts.config.graphql.hasGraphiql) app.use('/dev/graphiql', graphiqlPage());
    if (parts.mailPreview) app.use('/dev/mail', devMailPages(parts.mailPreview, pages));
    const deployment = { url: addressIn(publicUrl), requestIdHeader, isSecure };
    mountDocument(app, { contract, tags }, deployment);
  };
}

/** As JSON without a space too many, and as YAML for whoever reads it. */
function mountDocument(app: Express, promised: Promised, deployment: Deployment): void {
  const cacheControl = 'no-cache';
  const json = async () => JSON.stringify(await documentOf(promised, deployment));
  const yaml = async () => {
    const { yamlOf } = await import('../../contract/document/yaml.ts');
    return yamlOf(await documentOf(promised, deployment));
  };
  const type = 'application/json; charset=utf-8';
  app.get(`${apiPrefix}/openapi.json`, fixed(json, { type, cacheControl }));
  app.get(`${apiPrefix}/openapi.yaml`, fixed(yaml, { type: 'application/yaml', cacheControl }));
}

/** What makes the document is loaded when somebody asks for it: most processes never need it. */
async function documentOf({ contract, tags }: Promised, deployment: Deployment) {
  const { openApiDocument } = await import('../../contract/document/openapi.ts');
  const { Event } = await import('../../contract/events/event.ts');
  return openApiDocument(contract, tags, Event, deployment);
}

/** Readers refuse a document that sends them to `localhost`; `/` is where it was fetched. */
function addressIn(publicUrl: string): string {
  return new URL(publicUrl).hostname === 'localhost' ? '/' : publicUrl;
}
