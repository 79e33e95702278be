import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../client/index.ts';
import { type MessageOptions, messagesIn } from '../../client/runtime/messages.ts';

function streamOf(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const piece of pieces) {
        controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      }
      controller.close();
    },
  });
}

async function read(stream: ReadableStream<Uint8Array>, options?: MessageOptions) {
  const messages = [];
  for await (const message of messagesIn(stream, options)) messages.push(message);
  return messages;
}

const textsIn = async (...pieces: (string | Uint8Array)[]) =>
  (await read(streamOf(...pieces))).map(({ data }) => data);

describe('the messages in a stream', () => {
  it.each([
    ['of LF', 'data: a\n\ndata: b\n\n'],
    ['of CR', 'data: a\r\rdata: b\r\r\n'],
    ['of CR LF', 'data: a\r\n\r\ndata: b\r\n\r\n'],
    ['of a mixture', 'data: a\r\n\ndata: b\n\r\n'],
  ])('end at an empty line %s, however they are cut', async (_of, text) => {
    expect(await textsIn(text)).toEqual(['a', 'b']);
    expect(await textsIn(...text.split(''))).toEqual(['a', 'b']);
    for (let at = 1; at < text.length; at += 1) {
      expect(await textsIn(text.slice(0, at), text.slice(at))).toEqual(['a', 'b']);
    }
  });

  it('are text, though a piece ends inside of a character', async () => {
    const bytes = new TextEncoder().encode('\ufeffdata: zwölf 🎵\n\n');
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await textsIn(...single)).toEqual(['zwölf 🎵']);
  });

  it('have lines, which may be empty, and lose one space in front', async () => {
    expect(await textsIn('data:a\ndata\ndata:  b: c\n\n')).toEqual(['a\n\n b: c']);
    expect(await textsIn('data\n\n')).toEqual(['']);
  });

  it('are none without data, without an end, or where somebody only says that they are there', async () => {
    expect(await textsIn(': there\n\nevent: a\nid: 1\n\n: \n\ndata: cut off\n')).toEqual([]);
  });

  it('know the last id, which stays until another one comes', async () => {
    const text = 'id: 1\ndata: a\n\ndata: b\n\nid: 2\0\ndata: c\n\nid\ndata: d\n\n';
    expect((await read(streamOf(text))).map(({ id }) => id)).toEqual(['1', '1', '1', '']);
  });

  it('come with how far the stream has come, where it says so without one', async () => {
    const marks: string[] = [];
    const onMark = (id: string) => marks.push(id);
    const told = await read(streamOf('id: 1\ndata: a\n\n', 'id: 2\n\n', ': \n\ndata: b\n\n'), {
      onMark,
    });
    expect(told.map(({ id }) => id)).toEqual(['1', '2']);
    expect(new Set(marks)).toEqual(new Set(['2']));
  });

  it('come with how long to wait, where that is a number', async () => {
    const told: number[] = [];
    const onRetry = (ms: number) => told.push(ms);
    await read(streamOf('retry: 10\nretry: soon\nretry: -1\nretry:\n\nretry: 20\n'), { onRetry });
    expect(told).toEqual([10, 20]);
  });

  it('are refused where one has no end, on one line or on many', async () => {
    const most = 100;
    await expect(read(streamOf('data: ', 'x'.repeat(101)), { most })).rejects.toThrow(RangeError);
    const lines = Array.from({ length: 30 }, () => 'data: many\n');
    await expect(read(streamOf(...lines), { most })).rejects.toThrow('no end');
    expect(await read(streamOf(`data: ${'x'.repeat(80)}\n\n`), { most })).toHaveLength(1);
  });

  it('are left by whoever has enough: the stream is cancelled', async () => {
    let isCancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: a\n\n')),
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const _ of messagesIn(stream)) break;
    expect(isCancelled).toBe(true);
  });

  it('end with a NetworkError where the stream breaks, whatever its platform calls that', async () => {
    const cause = new TypeError('terminated');
    const reading = read(new ReadableStream({ pull: (controller) => controller.error(cause) }));
    await expect(reading).rejects.toBeInstanceOf(NetworkError);
    await expect(reading).rejects.toMatchObject({ cause });
  });
});
