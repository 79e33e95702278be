// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  AccountExportDownloadAnswer,
  AccountExportDownloadInput,
  AccountExportRequestAnswer,
  AccountExportRequestInput,
} from '../account-export.ts';
import * as examples from './examples.ts';

/** Handlers of `accountExport`. */
export interface AccountExportMock<Handler> {
  /**
   * Ask for everything of the own account.
   *
   * `POST /api/v1/account-export`. Needs a sign-in.
   */
  request(reply?: Reply<AccountExportRequestInput, AccountExportRequestAnswer>): Handler;
  /**
   * Download the archive.
   *
   * `POST /api/v1/account-export/download`. Anyone may call it.
   */
  download(reply?: Reply<AccountExportDownloadInput, AccountExportDownloadAnswer>): Handler;
}

export const accountExportSketches: Sketches = {
  request: {
    method: 'post',
    path: '/api/v1/account-export',
    status: 202,
    examples: [examples.AccountExport],
  },
  download: {
    method: 'post',
    path: '/api/v1/account-export/download',
    status: 200,
    type: 'application/zip',
    examples: [''],
  },
};
