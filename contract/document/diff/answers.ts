import type { Json } from '../../kit/json.ts';
import { compareContent } from './bodies.ts';
import { partOf, type Side, type Spot } from './change.ts';
import type { Comparison } from './comparison.ts';
import { compareProse } from './prose.ts';
import { objectIn, type Source } from './source.ts';

/** What an operation answers, status by status. `4XX` and `default` stand for what is not listed. */
export function compareAnswers(
  comparison: Comparison,
  before: unknown,
  after: unknown,
  spot: Spot,
): void {
  const [from, to] = [statusesIn(before), statusesIn(after)];
  // Where nothing else is listed, `default` is what callers wait for.
  const isAll = ![...from.keys(), ...to.keys()].some((status) => /^[123]/.test(status));
  const placeOf = (status: string) => {
    return partOf(spot, status, sideOf(isAll && status === 'DEFAULT' ? '200' : status, spot.side));
  };
  for (const [status, answer] of from) {
    const place = placeOf(status);
    const now = coveringIn(to, status);
    if (now !== undefined) compareAnswer(comparison, answer, now, place);
    // A range that is listed one by one is compared there.
    else if (!hasSomeOf(to, status)) removed(comparison, status, place);
  }
  for (const [status, answer] of to) {
    if (from.has(status)) continue;
    const place = placeOf(status);
    const old = coveringIn(from, status);
    if (old === undefined) added(comparison, status, place);
    else compareAnswer(comparison, old, answer, place);
  }
}

function statusesIn(responses: unknown): ReadonlyMap<string, unknown> {
  const entries = Object.entries(objectIn(responses));
  const statuses = entries.filter(([status]) => !status.startsWith('x-'));
  return new Map(statuses.map(([status, answer]) => [status.toUpperCase(), answer]));
}

function coveringIn(answers: ReadonlyMap<string, unknown>, status: string): unknown {
  return answers.get(status) ?? answers.get(`${status[0]}XX`) ?? answers.get('DEFAULT');
}

function hasSomeOf(answers: ReadonlyMap<string, unknown>, range: string): boolean {
  return range.endsWith('XX') && [...answers.keys()].some((status) => status[0] === range[0]);
}

/** What a receiver of webhooks answers comes to us. */
function sideOf(status: string, side: Side): Side {
  if (side === 'output') return 'input';
  return /^[123]/.test(status) ? 'output' : 'refusal';
}

function removed({ report }: Comparison, status: string, spot: Spot): void {
  const what = `${status} is not answered any more.`;
  if (spot.side === 'input') {
    report.add('answer-status-removed', spot, `A receiver may not answer ${status} any more.`);
  } else if (spot.side === 'output') report.add('answer-status-removed', spot, what);
  else report.add('refusal-status-removed', spot, what);
}

function added({ report }: Comparison, status: string, spot: Spot): void {
  if (spot.side === 'input') return;
  const isSuccess = spot.side === 'output';
  const rule = isSuccess ? 'answer-status-added' : 'refusal-status-added';
  report.add(rule, spot, `${status} may be answered now.`);
}

function compareAnswer(comparison: Comparison, before: unknown, after: unknown, spot: Spot): void {
  const [old, now] = [comparison.before.object(before), comparison.after.object(after)];
  compareProse(comparison, old, now, spot);
  compareBodies(comparison, old.content, now.content, spot);
  compareHeaders(comparison, old.headers, now.headers, spot);
  compareLinks(comparison, objectIn(old.links), objectIn(now.links), spot);
}

function compareBodies(comparison: Comparison, before: unknown, after: unknown, spot: Spot): void {
  const isEmpty = Object.keys(objectIn(before)).length === 0;
  // Where nothing was answered, nobody reads it; what is there now is new, and hurts nobody.
  if (!isEmpty || Object.keys(objectIn(after)).length > 0) {
    compareContent(comparison, before, after, spot);
  }
}

export function compareHeaders(
  comparison: Comparison,
  before: unknown,
  after: unknown,
  spot: Spot,
): void {
  const { report } = comparison;
  const [from, to] = [headersIn(comparison.before, before), headersIn(comparison.after, after)];
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const [old, now] = [from.get(name), to.get(name)];
    const place = { ...spot, at: `${spot.at}, header ${name}` };
    if (!now) report.add('header-removed', place, 'It is gone.');
    else if (!old) report.add('header-added', place, 'It is new.');
    else compareHeader(comparison, old, now, place);
  }
}

function headersIn(source: Source, headers: unknown): ReadonlyMap<string, Json> {
  const entries = Object.entries(objectIn(headers));
  return new Map(entries.map(([name, header]) => [name.toLowerCase(), source.object(header)]));
}

function compareHeader(comparison: Comparison, before: Json, after: Json, spot: Spot): void {
  const { report } = comparison;
  compareProse(comparison, before, after, spot);
  const [was, is] = [before.required === true, after.required === true];
  if (was && !is) report.add('header-became-optional', spot, 'It may be missing now.');
  if (!was && is) report.add('header-became-required', spot, 'It is always there now.');
  comparison.schemas(before.schema ?? {}, after.schema ?? {}, spot);
}

function compareLinks({ report }: Comparison, before: Json, after: Json, spot: Spot): void {
  for (const name of Object.keys(before)) {
    if (!Object.hasOwn(after, name)) report.add('link-removed', spot, `\`${name}\` is gone.`);
  }
  for (const name of Object.keys(after)) {
    if (!Object.hasOwn(before, name)) report.add('link-added', spot, `\`${name}\` is new.`);
  }
}
