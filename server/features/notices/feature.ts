import { onEvent } from '../../platform/events/subscriber.ts';
import type { Platform } from '../../platform/platform.ts';
import { Notices } from './service.ts';

/** Serves no noun: it hears what happened, and writes to whom it concerns. */
export function noticesFeature(platform: Platform) {
  const notices = new Notices(platform);
  return {
    subscribers: [
      onEvent('account.password_changed', 'notices.password-changed', (event) =>
        notices.passwordChanged(event),
      ),
      onEvent('account.codes_guessed', 'notices.codes-guessed', (event) =>
        notices.codesGuessed(event),
      ),
      onEvent('session.started_on_new_device', 'notices.new-device', (event) =>
        notices.newDevice(event),
      ),
      onEvent(
        'session.ended',
        'notices.refresh-reuse',
        (event) => notices.refreshReused(event),
        ({ reason }) => reason === 'refresh_reuse',
      ),
      onEvent(
        'api_key.created',
        'notices.api-key-made',
        (event) => notices.apiKeyMade(event),
        ({ userId }) => userId !== null,
      ),
    ],
  };
}
