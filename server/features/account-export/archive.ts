import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Database } from '../../platform/db/connect.ts';
import type { PersonalData } from '../../platform/personal-data.ts';

interface Subject {
  readonly userId: string;
  readonly at: Date;
}

/**
 * A ZIP with a JSON file for each kind of data: read, written and compressed while somebody takes
 * it, so that memory holds a few rows however many there are.
 */
export async function* archiveOf(
  db: Database,
  all: readonly PersonalData[],
  { userId, at }: Subject,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const archive = new PassThrough();
  // What fails before somebody takes it is told to whoever does.
  archive.on('error', () => {});
  const fail = (error: Error) => void archive.destroy(error);
  zip.on('error', fail);
  zip.outputStream.pipe(archive);
  const contents: Readable[] = [];
  const add = (content: Readable, name: string) => {
    // yazl hears of nothing that fails in a stream that it was given.
    content.once('error', fail);
    contents.push(content);
    zip.addReadStream(content, name, { mtime: at });
  };
  try {
    for (const { name, read, files } of all) {
      for (const file of (await files?.(userId)) ?? []) add(file.content, file.name);
      if (read) add(Readable.from(jsonOf(() => read(db, userId))), `${name}.json`);
    }
    zip.end();
    // Begun when somebody takes it: until then, nobody would hear of a failure.
    yield* archive;
  } finally {
    // yazl opens one after the other. What it did not come to would keep its file or connection open,
    // and Node ends a process that collects an open file.
    for (const content of contents) content.destroy();
  }
}

async function* jsonOf(read: () => ReturnType<NonNullable<PersonalData['read']>>) {
  let between = '[\n';
  for await (const row of await read()) {
    yield Buffer.from(between + JSON.stringify(row, null, 2));
    between = ',\n';
  }
  yield Buffer.from(between === '[\n' ? '[]\n' : '\n]\n');
}
