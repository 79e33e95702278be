import type { Transaction } from '../../platform/change.ts';
import type { Platform } from '../../platform/platform.ts';
import { User } from '../users/model.ts';
import { webhookPausedMail } from './mails.ts';
import type { WebhookEndpoint } from './model.ts';

/** More than that look after webhooks nowhere. */
const maxReaders = 50;

/** Writes to those who can do something about a webhook. */
export class Telling {
  readonly #mail: Platform['mail'];

  constructor({ mail }: Pick<Platform, 'mail'>) {
    this.#mail = mail;
  }

  async tellOfPause(
    tx: Transaction,
    { id, url, createdById }: WebhookEndpoint,
    reason: 'failing' | 'gone',
  ): Promise<void> {
    const at = tx.now.toISOString();
    // The query of an address may hold a secret.
    const { origin, pathname } = new URL(url);
    const address = `${origin}${pathname}`;
    for (const user of await readers(tx, createdById)) {
      const data = { address, reason, at, timeZone: user.timeZone };
      const key = `${webhookPausedMail.name}:${id}:${at}:${user.id}`;
      await this.#mail.write(tx, webhookPausedMail, user, data, { key });
    }
  }
}

/** Whoever made it, and all who may manage webhooks; nobody whose account is at rest. */
function readers(tx: Transaction, createdById: string | null): Promise<User[]> {
  const managers = tx('user_roles')
    .join('role_permissions', 'role_permissions.roleId', 'user_roles.roleId')
    .where('role_permissions.permission', 'webhooks:manage')
    .select('user_roles.userId');
  return User.query(tx)
    .whereNull('deactivatedAt')
    .where((query) => {
      void query.whereIn('id', managers);
      if (createdById !== null) void query.orWhere('id', createdById);
    })
    .orderBy('id')
    .limit(maxReaders)
    .execute();
}
