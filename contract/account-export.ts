import * as z from 'zod';
import { anyone, signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { streamed } from './kit/facets/streams.ts';
import { Instant, LinkToken } from './kit/scalars.ts';

export const AccountExport = z.object({ requestedAt: Instant }).meta({
  id: 'AccountExport',
  description: 'An archive is being made; a mail tells when it can be downloaded.',
  examples: [{ requestedAt: '2026-11-21T12:00:00.000Z' }],
});
export type AccountExport = z.infer<typeof AccountExport>;

export const ExportDownload = z.strictObject({ token: LinkToken }).meta({
  id: 'ExportDownload',
  description: 'The token of the mail.',
  examples: [{ token: 'Ht3J3c3yWl0Yz6v7kq0m5nq9mYw8rJr1n9v0t2s4u6E' }],
});
export type ExportDownload = z.output<typeof ExportDownload>;

export const accountExport = c.router(
  {
    request: {
      method: 'POST',
      path: '',
      summary: 'Ask for everything of the own account',
      description:
        'An archive is made of everything that is stored about the account. A mail brings a link to it, which works once, for a day.',
      body: c.noBody(),
      responses: { 202: AccountExport },
      metadata: {
        access: signedIn({ recentLogin: true, exact: true }),
        idempotency: 'replays',
        safety: true,
        compliance: true,
      },
    },
    download: {
      method: 'POST',
      path: '/download',
      summary: 'Download the archive',
      description: 'Streams the archive once. Whoever breaks off asks for another one.',
      body: ExportDownload,
      responses: { 200: streamed('A ZIP archive with a JSON file for each kind of data.') },
      metadata: {
        access: anyone,
        problems: ['invalid_link'],
        limit: 'credentials',
        streams: { contentType: 'application/zip' },
        compliance: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/account-export`),
);
