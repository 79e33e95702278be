import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import S3rver from 's3rver';
import { isSignedWith, keyIdIn } from './s3-signature.ts';

/** What a test does to a request; `serve` is what would have happened. */
export type Meddling = (
  request: IncomingMessage,
  response: ServerResponse,
  serve: () => void,
) => void;

export interface S3Server {
  readonly url: string;
  /** Of a service that keeps its files here. */
  readonly settings: Record<string, string>;
  /** `PUT /files/…`, the oldest first. */
  readonly requests: string[];
  /** Whom it lets in: access keys by their ids, as its owner makes and removes them. */
  readonly access: Map<string, string>;
  /** From now on, until it is undefined again. */
  meddling: Meddling | undefined;
  /** What lies in the bucket. */
  keys(): Promise<string[]>;
  /** What was begun in parts, and not completed. */
  unfinished(): Promise<string[]>;
  stop(): Promise<void>;
}

const bucket = 'files';
/** The one that s3rver knows; of the secret it knows nothing. */
const key = { S3_ACCESS_KEY_ID: 'S3RVER', S3_SECRET_ACCESS_KEY: 'a-secret-of-the-tests' };

/**
 * A server that speaks S3 on a free port of this machine, with an empty bucket.
 * Behind it is s3rver, which writes while it still reads: it is given whole bodies, one at a time. What
 * it lacks is added here: it checks no signatures, and neither lists nor ends unfinished uploads.
 */
export async function startS3(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'charter-s3-'));
  const s3rver = new S3rver({
    directory: folder,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket }],
  });
  // By itself it prints what breaks off.
  s3rver.on('error', () => {});
  await s3rver.configureBuckets();
  const behind = await listen(s3rver.callback());
  const uploads = join(folder, bucket, '._S3rver_uploads');
  let last: Promise<unknown> = Promise.resolve();
  const inFront = await listen((request, response) => {
    self.requests.push(`${request.method} ${request.url}`);
    const serve = async () => {
      const body = await buffer(request);
      const refused = refusalOf(self.access, request);
      if (refused) return refuse(response, 403, refused);
      if (await answered(uploads, request, response)) return;
      const turn = last.then(() => passOn(behind.port, { request, response, body }));
      last = turn.catch(() => {});
      await turn;
    };
    const usual = () => void serve().catch(() => response.destroy());
    if (self.meddling) self.meddling(request, response, usual);
    else usual();
  });
  const url = `http://127.0.0.1:${inFront.port}`;
  const self: S3Server = {
    url,
    settings: { S3_ENDPOINT: url, S3_BUCKET: bucket, S3_PREFIX: 'test/', ...key },
    requests: [],
    access: new Map([[key.S3_ACCESS_KEY_ID, key.S3_SECRET_ACCESS_KEY]]),
    meddling: undefined,
    keys: async () => {
      const names = await readdir(join(folder, bucket), { recursive: true });
      const ends = '._S3rver_object';
      return names.filter((name) => name.endsWith(ends)).map((name) => name.slice(0, -ends.length));
    },
    unfinished: async () => (await uploadsIn(uploads)).map((upload) => upload.key),
    stop: async () => {
      await Promise.all([inFront.close(), behind.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  return self;
}

function refusalOf(access: ReadonlyMap<string, string>, request: IncomingMessage) {
  const secret = access.get(keyIdIn(request));
  if (secret === undefined) return 'InvalidAccessKeyId';
  return isSignedWith(secret, request) ? undefined : 'SignatureDoesNotMatch';
}

/** As S3 refuses. */
export function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
}

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Whole {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

/** The next one's turn comes when this one has its answer: what is read is open by then. */
function passOn(port: number, { request, response, body }: Whole): Promise<void> {
  const { method, url: path } = request;
  const headers = { ...request.headers, authorization: asKnownBehind(request) };
  return new Promise((resolve, reject) => {
    const asked = forward({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      pipeline(answer, response).catch(() => {});
      resolve();
    });
    asked.once('error', reject).end(body);
  });
}

/** Whoever was let in is the one whom s3rver knows. */
function asKnownBehind(request: IncomingMessage): string | undefined {
  const { authorization } = request.headers;
  return authorization?.replace(`=${keyIdIn(request)}/`, `=${key.S3_ACCESS_KEY_ID}/`);
}

async function answered(
  uploads: string,
  { method, url }: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { searchParams } = new URL(url ?? '', 'http://s3');
  const id = searchParams.get('uploadId');
  if (method === 'DELETE' && id) {
    await rm(join(uploads, id), { recursive: true });
    response.writeHead(204).end();
    return true;
  }
  if (method !== 'GET' || !searchParams.has('uploads')) return false;
  const prefix = searchParams.get('prefix') ?? '';
  const found = (await uploadsIn(uploads)).filter((one) => one.key.startsWith(prefix));
  const listed = found.map(
    (one) =>
      `<Upload><Key>${one.key}</Key><UploadId>${one.id}</UploadId><Initiated>${one.at.toISOString()}</Initiated></Upload>`,
  );
  const result = `<IsTruncated>false</IsTruncated>${listed.join('')}`;
  response.setHeader('content-type', 'application/xml');
  response.end(`<ListMultipartUploadsResult>${result}</ListMultipartUploadsResult>`);
  return true;
}

async function uploadsIn(folder: string) {
  const ids = await readdir(folder).catch(() => []);
  return Promise.all(
    ids.map(async (id) => {
      const file = join(folder, id, 'key');
      return { id, key: await readFile(file, 'utf8'), at: (await stat(file)).mtime };
    }),
  );
}
