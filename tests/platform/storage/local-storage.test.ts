import { randomUUIDv7 } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
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
const textOf = async (id: string) => {
  const found = await area.find(id);
  return found && text(found);
};
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

it('keeps what it is given, for its owner alone', async () => {
  const id = randomUUIDv7();
  expect(await area.put(id, bytes('one'))).toBe(3);
  expect(await area.put(id, bytes('other'))).toBe(5);
  expect(await textOf(id)).toBe('other');
  expect(await modeOf(join(folder, 'tapes', id))).toBe(0o600);
  expect(await modeOf(join(folder, 'tapes'))).toBe(0o700);
});

it('keeps all or nothing', async () => {
  const id = randomUUIDv7();
  await area.put(id, bytes('before'));
  async function* breaking() {
    yield Buffer.from('half');
    throw new Error('broken');
  }
  await expect(area.put(id, breaking())).rejects.toThrow('broken');
  const aborted = AbortSignal.abort();
  await expect(area.put(id, bytes('never'), aborted)).rejects.toThrow();
  expect(await textOf(id)).toBe('before');
  const names = await readdir(join(folder, 'tapes'));
  expect(names.filter((name) => name.includes('.'))).toEqual([]);
});

it('forgets what is removed, twice as once; who reads reads on', async () => {
  const id = randomUUIDv7();
  await area.put(id, bytes('still here'));
  const reading = await area.find(id);
  await area.remove(id);
  await area.remove(id);
  expect(await area.find(id)).toBeUndefined();
  expect(reading && (await text(reading))).toBe('still here');
});

it('knows what is old, by the clock of the service', async () => {
  const [old, young] = [randomUUIDv7(), randomUUIDv7()];
  await area.put(old, bytes('old'));
  clock.advance({ days: 2 });
  await area.put(young, bytes('young'));
  const found = await area.putBefore(new Date(clock.now().getTime() - 1));
  expect(found).toContain(old);
  expect(found).not.toContain(young);
  const empty = new LocalStorage(folder, clock).area('nothing');
  expect(await empty.putBefore(clock.now())).toEqual([]);
});

it.each(['../tapes', '..', 'x', '', `${randomUUIDv7()}/..`, `${randomUUIDv7()}\0`])(
  'lets %j name nothing',
  async (id) => {
    await expect(area.put(id, bytes('x'))).rejects.toThrow('this is none');
    await expect(area.find(id)).rejects.toThrow('this is none');
    await expect(area.remove(id)).rejects.toThrow('this is none');
  },
);

it('lets no path name an area', () => {
  expect(() => new LocalStorage(folder, clock).area('../x')).toThrow('cannot name an area');
});
