import type { HeaderName } from '../headers.ts';
import type { Facet } from './facet.ts';

export interface StalenessMetadata {
  /**
   * The answer may be a few seconds old, where a replica of the database gives it. `bounded`: within a
   * bound that the deployment sets, and never without what the caller has just changed. `shared`: it is
   * made once for all who ask, so that this may be missing, too.
   *
   * For heavy reads of which a slightly old answer hurts nobody: not for what decides rights or who is
   * signed in, nor for what is read to be changed.
   */
  readonly staleness?: Staleness;
}

export type Staleness = 'bounded' | 'shared';

/** What changes something is never about what was: anything else does not compile. */
export type StalenessByMethod =
  | { readonly method: 'GET' }
  | {
      readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
      readonly metadata: { readonly staleness?: never };
    };

export const staleness: Facet<StalenessMetadata, Staleness> = {
  read: ({ metadata }) => metadata.staleness,
  problems: [],
  headers: [],
  describe: (how) => ({ 'x-staleness': how }),
};

interface Stale {
  readonly method: string;
  readonly metadata: StalenessMetadata & {
    readonly conditional?: true | 'required';
    readonly credentials?: 'keep' | 'forget';
    readonly sends?: readonly HeaderName[];
    readonly streams?: { readonly live?: true } | undefined;
  };
}

/** @throws at start where an old answer would do harm. */
export function assertStaleness(name: string, { method, metadata }: Stale): void {
  const { conditional, credentials, sends = [], streams } = metadata;
  if (!metadata.staleness) return;
  const mistake =
    (method !== 'GET' && 'only what changes nothing may be about what was') ||
    (conditional !== undefined && 'its tag would be that of a state that is over') ||
    ((credentials !== undefined || sends.includes('Set-Cookie')) &&
      'it is about who is signed in') ||
    (streams?.live === true && 'what is live goes on by itself');
  if (mistake) throw new Error(`${name} declares metadata.staleness, but ${mistake}`);
}
