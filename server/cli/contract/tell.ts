import type { Terminal } from '../terminal.ts';
import { changelogFile, lineFor } from './changelog.ts';
import { type FailOn, type Judged, openIn, summary, type Verdict } from './verdict.ts';

const lineWidth = 100;
const indent = '  ';

/** For people at a terminal. What is safe is counted, unless all is asked for. */
export function tell(terminal: Terminal, verdict: Verdict, withAll: boolean): void {
  const shown = verdict.changes.filter(({ severity }) => withAll || severity !== 'safe');
  for (const change of shown) {
    for (const line of linesOf(change)) terminal.out(line);
    terminal.out('');
  }
  const rest = verdict.changes.length - shown.length;
  const more = rest > 0 ? ' (--all shows them)' : '';
  terminal.out(`${verdict.base} → ${verdict.head}: ${summary(verdict)}${more}.`);
}

function linesOf({ severity, level, at, rule, what, says, operations, acknowledged }: Judged) {
  const [first, ...others] = operations;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return [
    `${severity}, ${level}: ${at} [${rule}]`,
    ...wrapped(`${what} ${says}`),
    ...(first === undefined ? [] : wrapped(`Reached by ${first}${more}.`)),
    ...(acknowledged ? wrapped(`Acknowledged ${acknowledged.date}: ${acknowledged.reason}`) : []),
  ];
}

function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= lineWidth) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => `${indent}${line}`);
}

/**
 * Why it failed, and what to write where it shall be all the same.
 * @param isOurs the head is the contract as it stands, for which our changelog answers.
 */
export function objection(
  verdict: Verdict,
  failOn: FailOn,
  today: string,
  isOurs = true,
): string | undefined {
  const open = openIn(verdict, failOn);
  const parts: string[] = [];
  if (open.length > 0 && !isOurs) {
    parts.push(
      `Failed for ${open.length} of these changes; --fail-on nothing only looks. Only changes of the contract as it stands can be acknowledged.`,
    );
  } else if (open.length > 0) {
    const lines = open.map(({ rule, at }) => lineFor(today, rule, at));
    parts.push(
      `Nobody answers for ${open.length} of these changes. Take them back, or write why into ${changelogFile}, under Unreleased:`,
      ...lines,
    );
  }
  if (verdict.stale.length > 0) {
    const lines = verdict.stale.map(({ date, rule, at }) => `- ${date} \`${rule}\` at \`${at}\``);
    parts.push(`${changelogFile} acknowledges what has not changed. Remove:`, ...lines);
  }
  return parts.length > 0 ? parts.join('\n') : undefined;
}
