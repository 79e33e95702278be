import { CommandFailure } from '../terminal.ts';

/** A change that breaks, and that somebody answers for. */
export interface Acknowledgement {
  readonly date: string;
  readonly rule: string;
  /** The place; with `*` at its end, every place that begins so. */
  readonly at: string;
  readonly reason: string;
}

export interface Entry {
  readonly version: string;
  readonly date: string;
  readonly text: string;
}

/** `contract/CHANGELOG.md`: what is to come, and what was, the newest first. */
export interface Changelog {
  readonly head: string;
  readonly unreleased: string;
  readonly entries: readonly Entry[];
}

export const changelogFile = 'contract/CHANGELOG.md';
const unreleasedTitle = 'Unreleased';

/** @throws CommandFailure where it is not written as it is read. */
export function readChangelog(text: string): Changelog {
  const [head = '', ...sections] = text.split(/^## /m);
  const titled = sections.map((section) => {
    const [title = '', ...lines] = section.split('\n');
    return { title: title.trim(), text: lines.join('\n').trim() };
  });
  const [first, ...rest] = titled;
  if (first?.title !== unreleasedTitle) {
    throw new CommandFailure(`${changelogFile} must begin with \`## ${unreleasedTitle}\`.`);
  }
  return { head: head.trim(), unreleased: first.text, entries: rest.map(entryOf) };
}

function entryOf({ title, text }: { title: string; text: string }): Entry {
  const [, version, date] = /^(\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\)$/.exec(title) ?? [];
  if (version === undefined || date === undefined) {
    throw new CommandFailure(
      `${changelogFile} has a heading \`## ${title}\`; write \`## 1.2.3 (2026-12-31)\`.`,
    );
  }
  return { version, date, text };
}

export function writeChangelog({ head, unreleased, entries }: Changelog): string {
  const sections = entries.map(({ version, date, text }) => `## ${version} (${date})\n\n${text}`);
  return `${[head, `## ${unreleasedTitle}\n\n${unreleased}`.trim(), ...sections].join('\n\n')}\n`;
}

/** How a line that acknowledges begins, whatever is wrong with the rest of it. */
const beginning = /^- (\S+) `([a-z-]+)` at\b/;
const whole = /^- (\d{4}-\d{2}-\d{2}) `([a-z-]+)` at `([^`]+)`: (.{10,})$/;

/**
 * The lines that acknowledge: ``- 2026-12-31 `rule` at `place`: the reason``. They may be wrapped.
 * @throws CommandFailure where a line was meant to be one, and is none.
 */
export function acknowledgementsIn(text: string): Acknowledgement[] {
  const lines = text.replace(/\n[ \t]+(?=\S)/g, ' ').split('\n');
  return lines.flatMap((line) => {
    if (!beginning.test(line)) return [];
    const [, date = '', rule = '', at = '', reason = ''] = whole.exec(line) ?? [];
    if (date === '' || !isDate(date)) {
      throw new CommandFailure(
        `${changelogFile} does not say in its line what it acknowledges: ${line}\nWrite: ${lineFor('2026-12-31', 'rule', 'place')}`,
      );
    }
    return [{ date, rule, at, reason }];
  });
}

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** What to write for a change that shall be. */
export function lineFor(date: string, rule: string, at: string): string {
  return `- ${date} \`${rule}\` at \`${at}\`: why it must be, and what callers do instead`;
}

/** What stands for a version, for whoever reads of its release. */
export function notesOf(changelog: Changelog, version: string): string {
  const entry = changelog.entries.find((one) => one.version === version);
  if (entry) return entry.text;
  const known = changelog.entries.map((one) => one.version).join(', ') || 'none';
  throw new CommandFailure(`${changelogFile} has no entry ${version}; there are: ${known}.`);
}
