import { compareAnswers, compareHeaders } from './answers.ts';
import { type Change, Report } from './change.ts';
import type { Comparison } from './comparison.ts';
import { compareItems } from './operations.ts';
import { comparePaths, compareServers } from './paths.ts';
import { compareProse } from './prose.ts';
import { Schemas } from './schemas.ts';
import { compareSchemes } from './security.ts';
import { objectIn, Source, shown, textIn } from './source.ts';
import { isOlder } from './versions.ts';

/**
 * What changed between two OpenAPI documents (3.0 or 3.1, also one of each), the worst first. Order,
 * names of what is only referred to, and the ways in which the same can be written are no change.
 * @throws UnreadableDocument
 */
export function compareDocuments(before: unknown, after: unknown): Change[] {
  const [old, now] = [new Source(before, 'The base'), new Source(after, 'The head')];
  const comparison = new Schemas(old, now, new Report());
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
  if (textIn(old.openapi)?.slice(0, 3) !== textIn(now.openapi)?.slice(0, 3)) {
    report.add('oas-version-changed', spot, `${shown(old.openapi)} → ${shown(now.openapi)}.`);
  }
  compareProse(comparison, objectIn(old.info), objectIn(now.info), spot);
  const [from, to] = [objectIn(old.info).version, objectIn(now.info).version];
  if (isOlder(shown(to), shown(from))) {
    report.add('version-went-back', spot, `${shown(from)} → ${shown(to)}.`);
  }
  const every = { at: 'every answer', owner: 'every answer', side: 'output' } as const;
  compareHeaders(comparison, old['x-every-answer'], now['x-every-answer'], every);
  const server = { at: 'the server itself', owner: 'the server itself', side: 'input' } as const;
  compareAnswers(comparison, old['x-server-answers'], now['x-server-answers'], server);
}
