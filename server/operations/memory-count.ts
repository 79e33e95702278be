import { type IncrementResponse, MemoryStore } from 'express-rate-limit';

/**
 * Counts in this process. The library's own store answers with the object that it goes on counting in: of
 * several that come at once, as the fields of one document do, each would be the last, and all refused.
 */
export class MemoryCount extends MemoryStore {
  override increment(key: string): Promise<IncrementResponse> {
    const counted = super.increment(key);
    const { totalHits = 0, resetTime } = this.current.get(key) ?? {};
    return counted.then(() => ({ totalHits, resetTime }));
  }
}
