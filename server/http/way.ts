import type { Exchange } from './exchange.ts';

/** An address where another way in begins, behind the same edge as all others. */
export interface Way {
  readonly path: string;
  /** What it throws is refused as everywhere. */
  readonly answer: (exchange: Exchange) => Promise<void>;
}
