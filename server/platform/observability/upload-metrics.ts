import type { Counter, Meter } from '@opentelemetry/api';
import type { ProblemCode } from '../../../contract/kit/problems.ts';

/** `received` arrived whole, and was what it had to be; else why it was not kept. */
export type UploadOutcome = 'received' | 'failed' | ProblemCode;

/** Counts files that came, and their bytes: never whose, and never how they are called. */
export class UploadMetrics {
  readonly #files: Counter;
  readonly #bytes: Counter;

  constructor(meter: Meter) {
    this.#files = meter.createCounter('charter.uploads', {
      unit: '{file}',
      description: 'Number of files that were uploaded, by what became of them on their way.',
    });
    this.#bytes = meter.createCounter('charter.uploads.size', {
      unit: 'By',
      description: 'Bytes of files that were read, of those that were refused as well.',
    });
  }

  count(outcome: UploadOutcome, bytes: number): void {
    this.#files.add(1, { outcome });
    this.#bytes.add(bytes);
  }
}
