import type { Change, Severity } from '../../../contract/document/diff/change.ts';
import type { Acknowledgement } from './changelog.ts';

export interface Judged extends Change {
  readonly acknowledged?: Acknowledgement;
}

/** What came of a comparison. */
export interface Verdict {
  readonly base: string;
  readonly head: string;
  readonly changes: readonly Judged[];
  /** Which no change needs any more: whoever reads them would believe them. */
  readonly stale: readonly Acknowledgement[];
}

/** The mildest that fails; `nothing` only looks. */
export const failures = ['breaking', 'risky', 'nothing'] as const;
export type FailOn = (typeof failures)[number];

export function judge(
  names: Pick<Verdict, 'base' | 'head'>,
  changes: readonly Change[],
  acknowledgements: readonly Acknowledgement[],
): Verdict {
  const judged = changes.map((change) => {
    const acknowledged = acknowledgements.find((one) => covers(one, change));
    return acknowledged ? { ...change, acknowledged } : change;
  });
  const stale = acknowledgements.filter((one) => !changes.some((change) => covers(one, change)));
  return { ...names, changes: judged, stale };
}

function covers({ rule, at }: Acknowledgement, change: Change): boolean {
  if (rule !== change.rule) return false;
  return at.endsWith('*') ? change.at.startsWith(at.slice(0, -1)) : at === change.at;
}

/** The changes for which nobody answers. */
export function openIn({ changes }: Verdict, failOn: FailOn): readonly Judged[] {
  const severities = { breaking: ['breaking'], risky: ['breaking', 'risky'], nothing: [] };
  const failing: readonly Severity[] = severities[failOn] as Severity[];
  return changes.filter(({ severity, acknowledged }) => {
    return failing.includes(severity) && acknowledged === undefined;
  });
}

export function count({ changes }: Verdict, severity: Severity): number {
  return changes.filter((change) => change.severity === severity).length;
}

/** `2 breaking, 1 of them acknowledged; 3 risky, 5 safe`. */
export function summary(verdict: Verdict): string {
  const [breaking, risky, safe] = (['breaking', 'risky', 'safe'] as const).map((severity) =>
    count(verdict, severity),
  );
  const answered = Number(breaking) - openIn(verdict, 'breaking').length;
  const of = answered > 0 ? `, ${answered} of them acknowledged` : '';
  return `${breaking} breaking${of}; ${risky} risky, ${safe} safe`;
}
