import type { Json } from '../../kit/json.ts';
import { compareAnswers, compareHeaders } from './answers.ts';
import { type Change, Report, type Spot } from './change.ts';
import { type Comparison, listed } from './comparison.ts';
import { compareItems } from './operations.ts';
import { comparePaths } from './paths.ts';
import { compareProse } from './prose.ts';
import { Schemas } from './schemas.ts';
import { compareSchemes } from './security.ts';
import { compareServers } from './servers.ts';
import { canonical, listIn, objectIn, Source, shown } from './source.ts';
import { isOlder } from './versions.ts';

/**
 * What changed between two OpenAPI documents (3.0 or 3.1, also one of each), the worst first. Order,
 * names of what is only referred to, and the ways in which the same can be written are no change.
 * @param today the day on which it is asked: an operation may go after its last day.
 * @throws UnreadableDocument
 */
export function compareDocuments(before: unknown, after: unknown, today?: string): Change[] {
  const [old, now] = [new Source(before, 'The base'), new Source(after, 'The head')];
  const comparison = new Schemas(old, now, new Report(), today);
  compareServers(comparison);
  compareSchemes(comparison);
  comparePaths(comparison);
  compareWebhooks(comparison);
  compareHead(comparison);
  return comparison.report.changes();
}

function compareWebhooks(comparison: Comparison): void {
  const { before, after } = comparison;
  const [from, to] = [objectIn(before.root.webhooks), objectIn(after.root.webhooks)];
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const at = `webhook ${name}`;
    const spot = { at, owner: at, side: 'output' } as const;
    compareItems(comparison, { item: from[name] }, { item: to[name] }, () => spot);
  }
}

/** What is said of the whole, and what our documents list once for every answer. */
function compareHead(comparison: Comparison): void {
  const { before, after, report } = comparison;
  const [old, now] = [before.root, after.root];
  const spot = { at: 'the document', owner: 'the document', side: 'input' } as const;
  if (shown(old.openapi).slice(0, 3) !== shown(now.openapi).slice(0, 3)) {
    report.add('oas-version-changed', spot, `${shown(old.openapi)} → ${shown(now.openapi)}.`);
  }
  compareProse(comparison, objectIn(old.info), objectIn(now.info), spot);
  const [from, to] = [objectIn(old.info).version, objectIn(now.info).version];
  if (isOlder(shown(to), shown(from))) {
    report.add('version-went-back', spot, `${shown(from)} → ${shown(to)}.`);
  }
  compareEvery(comparison, objectIn(old['x-every-answer']), objectIn(now['x-every-answer']));
  const server = { at: 'the server itself', owner: 'the server itself', side: 'input' } as const;
  compareAnswers(comparison, old['x-server-answers'], now['x-server-answers'], server);
}

/** Headers for browsers and proxies: no caller reads their values, so that one is there is all. */
function compareEvery(comparison: Comparison, before: Json, after: Json): void {
  const spot = { at: 'every answer', owner: 'every answer', side: 'output' } as const;
  const present = (headers: Json) => Object.fromEntries(Object.keys(headers).map((it) => [it, {}]));
  compareHeaders(comparison, present(before), present(after), spot);
  for (const name of Object.keys(before).filter((one) => one in after)) {
    if (name.toLowerCase() === 'access-control-expose-headers') {
      compareExposed(comparison, before[name], after[name], spot);
    } else if (canonical(before[name]) !== canonical(after[name])) {
      comparison.report.add('extension-changed', spot, `\`${name}\` says something else.`);
    }
  }
}

/** What pages of other origins may read: one that is not listed any more is gone for them. */
function compareExposed({ report }: Comparison, before: unknown, after: unknown, spot: Spot): void {
  const [from, to] = [before, after].map((header) => {
    const { const: value, enum: values } = objectIn(objectIn(header).schema);
    return shown(value ?? listIn(values)[0] ?? '')
      .split(',')
      .map((one) => one.trim().toLowerCase());
  }) as [string[], string[]];
  const gone = to.includes('*') ? [] : from.filter((one) => one !== '' && !to.includes(one));
  const place = { ...spot, at: `${spot.at}, Access-Control-Expose-Headers` };
  if (gone.length > 0) report.add('header-removed', place, `Pages cannot read ${listed(gone)}.`);
  else if (from.join() !== to.join()) {
    report.add('header-added', place, 'Pages of other origins may read more.');
  }
}
