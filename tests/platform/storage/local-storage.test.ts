import { randomUUIDv7 } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LocalStorage } from '../../../server/platform/storage/local-storage.ts';
import type { StorageArea } from '../../../server/platform/storage/storage.ts';
import { TestClock } from '../../kit/clock.ts';

const clock = new TestClock();
let folder: string;
let area: StorageArea;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charter-storage-'));
  area = new LocalStorage(folder, clock).area('tapes');
});
afterAll(() => rm(folder, { recursive: true }));

const bytes = (content: string) => Readable.from([Buffer.from(content)]);
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

it('keeps what it is given for its owner alone', async () => {
  const id = randomUUIDv7();
  await area.put(id, bytes('one'));
  expect(await modeOf(join(folder, 'tapes', id))).toBe(0o600);
  expect(await modeOf(join(folder, 'tapes'))).toBe(0o700);
});

it('knows what is old by the clock of the service', async () => {
  const [old, young] = [randomUUIDv7(), randomUUIDv7()];
  await area.put(old, bytes('old'));
  clock.advance({ days: 2 });
  await area.put(young, bytes('young'));
  const found = await area.putBefore(new Date(clock.now().getTime() - 1));
  expect(found).toContain(old);
  expect(found).not.toContain(young);
});

it('says what to do where there can be no folder', async () => {
  // A path below a file is none.
  const storage = new LocalStorage(join(import.meta.filename, 'below'), clock);
  const broken = storage.area('tapes');
  const failure = {
    name: 'StorageFailure',
    message: expect.stringMatching(/look at STORAGE_PATH/),
  };
  await expect(storage.check()).rejects.toMatchObject(failure);
  await expect(broken.put(randomUUIDv7(), bytes('x'))).rejects.toMatchObject(failure);
  await expect(broken.find(randomUUIDv7())).rejects.toMatchObject(failure);
});
