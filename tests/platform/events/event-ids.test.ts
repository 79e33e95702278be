import { expect, it } from 'vitest';
import * as z from 'zod';
import { EventIds } from '../../../server/platform/events/event-ids.ts';

it('ids of events are UUIDs of this time, in the order in which they were made', () => {
  const ids = new EventIds();
  const made = Array.from({ length: 10_000 }, () => ids.next());
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
  for (const id of [made[0], made.at(-1)]) expect(z.uuidv7().safeParse(id).success).toBe(true);
  const at = Number.parseInt((made[0] ?? '').replace('-', '').slice(0, 12), 16);
  expect(Math.abs(Date.now() - at)).toBeLessThan(3_600_000);
});
