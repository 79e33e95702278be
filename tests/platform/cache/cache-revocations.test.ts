import { expect, it, onTestFinished } from 'vitest';
import { openPlatform, type Platform } from '../../../server/platform/platform.ts';
import { recordingLog, useApp } from '../../kit/app.ts';
import { eventually } from '../../kit/eventually.ts';

const app = useApp();
const id = '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0b21';

/** A cache of a source that counts how often it was asked. */
function openOn({ caches }: Pick<Platform, 'caches'>) {
  let asked = 0;
  return caches.open({
    ...{ name: 'tea', freshSeconds: 3_600, capacity: 10, voidedBy: 'tea' },
    load: async () => {
      asked += 1;
      return asked;
    },
  });
}

it('what a change revokes is dropped here at once and elsewhere in a moment, and never by a rollback', async () => {
  const { log } = recordingLog();
  const elsewhere = openPlatform(app.config, { log, clock: app.clock });
  onTestFinished(() => elsewhere.close());
  await elsewhere.revocations.start();
  const [here, there] = [openOn(app.platform), openOn(elsewhere)];
  const both = () => Promise.all([here.get(id), there.get(id)]);
  expect(await both()).toEqual([1, 1]);
  const changed = app.platform.change(undefined, async (tx) => {
    await tx.revoke({ kind: 'tea', subject: id });
    throw new Error('rolled back');
  });
  await expect(changed).rejects.toThrow('rolled back');
  expect(await both()).toEqual([1, 1]);
  await app.platform.change(undefined, (tx) => tx.revoke({ kind: 'tea', subject: id }));
  expect(await here.get(id)).toBe(2);
  await eventually(async () => expect(await there.get(id)).toBe(2));
});
