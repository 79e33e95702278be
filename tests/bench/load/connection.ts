import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly milliseconds: number;
}

export interface Source {
  /** The next request, or undefined when it is enough. */
  next(): Buffer | undefined;
  answered(answer: Answer): void;
}

const endOfHead = Buffer.from('\r\n\r\n');
// `Content-Length` in whatever case; no other header of an answer ends like this.
const lengthHeader = Buffer.from('ength: ');

/**
 * One keep-alive connection that sends a request as soon as the one before was answered, and reads
 * no more of an answer than its status and length: the load must cost little.
 */
export class Connection {
  readonly done: Promise<void>;
  readonly #source: Source;
  readonly #socket: Socket;
  readonly #pauseMs: number;
  #sentAt = 0;
  /** What has come of an answer whose head is not complete. */
  #partial: Buffer | undefined;
  #status = 0;
  #missingBytes = 0;
  #isEnough = false;

  constructor(source: Source, { port, localAddress, pauseMs }: Place) {
    this.#source = source;
    this.#pauseMs = pauseMs;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, ...localAddress });
    this.#socket.on('connect', () => this.#send());
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.done = new Promise((resolve, reject) => {
      this.#socket.on('error', reject);
      this.#socket.on('close', () => {
        if (this.#isEnough) resolve();
        else reject(new Error(`The server on port ${port} closed a connection in the middle`));
      });
    });
  }

  #send(): void {
    const request = this.#source.next();
    if (!request) {
      this.#isEnough = true;
      this.#socket.end();
      return;
    }
    this.#sentAt = performance.now();
    this.#socket.write(request);
  }

  #read(chunk: Buffer): void {
    if (this.#missingBytes === 0) this.#begin(chunk);
    else this.#missingBytes -= chunk.length;
    if (this.#missingBytes === 0 && !this.#partial) this.#finish();
  }

  #begin(chunk: Buffer): void {
    const data = this.#partial ? Buffer.concat([this.#partial, chunk]) : chunk;
    const headEnd = data.indexOf(endOfHead);
    this.#partial = headEnd < 0 ? data : undefined;
    if (headEnd < 0) return;
    this.#status =
      (data[9] as number) * 100 + (data[10] as number) * 10 + (data[11] as number) - 5328;
    const at = data.indexOf(lengthHeader) + lengthHeader.length;
    if (at < lengthHeader.length || at > headEnd)
      throw new Error('An answer has no Content-Length');
    this.#missingBytes = headEnd + 4 + numberAt(data, at) - data.length;
  }

  #finish(): void {
    this.#source.answered({
      status: this.#status,
      milliseconds: performance.now() - this.#sentAt,
    });
    if (this.#pauseMs > 0) setTimeout(() => this.#send(), this.#pauseMs);
    else this.#send();
  }
}

export interface Place {
  readonly port: number;
  readonly localAddress: { localAddress?: string };
  /** Between an answer and the next request. */
  readonly pauseMs: number;
}

function numberAt(data: Buffer, at: number): number {
  let value = 0;
  for (let index = at; ; index += 1) {
    const digit = (data[index] as number) - 48;
    if (digit < 0 || digit > 9) return value;
    value = value * 10 + digit;
  }
}
