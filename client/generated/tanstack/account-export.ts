// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import { type Key, type Mutation, keyOf, mutation } from '../../runtime/queries.ts';
import {
  type AccountExportDownloadAnswer,
  type AccountExportDownloadInput,
  type AccountExportRequestAnswer,
  accountExportDownload,
  accountExportRequest,
} from '../account-export.ts';

/** Everything that was asked of `accountExport`. */
export const accountExportKey: Key = keyOf('accountExport');

/**
 * Ask for everything of the own account.
 *
 * `POST /api/v1/account-export`. Needs a sign-in.
 */
export function accountExportRequestMutation(
  connection: Connection,
): Mutation<void, AccountExportRequestAnswer> {
  return mutation(['accountExport', 'request'], accountExportRequest, connection);
}

/**
 * Download the archive.
 *
 * `POST /api/v1/account-export/download`. Anyone may call it.
 */
export function accountExportDownloadMutation(
  connection: Connection,
): Mutation<AccountExportDownloadInput, AccountExportDownloadAnswer> {
  return mutation(['accountExport', 'download'], accountExportDownload, connection);
}
