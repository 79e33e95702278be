/** What the tests use of `s3rver`, which comes without types. */
declare module 's3rver' {
  import type { RequestListener } from 'node:http';

  class S3rver {
    constructor(options: Readonly<Record<string, unknown>>);
    configureBuckets(): Promise<unknown>;
    callback(): RequestListener;
    on(event: 'error', listener: (error: Error) => void): this;
  }
  export = S3rver;
}
