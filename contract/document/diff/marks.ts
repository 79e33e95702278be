import type { Json } from '../../kit/json.ts';
import type { Spot } from './change.ts';
import type { Comparison } from './comparison.ts';
import type { RuleName } from './rules.ts';
import { canonical, objectIn, textIn } from './source.ts';

/** What is said where a mark comes, goes, or says something else. */
interface MarkRules {
  readonly added: RuleName;
  readonly removed: RuleName;
  readonly changed: RuleName;
}

const same = (rule: RuleName): MarkRules => ({ added: rule, removed: rule, changed: rule });
const stricter: MarkRules = {
  added: 'stricter-sign-in',
  removed: 'looser-sign-in',
  changed: 'stricter-sign-in',
};

/** Our extensions, by what they mean to a caller. */
const marks: Readonly<Record<string, MarkRules>> = {
  'x-permission': {
    added: 'permission-added',
    removed: 'permission-dropped',
    changed: 'permission-added',
  },
  'x-recent-login': stricter,
  'x-in-person': stricter,
  'x-idempotency': {
    added: 'idempotency-added',
    removed: 'idempotency-removed',
    changed: 'idempotency-changed',
  },
  'x-idempotency-key': {
    added: 'key-became-required',
    removed: 'key-became-optional',
    changed: 'key-became-required',
  },
  'x-conditional': {
    added: 'conditions-added',
    removed: 'conditions-removed',
    changed: 'conditions-removed',
  },
  'x-cache': same('keeping-changed'),
  'x-staleness': {
    added: 'staleness-added',
    removed: 'staleness-removed',
    changed: 'staleness-added',
  },
  'x-page': { added: 'pages-added', removed: 'pages-removed', changed: 'pages-removed' },
  'x-errors': same('refusals-reshaped'),
  'x-credentials': same('credentials-reshaped'),
  'x-streams': same('streaming-changed'),
  'x-live': same('streaming-changed'),
  'x-readable-with': same('audience-changed'),
};

export function compareMarks({ report }: Comparison, before: Json, after: Json, spot: Spot): void {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of names) {
    const [old, now] = [before[name], after[name]];
    if (!name.startsWith('x-') || canonical([old]) === canonical([now])) continue;
    const what = `\`${name}\`: ${said(old)} → ${said(now)}.`;
    if (lastDays.includes(name)) compareSunset({ report }, before, after, spot);
    else if (name === 'x-limit') report.add(limitRule(old, now), spot, what);
    else report.add(ruleOf(name, old, now), spot, what);
  }
}

function ruleOf(name: string, old: unknown, now: unknown): RuleName {
  const rules = Object.hasOwn(marks, name) ? marks[name] : undefined;
  if (!rules) return 'extension-changed';
  if (old === undefined) return rules.added;
  return now === undefined ? rules.removed : rules.changed;
}

/** Ours, which says more, and the one that others know. */
const lastDays = ['x-deprecated', 'x-sunset'];

/** The last day of a deprecated operation. */
export function sunsetOf(operation: Json): string | undefined {
  return textIn(objectIn(operation['x-deprecated']).sunset) ?? textIn(operation['x-sunset']);
}

function compareSunset(
  { report }: Pick<Comparison, 'report'>,
  before: Json,
  after: Json,
  spot: Spot,
): void {
  const [from, to] = [sunsetOf(before), sunsetOf(after)];
  // That it is deprecated at all is told by itself.
  if (from === undefined || to === undefined || from === to) return;
  const rule = to < from ? 'sunset-hastened' : 'sunset-postponed';
  report.add(rule, spot, `${from} → ${to}.`);
}

/** Groups of limits, the most generous first; without one, nothing is counted. */
const groups: readonly unknown[] = [undefined, 'read', 'write', 'credentials'];

function limitRule(old: unknown, now: unknown): RuleName {
  const isTighter =
    typeof old === 'number' && typeof now === 'number'
      ? now < old
      : groups.indexOf(now) > groups.indexOf(old) || !groups.includes(now);
  return isTighter ? 'limit-tightened' : 'limit-loosened';
}

function said(value: unknown): string {
  return value === undefined ? 'nothing' : `\`${canonical(value).replaceAll('"', '')}\``;
}
