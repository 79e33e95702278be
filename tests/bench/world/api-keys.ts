import { randomUUIDv7 } from 'node:crypto';
import { hashKey, makeKey } from '../../../server/features/api-keys/key-text.ts';
import { onServer } from './database.ts';

/** A key for each account, used a moment ago: what is noted once a minute is noted of sessions, too. */
export async function makeApiKeys(url: string, userIds: readonly string[]): Promise<string[]> {
  const keys = userIds.map((userId) => {
    const id = randomUUIDv7();
    return { id, userId, text: makeKey(id) };
  });
  await onServer(
    url,
    `insert into api_keys (id, user_id, name, secret_hash, scopes, created_at, expires_at, last_used_at)
     select id, user_id, 'bench', secret_hash, '{users:read}', now(), now() + interval '1 day', now()
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as given (id, user_id, secret_hash)`,
    [
      keys.map(({ id }) => id),
      keys.map(({ userId }) => userId),
      keys.map(({ text }) => hashKey(text)),
    ],
  );
  return keys.map(({ text }) => text);
}
