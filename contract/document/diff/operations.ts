import type { Json } from '../../kit/json.ts';
import { compareAnswers } from './answers.ts';
import { compareBody } from './bodies.ts';
import { partOf, type Spot } from './change.ts';
import { type Comparison, listed } from './comparison.ts';
import { compareMarks, sunsetOf } from './marks.ts';
import { compareParameters, parametersOf } from './parameters.ts';
import { compareProse } from './prose.ts';
import { compareSecurity } from './security.ts';
import { compareOwnServers } from './servers.ts';
import { listIn, objectIn, textIn } from './source.ts';

/** An operation, with the address that holds it. */
interface Place {
  readonly item: Json;
  readonly operation: Json;
  /** The names in its address, in their order. */
  readonly names: readonly string[];
}

function compareOperation(comparison: Comparison, before: Place, after: Place, spot: Spot): void {
  const [old, now] = [before.operation, after.operation];
  compareNames(comparison, old, now, spot);
  compareProse(comparison, withoutMarks(old), withoutMarks(now), spot);
  compareMarks(comparison, old, now, spot);
  compareParameters(
    comparison,
    { ...before, parameters: parametersOf(comparison.before, before.item, old) },
    { ...after, parameters: parametersOf(comparison.after, after.item, now) },
    spot,
  );
  compareBody(comparison, old.requestBody, now.requestBody, spot);
  compareAnswers(comparison, old.responses, now.responses, spot);
  if (spot.side === 'input') compareSecurity(comparison, old.security, now.security, spot);
  if (spot.side === 'input') compareOwnServers(comparison, before, after, spot);
  compareCallbacks(comparison, objectIn(old.callbacks), objectIn(now.callbacks), spot);
}

function withoutMarks(operation: Json): Json {
  return Object.fromEntries(Object.entries(operation).filter(([key]) => !key.startsWith('x-')));
}

function compareNames({ report }: Comparison, before: Json, after: Json, spot: Spot): void {
  const [from, to] = [textIn(before.operationId), textIn(after.operationId)];
  if (from === undefined && to !== undefined) {
    report.add('operation-id-added', spot, `It is \`${to}\`.`);
  } else if (from !== to) {
    report.add('operation-id-changed', spot, `\`${from}\` → ${to ? `\`${to}\`` : 'none'}.`);
  }
  const [group, other] = [listIn(before.tags)[0], listIn(after.tags)[0]];
  if (group !== undefined && group !== other) {
    report.add('tag-changed', spot, `${listed([group])} → ${listed([other])}.`);
  }
  const [was, is] = [before.deprecated === true, after.deprecated === true];
  if (!was && is) report.add('operation-deprecated', spot, 'It is deprecated now.');
  if (was && !is) report.add('operation-undeprecated', spot, 'It is not deprecated any more.');
}

/** What we send to whoever asked for it: it goes the other way, as webhooks do. */
function compareCallbacks(comparison: Comparison, before: Json, after: Json, spot: Spot): void {
  if (spot.side !== 'input') return;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [from, to] = [
      comparison.before.object(before[name]),
      comparison.after.object(after[name]),
    ];
    const place = partOf(spot, `callback ${name}`, 'output');
    const only = Object.keys(from).length === 1 && Object.keys(to).length === 1;
    // Where we find the address of the one that is told may change; it stays the same callback.
    const pairs = only
      ? [[Object.values(from)[0], Object.values(to)[0]]]
      : [...new Set([...Object.keys(from), ...Object.keys(to)])].map((at) => [from[at], to[at]]);
    for (const [old, now] of pairs) {
      compareItems(comparison, { item: old }, { item: now }, () => place);
    }
  }
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** What stands at an address, or nothing. */
export interface Addressed {
  readonly item?: unknown;
  readonly names?: readonly string[];
}

/** All methods of an address. */
export function compareItems(
  comparison: Comparison,
  before: Addressed,
  after: Addressed,
  spotOf: (method: string) => Spot,
): void {
  const { report } = comparison;
  const [from, to] = [comparison.before.object(before.item), comparison.after.object(after.item)];
  for (const method of methods) {
    const spot = spotOf(method.toUpperCase());
    const isTold = spot.side === 'output';
    const [old, now] = [from[method], to[method]];
    if (old === undefined && now === undefined) continue;
    if (now === undefined) {
      if (isTold) report.add('webhook-removed', spot, 'It is gone.');
      else removed(comparison, objectIn(old), spot);
    } else if (old === undefined) {
      report.add(isTold ? 'webhook-added' : 'operation-added', spot, 'It is new.');
    } else {
      const [was, is] = [
        { item: from, operation: objectIn(old), names: before.names ?? [] },
        { item: to, operation: objectIn(now), names: after.names ?? [] },
      ];
      compareOperation(comparison, was, is, spot);
    }
  }
}

function removed({ report, today }: Comparison, operation: Json, spot: Spot): void {
  const sunset = sunsetOf(operation);
  const hasEnded = sunset !== undefined && today !== undefined && sunset <= today;
  if (hasEnded) report.add('operation-ended', spot, `Its last day was ${sunset}.`);
  else if (sunset !== undefined) {
    report.add('operation-removed', spot, `It is gone, and was promised until ${sunset}.`);
  } else report.add('operation-removed', spot, 'It is gone.');
}
