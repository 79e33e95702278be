import type { Severity } from '../../../contract/document/diff/change.ts';
import { type Judged, openIn, summary, type Verdict } from './verdict.ts';

/** By which a workflow finds its comment again. */
export const mark = '<!-- contract diff -->';

/** GitHub takes 65,536 characters. */
const maxLength = 60_000;

/** For a comment on a pull request, or a page. */
export function markdownOf(verdict: Verdict): string {
  const open = openIn(verdict, 'breaking').length;
  const heading = open > 0 ? `Contract: ${open} unacknowledged` : 'Contract';
  const head = [
    mark,
    `### ${heading}`,
    '',
    `${code(verdict.base)} → ${code(verdict.head)}: ${summary(verdict)}.`,
    '',
  ].join('\n');
  const parts = [
    tableOf(verdict, 'breaking'),
    tableOf(verdict, 'risky'),
    folded(tableOf(verdict, 'safe'), 'What is safe'),
    staleOf(verdict),
  ];
  return cut(`${head}${parts.filter((part) => part !== '').join('\n')}`);
}

function tableOf({ changes }: Verdict, severity: Severity): string {
  const rows = changes.filter((change) => change.severity === severity).map(rowOf);
  if (rows.length === 0) return '';
  return [`| ${severity} | where | what |`, '| --- | --- | --- |', ...rows, ''].join('\n');
}

function rowOf({ rule, level, at, what, says, operations, acknowledged }: Judged): string {
  const [first, ...others] = operations;
  const reached = first === undefined ? '' : `<br>reached by ${code(first)}`;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const answered = acknowledged
    ? `<br>Acknowledged ${acknowledged.date}: ${plain(acknowledged.reason)}`
    : '';
  return `| ${code(rule)}, ${level} | ${code(at)}${reached}${more} | ${plain(what)} ${says.replaceAll('|', '\\|')}${answered} |`;
}

function staleOf({ stale }: Verdict): string {
  if (stale.length === 0) return '';
  const lines = stale.map(({ rule, at }) => `- ${code(rule)} at ${code(at)}`);
  return ['Acknowledged, and not changed:', '', ...lines, ''].join('\n');
}

function folded(text: string, title: string): string {
  return text === '' ? '' : `<details><summary>${title}</summary>\n\n${text}\n</details>\n`;
}

/** A document may come from a stranger: what it says is shown, and is never markup. */
function plain(text: string): string {
  return oneLine(text).replace(/[<>&@|]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function code(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function cut(text: string): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, text.lastIndexOf('\n', maxLength));
  return `${kept}\n\nThere is more: \`contract diff --all\` shows it.\n`;
}
