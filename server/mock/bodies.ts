import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Live, Streamed } from '../../contract/kit/facets/streams.ts';
import type { Json } from '../../contract/kit/json.ts';

/** The smallest picture that there is, for whatever shows one. */
const picture = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA7', 'base64');

/** A file of one of the types that an operation streams. */
export function streamedFile(types: readonly string[]): Streamed {
  const gif = types.find((type) => type === 'image/gif');
  const contentType = gif ?? types[0] ?? 'application/octet-stream';
  const content = gif ? picture : Buffer.from(textOf(contentType));
  return {
    fileName: `mock.${contentType.split(/[/+;]/)[1]}`,
    contentType,
    sha256: createHash('sha256').update(content).digest('base64url'),
    content: (async function* () {
      yield content;
    })(),
  };
}

function textOf(type: string): string {
  if (type.includes('csv')) return 'mock\r\nno data\r\n';
  return type.includes('json') ? '{"mock":"no data"}\n' : 'This is a mock: there is no file.\n';
}

/** Events without an end, one every few seconds. */
export function liveEvents(eventAt: (at: number) => Json, everyMs: number): Live {
  return {
    live: (async function* () {
      for (let at = 0; ; at += 1) {
        const event = eventAt(at);
        const { id, type } = event as { id: string; type: string };
        const lines = [`id: ${id}`, `event: ${type}`, `data: ${JSON.stringify(event)}`];
        yield Buffer.from(`${lines.join('\n')}\n\n`);
        await wait(everyMs, undefined, { ref: false });
      }
    })(),
  };
}
