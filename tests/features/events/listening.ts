import { randomUUIDv7 } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { messagesIn } from '../../../client/runtime/messages.ts';
import type { EventName } from '../../../contract/events.ts';
import type { TestApp } from '../../kit/app.ts';

export interface Envelope {
  readonly id: string;
  readonly type: EventName;
  readonly data: Record<string, unknown>;
}

export interface Listening {
  readonly status: number;
  readonly headers: Headers;
  readonly heard: readonly Envelope[];
  /** Whether the service has ended it. */
  readonly hasEnded: boolean;
  leave(): void;
}

interface Asked {
  readonly types?: readonly EventName[];
  readonly lastEventId?: string | undefined;
}

/** Opens a stream with what a caller sends, and keeps what it hears until the test ends. */
export async function listen(
  app: TestApp,
  own: Record<string, string>,
  { types, lastEventId }: Asked = {},
): Promise<Listening> {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const headers = { ...own, ...(lastEventId && { 'Last-Event-ID': lastEventId }) };
  const query = types ? `?types=${types.join(',')}` : '';
  const { signal } = controller;
  const response = await app.request(`/api/v1/events${query}`, { headers, signal });
  const heard: Envelope[] = [];
  const state = { hasEnded: false };
  const read = async () => {
    if (!response.body) return;
    for await (const { data } of messagesIn(response.body)) heard.push(JSON.parse(data));
    state.hasEnded = true;
  };
  if (response.ok) read().catch(() => {});
  return {
    status: response.status,
    headers: response.headers,
    heard,
    get hasEnded() {
      return state.hasEnded;
    },
    leave: () => controller.abort(),
  };
}

/** Events as if they had just happened; their ids. */
export async function tell(
  { db, clock }: Pick<TestApp, 'db' | 'clock'>,
  ...told: { name?: EventName; data: Record<string, unknown> }[]
): Promise<string[]> {
  // In the order in which they are told: within a transaction it is that of the ids.
  const ids = told.map(() => randomUUIDv7()).sort();
  const rows = told.map(({ name = 'account.updated', data }, at) => ({
    ...{ id: ids[at], name, version: 1, data: { changed: [], ...data } },
    occurredAt: clock.now(),
  }));
  await db('events').insert(rows);
  return ids;
}
