import { service } from '../../contract/service.ts';
import type { Config } from '../config/config.ts';

/** What people know the service as: in mails, on pages, in authenticator apps, for passkeys. */
export function productNameOf({ mail }: Pick<Config, 'mail'>): string {
  return mail.productName ?? service.title;
}
