import type { HeaderName } from '../headers.ts';
import type { Facet } from './facet.ts';

/** Whose memory may keep a good answer: that of a proxy for everybody, or that of the caller alone. */
export type Keeper = 'anybody' | 'caller';

export interface Kept<By extends Keeper = Keeper> {
  readonly by: By;
  /** For how long it is used without asking us. 0: it is kept, and asked about at each use. */
  readonly seconds: number;
  /** For how long after that it is better than none, while we cannot answer (RFC 5861). */
  readonly staleIfErrorSeconds?: number;
}

export interface CacheMetadata {
  /**
   * Whether others may keep a good answer; nobody keeps one when left out. What is revoked is not
   * taken back from them: it is used for `seconds`, and in an outage of ours for longer.
   */
  readonly cache?: Kept;
}

export const cache: Facet<CacheMetadata, Kept> = {
  read: ({ metadata }) => metadata.cache,
  problems: [],
  // `Cache-Control` stands on every answer: most say `no-store`. `Vary` stands on good ones only.
  headers: [],
  describe: (kept) => ({ 'x-cache': { ...kept } }),
};

/** The header of a good answer; a refusal is kept by nobody. */
export function cacheControlOf(kept: Kept | undefined): string {
  if (!kept) return 'no-store';
  const { by, seconds, staleIfErrorSeconds } = kept;
  return [
    by === 'anybody' ? 'public' : 'private',
    seconds === 0 ? 'no-cache' : `max-age=${seconds}`,
    ...(staleIfErrorSeconds === undefined ? [] : [`stale-if-error=${staleIfErrorSeconds}`]),
  ].join(', ');
}

/**
 * What a kept answer depends on, besides `Origin`, which CORS asks for everywhere: whoever is signed
 * in next in the same browser must not get it.
 */
export function varyOf(kept: Kept | undefined): string | undefined {
  return kept?.by === 'caller' ? 'Authorization, Cookie' : undefined;
}

interface Keeping {
  readonly method: string;
  readonly metadata: CacheMetadata & {
    readonly access: { readonly kind: string };
    readonly sends?: readonly HeaderName[];
  };
}

/** @throws at start where an answer would be kept that must not be. */
export function assertKept(name: string, { method, metadata }: Keeping): void {
  const { cache: kept, access, sends = [] } = metadata;
  if (!kept) return;
  const mistake =
    (method !== 'GET' && 'only what GET answers may be kept') ||
    (sends.includes('Set-Cookie') && 'what sets a cookie is for one browser') ||
    (kept.by === 'anybody' &&
      access.kind !== 'anyone' &&
      'what needs a caller may be kept by the caller only');
  if (mistake) throw new Error(`${name} declares metadata.cache, but ${mistake}`);
}
