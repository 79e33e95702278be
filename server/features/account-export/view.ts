import type { AccountExport as AccountExportShape } from '../../../contract/account-export.ts';
import type { AccountExport } from './model.ts';

export function viewExport({ requestedAt }: AccountExport): AccountExportShape {
  return { requestedAt: requestedAt.toISOString() };
}
