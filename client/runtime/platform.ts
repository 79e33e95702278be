/**
 * What the client uses of its platform, told by shape: a project may know the types of the DOM,
 * those of Node, of workers, or none of them. What is handed over leaves out what is not set.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  /** Of an upload it is no text, whatever the type says, but what every platform's `fetch` takes. */
  body?: string;
  duplex?: 'half';
  credentials?: 'omit' | 'same-origin' | 'include';
  redirect?: 'manual';
  signal?: Signal;
}

export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: HeadersShape;
  /** A `ReadableStream`. */
  readonly body?: unknown;
  text(): Promise<string>;
}

/** The headers as `fetch` gave them: the platform's `Headers`, where the project knows of it. */
export type AnswerHeaders = typeof globalThis extends {
  fetch(url: never): Promise<{ readonly headers: infer Own extends HeadersShape }>;
}
  ? Own
  : HeadersShape;

/** A file to upload: a `Blob` or `File`, or a `ReadableStream`, which is collected first. */
export type FileSource = BlobShape | StreamShape;

export interface BlobShape {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Bytes that stream: the platform's `ReadableStream`, where the project knows of it. */
export type AnswerStream = typeof globalThis extends {
  fetch(url: never): Promise<{ readonly body: infer Own }>;
}
  ? NonNullable<Own>
  : StreamShape;

export interface StreamShape {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
  cancel(reason?: unknown): Promise<void>;
}

export interface HeadersShape {
  get(name: string): string | null;
  has(name: string): boolean;
  forEach(each: (value: string, name: string) => void): void;
}

/** An `AbortSignal`: the one that the platform's `fetch` takes, where the project knows of it. */
export type Signal = typeof globalThis extends {
  fetch(url: never, init?: { signal?: infer Own }): unknown;
}
  ? NonNullable<Own>
  : SignalShape;

export interface SignalShape {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
