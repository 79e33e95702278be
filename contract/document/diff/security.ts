import type { Json } from '../../kit/json.ts';
import type { Spot } from './change.ts';
import { type Comparison, listed } from './comparison.ts';
import { canonical, listIn, objectIn, type Source } from './source.ts';

/** Ways to prove who calls: each a scheme with its scopes, and all of one way are needed. */
type Way = ReadonlyMap<string, ReadonlySet<string>>;

/** What an operation asks for: its own, or else what the document says of all. */
export function compareSecurity(
  comparison: Comparison,
  before: unknown,
  after: unknown,
  spot: Spot,
): void {
  const { report } = comparison;
  const from = waysIn(comparison.before, before);
  const to = waysIn(comparison.after, after, namesake(comparison));
  const isOpen = { before: from.some(isNothing), after: to.some(isNothing) };
  if (isOpen.before && !isOpen.after) {
    report.add('authentication-added', spot, `It takes ${said(to)} now.`);
    return;
  }
  if (!isOpen.before && isOpen.after) {
    report.add('authentication-dropped', spot, 'It takes no credentials any more.');
  }
  for (const way of from) if (!isOpen.after) compareWay(comparison, way, to, spot);
  const more = to.filter((way) => !isNothing(way) && !from.some((old) => hasSchemes(way, old)));
  if (more.length > 0) report.add('authentication-allowed', spot, `It takes ${said(more)}, too.`);
}

function compareWay({ report }: Comparison, way: Way, to: readonly Way[], spot: Spot): void {
  if (to.some((now) => isEnough(way, now))) return;
  const close = to.find((now) => hasSchemes(way, now));
  if (!close) {
    report.add('authentication-removed', spot, `It does not take ${said([way])} any more.`);
    return;
  }
  const missing = [...close].flatMap(([scheme, scopes]) => {
    return [...scopes].filter((scope) => way.get(scheme)?.has(scope) !== true);
  });
  report.add('scope-added', spot, `It takes the scope ${listed(missing)} now.`);
}

function waysIn(
  source: Source,
  security: unknown,
  nameOf: (scheme: string) => string = (name) => name,
): Way[] {
  const ways = security === undefined ? listIn(source.root.security) : listIn(security);
  // No way at all: nobody is asked.
  if (ways.length === 0) return [new Map()];
  return ways.map((way) => {
    const schemes = Object.entries(objectIn(way));
    return new Map(
      schemes.map(([name, scopes]) => [nameOf(name), new Set(listIn(scopes).map(String))]),
    );
  });
}

/** What a scheme was called before: the same name, or what was defined in the same way. */
function namesake({ before, after }: Comparison): (scheme: string) => string {
  const [old, now] = [schemesIn(before), schemesIn(after)];
  return (name) => {
    if (Object.hasOwn(old, name)) return name;
    const definition = canonical(essence(after.object(now[name]), true));
    const same = Object.keys(old).find((each) => {
      return canonical(essence(before.object(old[each]), true)) === definition;
    });
    return same ?? name;
  };
}

function isNothing(way: Way): boolean {
  return way.size === 0;
}

/** Whoever has the first may do with the second. */
function isEnough(has: Way, needed: Way): boolean {
  return [...needed].every(([scheme, scopes]) => {
    const own = has.get(scheme);
    return own !== undefined && [...scopes].every((scope) => own.has(scope));
  });
}

function hasSchemes(has: Way, needed: Way): boolean {
  return [...needed.keys()].every((scheme) => has.has(scheme));
}

function said(ways: readonly Way[]): string {
  return listed(ways.map((way) => [...way.keys()].join(' and ')));
}

function schemesIn({ root }: Source): Json {
  return objectIn(objectIn(root.components).securitySchemes);
}

/** How credentials are sent: what remains when prose and lists of scopes are left out. */
function essence(scheme: Json, withHint = false): Json {
  const { type, in: place, name, openIdConnectUrl, bearerFormat } = scheme;
  const word = typeof scheme.scheme === 'string' ? scheme.scheme.toLowerCase() : undefined;
  const flows = Object.entries(objectIn(scheme.flows)).map(([flow, told]) => {
    const { scopes: _, ...addresses } = objectIn(told);
    return [flow, addresses];
  });
  const hint = withHint ? bearerFormat : undefined;
  return { type, place, name, openIdConnectUrl, word, hint, flows: Object.fromEntries(flows) };
}

/** Schemes that both documents have, once for all operations. */
export function compareSchemes({ before, after, report }: Comparison): void {
  const [old, now] = [schemesIn(before), schemesIn(after)];
  for (const name of Object.keys(old)) {
    if (!Object.hasOwn(now, name)) continue;
    const at = `security scheme ${name}`;
    const [from, to] = [essence(before.object(old[name])), essence(after.object(now[name]))];
    if (canonical(from) === canonical(to)) continue;
    if (hasOnlyMoreFlows(from, to)) {
      const more = 'It may be got in one more way.';
      report.add('authentication-allowed', { at, owner: at, side: 'input' }, more);
      continue;
    }
    const what = 'Where or how credentials are sent changed.';
    report.add('scheme-changed', { at, owner: at, side: 'input' }, what);
  }
}

/** Ways of OAuth to come by a token: one more takes none away. */
function hasOnlyMoreFlows(before: Json, after: Json): boolean {
  const [from, to] = [objectIn(before.flows), objectIn(after.flows)];
  const kept = Object.fromEntries(Object.keys(from).map((flow) => [flow, to[flow]]));
  return canonical(before) === canonical({ ...after, flows: kept });
}
