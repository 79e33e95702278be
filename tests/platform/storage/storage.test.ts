import { randomUUIDv7 } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalStorage } from '../../../server/platform/storage/local-storage.ts';
import { S3Storage } from '../../../server/platform/storage/s3-storage.ts';
import type { Storage, StorageArea } from '../../../server/platform/storage/storage.ts';
import { testConfig } from '../../kit/app.ts';
import { TestClock } from '../../kit/clock.ts';
import { startS3 } from '../../kit/s3-server.ts';

const hour = 3_600_000;
const bytes = (content: string) => Readable.from([Buffer.from(content)]);
/** More than a part of an upload, and less than two. */
const large = Buffer.alloc(9 * 1024 * 1024, 'large');

interface Place {
  readonly storage: Storage;
  /** Of all that is kept, half files included. */
  kept(): Promise<string[]>;
  clear(): Promise<void>;
}

const places: Record<string, () => Promise<Place>> = {
  'a folder': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'charter-storage-'));
    return {
      storage: new LocalStorage(folder, new TestClock()),
      kept: () => readdir(folder, { recursive: true }),
      clear: () => rm(folder, { recursive: true }),
    };
  },
  'a bucket': async () => {
    const s3 = await startS3();
    const config = testConfig('postgres://nowhere', s3.settings).storage.s3;
    if (!config) throw new Error('There is no bucket');
    return {
      storage: new S3Storage(config),
      kept: async () => [...(await s3.keys()), ...(await s3.unfinished())],
      clear: () => s3.stop(),
    };
  },
};

describe.each(Object.entries(places))('in %s', (_name, open) => {
  let place: Place;
  let area: StorageArea;

  beforeAll(async () => {
    place = await open();
    area = place.storage.area('tapes');
  });
  afterAll(() => place.clear());

  const textOf = async (id: string) => {
    const found = await area.find(id);
    return found && text(found);
  };
  const keptOf = async (id: string) => (await place.kept()).filter((name) => name.includes(id));

  it('files are kept, replaced, found and removed, twice as once', async () => {
    const id = randomUUIDv7();
    expect(await area.find(id)).toBeUndefined();
    expect(await area.put(id, bytes('one'))).toBe(3);
    expect(await area.put(id, bytes('other'))).toBe(5);
    expect(await textOf(id)).toBe('other');
    expect(await place.storage.area('records').find(id)).toBeUndefined();
    await area.remove(id);
    await area.remove(id);
    expect(await area.find(id)).toBeUndefined();
    expect(await keptOf(id)).toEqual([]);
  });

  it('they may be empty, and large', async () => {
    const [empty, big] = [randomUUIDv7(), randomUUIDv7()];
    expect(await area.put(empty, Readable.from([]))).toBe(0);
    expect(await textOf(empty)).toBe('');
    expect(await area.put(big, Readable.from([large.subarray(0, 7), large.subarray(7)]))).toBe(
      large.length,
    );
    const found = await area.find(big);
    expect(found && large.equals(await buffer(found))).toBe(true);
    await area.remove(big);
  });

  it('who reads reads on when it is removed', async () => {
    const id = randomUUIDv7();
    await area.put(id, bytes('still here'));
    const reading = await area.find(id);
    await area.remove(id);
    expect(reading && (await text(reading))).toBe('still here');
  });

  it.each([0, large.length])(
    'a source that fails after %d bytes changes nothing',
    async (length) => {
      const id = randomUUIDv7();
      await area.put(id, bytes('before'));
      async function* breaking() {
        yield large.subarray(0, length);
        throw new Error('broken');
      }
      await expect(area.put(id, breaking())).rejects.toThrow('broken');
      expect(await textOf(id)).toBe('before');
      expect(await keptOf(id)).toHaveLength(1);
    },
  );

  it('a source that hangs is left by the signal', async () => {
    const id = randomUUIDv7();
    const stop = new AbortController();
    async function* hanging() {
      yield large;
      stop.abort();
      await new Promise(() => {});
    }
    await expect(area.put(id, hanging(), stop.signal)).rejects.toThrow(/abort/i);
    await expect(area.put(id, bytes('never'), AbortSignal.abort())).rejects.toThrow(/abort/i);
    expect(await keptOf(id)).toEqual([]);
  });

  it('of two attempts at once one is kept, whole', async () => {
    const id = randomUUIDv7();
    const attempts = ['first', 'second'].map((content) => area.put(id, bytes(content)));
    await Promise.all(attempts);
    expect(['first', 'second']).toContain(await textOf(id));
    expect(await keptOf(id)).toHaveLength(1);
  });

  it('one who looks away leaves nothing open', async () => {
    const id = randomUUIDv7();
    await area.put(id, bytes('unread'));
    const unread = await area.find(id);
    await new Promise((resolve) => unread?.destroy().once('close', resolve));
    expect(unread?.destroyed).toBe(true);
  });

  it('it is known what is old, and the area of another is not looked at', async () => {
    const [id, other] = [randomUUIDv7(), randomUUIDv7()];
    await area.put(id, bytes('x'));
    await place.storage.area('records').put(other, bytes('x'));
    const later = await area.putBefore(new Date(Date.now() + hour));
    expect(later).toContain(id);
    expect(later).not.toContain(other);
    expect(await area.putBefore(new Date(Date.now() - hour))).toEqual([]);
    expect(await place.storage.area('nothing').putBefore(new Date(Date.now() + hour))).toEqual([]);
  });

  it.each(['../tapes', '..', 'x', '', `${randomUUIDv7()}/..`, `${randomUUIDv7()}\0`])(
    '%j names nothing',
    async (id) => {
      await expect(area.put(id, bytes('x'))).rejects.toThrow('this is none');
      await expect(area.find(id)).rejects.toThrow('this is none');
      await expect(area.remove(id)).rejects.toThrow('this is none');
    },
  );

  it('no path names an area', () => {
    expect(() => place.storage.area('../x')).toThrow('cannot name an area');
  });

  it('it is looked at without leaving anything', async () => {
    const before = await place.kept();
    await place.storage.check();
    expect(await place.kept()).toEqual(before);
  });
});
