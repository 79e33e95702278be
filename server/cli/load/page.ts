import { service } from '../../../contract/service.ts';
import { html, type Markup } from '../../platform/html.ts';
import { answersOverTime, errorsOverTime } from './answer-plots.ts';
import { type Compared, type Comparison, comparisonOf } from './comparison.ts';
import { latencyByShare, latencyOverTime } from './latency-plots.ts';
import { style } from './page-style.ts';
import type { Latency, StoredRun } from './run-file.ts';
import { remarks, shareOf, shown, shownMs, shownRatio, whole } from './tell.ts';

/** A run as one page that needs nothing else: no script, no font, no other address. */
export function pageOf(run: StoredRun, before?: StoredRun): string {
  const comparison = before && comparisonOf(run, before);
  const name = `${service.title} under load: ${run.scenario}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<main>
<header>
<h1>${name}</h1>
<p>${whole(run.rate)} requests per second for ${run.seconds} s, ${run.isEven ? 'at equal distances' : 'as strangers come'}, over at most ${whole(run.connections)} connections${run.callers > 0 ? `, by ${whole(run.callers)} ${run.callers === 1 ? 'caller' : 'callers'}` : ''}.</p>
<p>${run.url}, <time datetime="${run.startedAt}">${run.startedAt.slice(0, 16).replace('T', ' ')} UTC</time>${run.isEndedEarly ? '. Interrupted: the figures are of what was sent until then' : ''}.</p>
</header>
${tiles(run, comparison)}
${remarks(run).map((remark) => html`<section class="remark">${remark}</section>`)}
${latencyOverTime(run, before)}
${latencyByShare(run, before)}
${answersOverTime(run)}
${errorsOverTime(run)}
${comparison ? comparisonSection(comparison) : []}
${operationSection(run)}
${answerSection(run)}
<footer><p>A latency reaches from the instant at which a request was due to the end of its answer, so that it holds what its caller waited while the service, or a connection to it, was busy with others. A request without an answer counts for as long as it was waited for (${run.timeoutSeconds} s); answers that were not good do not count. ${lateness(run)}</p></footer>
</main>
</body>
</html>
`;
  return page.markup;
}

function tiles(run: StoredRun, comparison: Comparison | undefined): Markup {
  const { latency, due, good } = run;
  const waited = (['p50', 'p90', 'p99', 'max'] as const).map((name) => {
    const figure = comparison?.figures.find((one) => one.name === name);
    return tile(name, latency ? shownMs(latency[name]) : '–', figure);
  });
  return html`<dl class="tiles">${tile('were due', whole(due))}${tile('good answers', due ? shareOf(good / due) : '–')}${waited}</dl>`;
}

function tile(name: string, value: string, figure?: Compared): Markup {
  return html`<div class="tile"><dt>${name}</dt><dd>${value}${figure ? html`<small class="${judged(figure)}">${shownRatio(figure.ratio)} of before</small>` : []}</dd></div>`;
}

/** What differs by less than a tenth is taken for the mood of a machine. */
function judged({ ratio }: Compared): string {
  if (ratio === null || (ratio > 0.9 && ratio < 1.1)) return 'same';
  return ratio < 1 ? 'better' : 'worse';
}

function comparisonSection({ startedAt, differences, figures }: Comparison): Markup {
  const rows = figures.map(
    (one) =>
      html`<tr><th scope="row">${one.name}</th><td>${shown(one.unit, one.before)}</td><td>${shown(one.unit, one.now)}</td><td class="${judged(one)}">${shownRatio(one.ratio)}</td></tr>`,
  );
  const unlike = `That run asked for something else: ${differences.join(', ')}. The ratios tell of that as well.`;
  return html`<section><h2>Compared with the run of ${startedAt.slice(0, 16).replace('T', ' ')} UTC</h2>${
    differences.length > 0 ? html`<p>${unlike}</p>` : []
  }${table(['', 'before', 'now', 'ratio'], rows)}</section>`;
}

function operationSection({ operations }: StoredRun): Markup {
  const rows = operations.map(
    ({ operation, due, good, limited, failed, latency }) =>
      html`<tr><th scope="row">${operation}</th>${[due, good, limited, failed].map((one) => html`<td>${whole(one)}</td>`)}${waits(latency)}</tr>`,
  );
  const names = ['operation', 'due', 'good', 'limited', 'failed', 'p50', 'p90', 'p99', 'max'];
  return html`<section><h2>By operation</h2>${table(names, rows)}</section>`;
}

function answerSection({ answers, due }: StoredRun): Markup {
  const rows = Object.entries(answers).map(
    ([seen, times]) =>
      html`<tr><th scope="row">${seen}</th><td>${whole(times)}</td><td>${shareOf(times / due)}</td></tr>`,
  );
  return html`<section><h2>By answer</h2>${table(['status, or why there was none', 'times', 'share'], rows)}</section>`;
}

function waits(latency: Latency | null): Markup[] {
  const names = ['p50', 'p90', 'p99', 'max'] as const;
  return names.map((name) => html`<td>${latency ? shownMs(latency[name]) : '–'}</td>`);
}

function table(names: readonly string[], rows: readonly Markup[]): Markup {
  return html`<div class="scroll"><table><thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function lateness({ lateness: late }: StoredRun): string {
  if (!late) return '';
  return `The generator itself was late by ${shownMs(late.p50)} for half of the requests, and by ${shownMs(late.p99)} for one in a hundred.`;
}
