import type { Change } from '../../../contract/document/diff/change.ts';
import { isOlder } from '../../../contract/document/diff/versions.ts';
import { CommandFailure } from '../terminal.ts';
import type { Changelog } from './changelog.ts';
import { openIn, type Verdict } from './verdict.ts';

export interface Release {
  readonly version: string;
  readonly date: string;
}

type Step = 'major' | 'minor' | 'patch';

/** @throws CommandFailure where this version must not be released. */
export function assertReleasable(
  { version }: Release,
  { entries, unreleased }: Changelog,
  verdict: Verdict | undefined,
): void {
  if (!/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(version)) {
    throw new CommandFailure(`${version} is no version: write three numbers, such as 1.2.0.`);
  }
  const [newest] = entries;
  if (newest && !isOlder(newest.version, version)) {
    throw new CommandFailure(`${version} is not newer than ${newest.version}, the newest so far.`);
  }
  if (!verdict || !newest) return;
  if (verdict.changes.length === 0 && unreleased === '') {
    throw new CommandFailure(
      `Nothing changed since ${newest.version}. For a release all the same, say why under Unreleased.`,
    );
  }
  const open = openIn(verdict, 'breaking').length + verdict.stale.length;
  if (open > 0) {
    throw new CommandFailure(
      '`contract diff` fails: nobody answers for what breaks. Look there first.',
    );
  }
  const needed = stepOf(verdict.changes, newest.version);
  const least = after(newest.version, needed);
  if (isOlder(version, least)) {
    throw new CommandFailure(
      `What changed since ${newest.version} is a ${needed} step: the least is ${least}.`,
    );
  }
}

/** What a version has to say of changes. Before 1.0.0 a minor step may break. */
function stepOf(changes: readonly Change[], since: string): Step {
  const breaks = changes.some(({ severity }) => severity === 'breaking');
  if (breaks) return since.startsWith('0.') ? 'minor' : 'major';
  return changes.some(({ level }) => level !== 'docs') ? 'minor' : 'patch';
}

function after(version: string, step: Step): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (step === 'major') return `${major + 1}.0.0`;
  return step === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** What was to come has come: what people wrote of it, and what was found. */
export function released(
  changelog: Changelog,
  { version, date }: Release,
  changes: readonly Change[],
): Changelog {
  const written = changelog.unreleased;
  const text = [written, ...sectionsOf(changes)].filter((part) => part !== '').join('\n\n');
  const entry = { version, date, text: text === '' ? 'Words only.' : text };
  return { ...changelog, unreleased: '', entries: [entry, ...changelog.entries] };
}

const titles = { breaking: 'Breaking', risky: 'Look at', safe: 'New' } as const;

/** Breaking ones with their reasons stand in what people wrote; here is all of it, line by line. */
function sectionsOf(changes: readonly Change[]): string[] {
  const severities = ['breaking', 'risky', 'safe'] as const;
  return severities.flatMap((severity) => {
    const lines = changes
      .filter((change) => change.severity === severity && change.level !== 'docs')
      .map(({ at, rule, what }) => `- \`${at}\` (\`${rule}\`): ${what}`);
    return lines.length > 0
      ? [`### ${titles[severity]}: found by comparison\n\n${lines.join('\n')}`]
      : [];
  });
}
