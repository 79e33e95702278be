import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Streamed } from '../../../contract/kit/facets/streams.ts';
import { attachment } from '../../http/content-disposition.ts';

/** Whoever takes nothing for so long holds a file and a connection for nobody. */
const stalledMs = 60_000;

/** Sends a file as fast as the browser takes it. A failure in the middle tears the connection. */
export async function sendFile(
  res: Response,
  { fileName, content }: Streamed,
  contentType: string,
): Promise<void> {
  res.setHeader('Content-Type', contentType);
  res.setHeader('Content-Disposition', attachment(fileName));
  res.setHeader('Cache-Control', 'no-store');
  res.setTimeout(stalledMs, () => res.destroy());
  const source = content instanceof Readable ? content : Readable.from(content);
  let hasLeft = false;
  res.once('close', () => {
    hasLeft = !source.closed;
  });
  try {
    await pipeline(source, res);
  } catch (error) {
    if (!hasLeft) throw error;
  }
}
