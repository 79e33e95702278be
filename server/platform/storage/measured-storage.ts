import type { Readable } from 'node:stream';
import { inSpan } from '../observability/spans.ts';
import type {
  StorageMetrics,
  StorageOperation,
  StorageOutcome,
} from '../observability/storage-metrics.ts';
import type { Storage, StorageArea } from './storage.ts';
import { StorageFailure } from './storage-failure.ts';

/** Counts what is asked of another storage, and shows it in the trace of the call. */
export class MeasuredStorage implements Storage {
  readonly #storage: Storage;
  readonly #metrics: StorageMetrics;

  constructor(storage: Storage, metrics: StorageMetrics) {
    this.#storage = storage;
    this.#metrics = metrics;
  }

  area(name: string): StorageArea {
    return new MeasuredArea(this.#storage.area(name), this.#metrics);
  }

  check(): Promise<void> {
    return this.#storage.check();
  }
}

class MeasuredArea implements StorageArea {
  readonly #area: StorageArea;
  readonly #metrics: StorageMetrics;

  constructor(area: StorageArea, metrics: StorageMetrics) {
    this.#area = area;
    this.#metrics = metrics;
  }

  put(id: string, content: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number> {
    return this.#measure('put', () => this.#area.put(id, content, signal));
  }

  find(id: string): Promise<Readable | undefined> {
    return this.#measure(
      'find',
      () => this.#area.find(id),
      (found) => (found ? 'ok' : 'missing'),
    );
  }

  remove(id: string): Promise<void> {
    return this.#measure('remove', () => this.#area.remove(id));
  }

  putBefore(instant: Date): Promise<string[]> {
    return this.#measure('list', () => this.#area.putBefore(instant));
  }

  async #measure<Result>(
    operation: StorageOperation,
    work: () => Promise<Result>,
    outcomeOf: (result: Result) => StorageOutcome = () => 'ok',
  ): Promise<Result> {
    const end = this.#metrics.begin(operation);
    try {
      const result = await inSpan(() => ({ name: `storage ${operation}` }), work);
      end(outcomeOf(result));
      return result;
    } catch (error) {
      end(error instanceof StorageFailure ? 'failed' : 'given_up');
      throw error;
    }
  }
}
