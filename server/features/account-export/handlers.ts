import type { accountExport as contract } from '../../../contract/account-export.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { AccountExports } from './service.ts';
import { viewExport } from './view.ts';

export function accountExportHandlers(exports: AccountExports): Handlers<typeof contract> {
  return {
    request: async ({ actor }) => ({ status: 202, body: viewExport(await exports.request(actor)) }),

    download: async ({ body }) => ({
      status: 200,
      body: { fileName: 'account.zip', content: await exports.download(body) },
    }),
  };
}
