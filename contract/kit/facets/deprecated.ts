import type { Facet } from './facet.ts';

export interface Deprecation {
  /** The day from which on nobody should begin to call it: `2026-12-01`. */
  readonly since: string;
  /** The day from which on it may answer 410: `2027-06-01`. */
  readonly sunset: string;
  /** What to call instead, by its name: `invoicesV2.list`. */
  readonly use: string;
}

export interface DeprecatedMetadata {
  /** It goes on as it was, and tells whoever calls it that it will end. */
  readonly deprecated?: Deprecation;
}

export const deprecated: Facet<DeprecatedMetadata, Deprecation> = {
  read: ({ metadata }) => metadata.deprecated,
  problems: ['operation_gone'],
  headers: ['Deprecation', 'Sunset', 'Link'],
  describe: ({ since, sunset, use }) => ({
    deprecated: true,
    'x-deprecated': { since, sunset, use },
  }),
};

/** What readers of the document and of the client are told. */
export function deprecationProse({ since, sunset, use }: Deprecation): string {
  return `Deprecated since ${since}, gone on ${sunset}: use \`${use}\`.`;
}

/** RFC 9745 and RFC 8594; `page` is where it is described. */
export function deprecationHeaders({ since, sunset }: Deprecation, page: string) {
  return {
    Deprecation: `@${dayOf(since).getTime() / 1000}`,
    Sunset: dayOf(sunset).toUTCString(),
    Link: `<${page}>; rel="deprecation"; type="text/html"`,
  };
}

/** The first instant of a day, in UTC. */
export function dayOf(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}

/** @throws at start where a day is none, or the end does not come after the beginning. */
export function assertDeprecation(name: string, declared: Deprecation | undefined): void {
  if (!declared) return;
  const { since, sunset, use } = declared;
  const mistake =
    ([since, sunset].some((text) => !isDay(text)) && 'a day is written as 2026-12-01') ||
    (sunset <= since && 'it ends before it is deprecated') ||
    (!/^\w+\.\w+$/.test(use) && '`use` names an operation, as invoicesV2.list');
  if (mistake) throw new Error(`${name} declares metadata.deprecated, but ${mistake}`);
}

function isDay(text: string): boolean {
  const day = dayOf(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && text.length === 10;
}
