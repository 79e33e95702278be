import { randomUUIDv7 } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LocalStorage } from '../../../server/platform/storage/local-storage.ts';
import type { StorageArea } from '../../../server/platform/storage/storage.ts';
import { TestClock } from '../../kit/clock.ts';
import { eventually } from '../../kit/eventually.ts';

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

it('writes apart from what is whole, so that nothing looks through all of it to remove one', async () => {
  const [id, other] = [randomUUIDv7(), randomUUIDv7()];
  const parts = join(folder, '.parts', 'tapes');
  const of = async (path: string) =>
    (await readdir(path)).filter((name) => name.startsWith(id) || name.startsWith(other));
  const { promise: rest, resolve: goOn } = Promise.withResolvers<void>();
  async function* slow() {
    yield Buffer.from('half');
    await rest;
  }
  const putting = [id, other].map((each) => area.put(each, slow()));
  await eventually(async () => expect(await of(parts)).toHaveLength(2));
  expect(await of(join(folder, 'tapes'))).toEqual([]);
  // As after a process that was killed.
  expect(await area.putBefore(new Date(Date.now() + 86_400_000))).toContain(id);
  await area.remove(id);
  expect(await of(parts)).toEqual([expect.stringContaining(other)]);
  goOn();
  expect(await Promise.allSettled(putting)).toMatchObject([
    { status: 'rejected', reason: { name: 'StorageFailure' } },
    { status: 'fulfilled', value: 4 },
  ]);
  expect([await of(parts), await of(join(folder, 'tapes'))]).toEqual([[], [other]]);
});

it('removes what an older release has left half-written beside what is whole', async () => {
  const [id, other] = [randomUUIDv7(), randomUUIDv7()];
  await area.put(other, bytes('whole'));
  await writeFile(join(folder, 'tapes', `${id}.${randomUUIDv7()}`), 'half');
  const tomorrow = new Date(Date.now() + 86_400_000);
  expect(await area.putBefore(tomorrow)).toContain(id);
  await area.remove(id);
  expect(await area.putBefore(tomorrow)).not.toContain(id);
  expect((await readdir(folder, { recursive: true })).join()).not.toContain(id);
  expect(await readdir(join(folder, 'tapes'))).toContain(other);
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
