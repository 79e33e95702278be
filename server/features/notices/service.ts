import { systemActor } from '../../platform/auth/actor.ts';
import type { PublishedEvent } from '../../platform/events/subscriber.ts';
import type { MailKind } from '../../platform/mail/mail-kind.ts';
import type { Platform } from '../../platform/platform.ts';
import { ApiKey } from '../api-keys/model.ts';
import { Session } from '../sessions/model.ts';
import { familyOf } from '../sessions/user-agent.ts';
import { User } from '../users/model.ts';
import {
  apiKeyMadeMail,
  codesGuessedMail,
  newDeviceMail,
  passwordChangedMail,
  refreshReuseMail,
} from './mails.ts';

type Parts = Pick<Platform, 'db' | 'change' | 'mail'>;

/** Tells the owner of an account what somebody else may have done in it. */
export class Notices {
  readonly #platform: Parts;

  constructor(platform: Parts) {
    this.#platform = platform;
  }

  /** Not where the same change proved the mailbox: its owner did it, by a link in a mail. */
  async passwordChanged(event: PublishedEvent<'account.password_changed'>): Promise<void> {
    const user = await this.#find(event.data.userId);
    if (!user || user.emailVerifiedAt?.getTime() === event.occurredAt.getTime()) return;
    await this.#tell(event, user, passwordChangedMail, whenOf(event, user));
  }

  /** Whoever goes on guessing begins a wait after each code: one mail an hour says it. */
  async codesGuessed(event: PublishedEvent<'account.codes_guessed'>): Promise<void> {
    const user = await this.#find(event.data.userId);
    if (!user) return;
    const hour = `${user.id}:${event.occurredAt.toISOString().slice(0, 13)}`;
    await this.#tell({ id: hour }, user, codesGuessedMail, whenOf(event, user));
  }

  async newDevice(event: PublishedEvent<'session.started_on_new_device'>): Promise<void> {
    await this.#tellOfSession(event, newDeviceMail);
  }

  async refreshReused(event: PublishedEvent<'session.ended'>): Promise<void> {
    await this.#tellOfSession(event, refreshReuseMail);
  }

  /** A successor, too: whoever rotates a key learns one. */
  async apiKeyMade(event: PublishedEvent<'api_key.created'>): Promise<void> {
    const { userId, apiKeyId } = event.data;
    const user = userId === null ? undefined : await this.#find(userId);
    const key = await ApiKey.query(this.#platform.db).findById(apiKeyId);
    if (!user || !key) return;
    const { name, scopes, expiresAt } = key;
    const told = { name, scopes, endsAt: expiresAt.toISOString() };
    await this.#tell(event, user, apiKeyMadeMail, { ...whenOf(event, user), ...told });
  }

  async #tellOfSession(
    event: PublishedEvent<'session.ended' | 'session.started_on_new_device'>,
    kind: typeof newDeviceMail,
  ): Promise<void> {
    const { userId, sessionId } = event.data;
    const user = await this.#find(userId);
    const session = await Session.query(this.#platform.db).findById(sessionId);
    if (!user || !session) return;
    const device = { browser: familyOf(session.userAgent), address: session.address };
    await this.#tell(event, user, kind, { ...whenOf(event, user), ...device });
  }

  /** An account that is gone is told nothing. */
  async #find(userId: string): Promise<User | undefined> {
    return User.query(this.#platform.db).findById(userId);
  }

  /** An event that is heard twice is one mail. */
  async #tell<Data>(
    { id }: Pick<PublishedEvent, 'id'>,
    user: User,
    kind: MailKind<Data>,
    data: Data,
  ): Promise<void> {
    const { change, mail } = this.#platform;
    const key = `${kind.name}:${id}`;
    await change(systemActor('notices'), (tx) => mail.write(tx, kind, user, data, { key }));
  }
}

function whenOf({ occurredAt }: PublishedEvent, { timeZone }: User) {
  return { at: occurredAt.toISOString(), timeZone };
}
