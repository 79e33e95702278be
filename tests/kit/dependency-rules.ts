import type { Import, Source } from './sources.ts';

/** Answers a sentence for each place that breaks the rule. */
export type Check = (sources: readonly Source[]) => string[];

type Pattern = RegExp | string;

/** Files of `files` import what is listed, and nothing else. */
export function importsOnly(files: RegExp, allowed: readonly Pattern[]): Check {
  return eachImport(files, ({ target }) => !matches(target, allowed));
}

/** As above, for what is left of an import at run time. */
export function importsAtRunTimeOnly(files: RegExp, allowed: readonly Pattern[]): Check {
  return eachImport(files, ({ target, isTypeOnly }) => !isTypeOnly && !matches(target, allowed));
}

export function neverImports(files: RegExp, forbidden: readonly Pattern[]): Check {
  return eachImport(files, ({ target }) => matches(target, forbidden));
}

/** What an import of this file loads at once, by way of others too, holds none of these. */
export function neverLoads(entry: string, forbidden: readonly Pattern[]): Check {
  return (sources) => {
    const known = new Map(sources.map((source) => [source.path, source]));
    const seen = new Set([entry]);
    for (const path of seen) {
      for (const { target, isTypeOnly, isDynamic } of known.get(path)?.imports ?? []) {
        if (!isTypeOnly && !isDynamic) seen.add(target);
      }
    }
    return [...seen]
      .filter((target) => matches(target, forbidden))
      .map((target) => `${entry} loads ${target}`);
  };
}

/** A package is imported in its homes, and nowhere else. */
export function livesIn(name: string, homes: readonly Pattern[]): Check {
  return eachImport(/^(contract|server|client|migrations)\//, ({ target }, { path }) => {
    return target === name && !matches(path, homes);
  });
}

/** The text of the files holds no match. */
export function neverSays(files: RegExp, words: RegExp): Check {
  return (sources) =>
    sources
      .filter(({ path }) => files.test(path))
      .flatMap(({ path, text }) => {
        const found = words.exec(withoutComments(text));
        return found ? [`${path} says ${found[0].trim()}`] : [];
      });
}

export function eachImport(
  files: RegExp,
  isWrong: (found: Import, source: Source, sources: readonly Source[]) => boolean,
): Check {
  return (sources) =>
    sources
      .filter(({ path }) => files.test(path))
      .flatMap((source) =>
        source.imports
          .filter((found) => isWrong(found, source, sources))
          .map(({ specifier }) => `${source.path} imports ${specifier}`),
      );
}

/** Nothing reaches itself over its imports; `unit` may group files, such as into features. */
export function noCycles(
  files: RegExp,
  { isTypeSeen, unit = (path) => path }: { isTypeSeen: boolean; unit?: (path: string) => string },
): Check {
  return (sources) => {
    const edges = new Map<string, Set<string>>();
    for (const { path, imports } of sources.filter(({ path }) => files.test(path))) {
      const from = unit(path);
      const to = edges.get(from) ?? new Set();
      edges.set(from, to);
      for (const { target, isTypeOnly } of imports) {
        const isInside = unit(target) === from && from !== path;
        if (files.test(target) && !isInside && (isTypeSeen || !isTypeOnly)) to.add(unit(target));
      }
    }
    const ways = [...edges.keys()].map((start) => wayBack(edges, start));
    return ways.filter((way) => way !== undefined).map((way) => way.join(' → '));
  };
}

function wayBack(edges: Map<string, Set<string>>, start: string): string[] | undefined {
  const seen = new Set<string>();
  const pending = [[start]];
  for (let way = pending.pop(); way; way = pending.pop()) {
    for (const next of edges.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return [...way, start];
      if (!seen.has(next)) pending.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

function matches(text: string, patterns: readonly Pattern[]): boolean {
  return patterns.some((pattern) =>
    typeof pattern === 'string' ? pattern === text : pattern.test(text),
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
