import { html, type Markup } from '../../platform/html.ts';
import { type Axis, grid, linearUp, px, size } from './axes.ts';
import { figure, timeAxis } from './figure.ts';
import type { Interval, StoredRun } from './run-file.ts';
import { shareOf, whole } from './tell.ts';

/** What came of the requests, and in how many of them something else than a good answer. */
export function answersOverTime(run: StoredRun): Markup {
  const perSecond = (count: number) => count / run.intervalSeconds;
  const most = Math.max(run.rate, ...run.intervals.map(({ due }) => perSecond(due)));
  const x = timeAxis(run);
  const y = linearUp(most, whole);
  return figure(
    {
      id: 'answers',
      title: 'Answers per second',
      summary: `${whole(run.due)} requests were due: ${whole(run.good)} good, ${whole(run.limited)} limited, ${whole(run.failed)} failed.`,
      legend: answerKinds,
    },
    html`${grid(x, y, 'seconds from the start')}${bars(run, x, y, ['good', 'limited', 'failed'], perSecond)}`,
  );
}

export function errorsOverTime(run: StoredRun): Markup {
  const share = (count: number, { due }: Interval) => (due === 0 ? 0 : count / due);
  const worst = Math.max(0.01, ...run.intervals.map((one) => share(one.limited + one.failed, one)));
  const x = timeAxis(run);
  const y = linearUp(worst, shareOf);
  const bad = run.limited + run.failed;
  const none = html`<text class="middle" x="${size.width / 2}" y="${size.height / 2}">Every answer was good.</text>`;
  return figure(
    {
      id: 'errors',
      title: 'Answers that were not good',
      summary:
        bad === 0 ? 'Every answer was good.' : `${whole(bad)} of ${whole(run.due)} were not good.`,
      legend: answerKinds.slice(1),
    },
    html`${grid(x, y, 'seconds from the start')}${bars(run, x, y, ['limited', 'failed'], share)}${bad === 0 ? none : []}`,
  );
}

const answerKinds = [
  ['good', 'good'],
  ['limited', 'limited (429)'],
  ['failed', 'failed'],
] as const;

type Height = (count: number, interval: Interval) => number;
type Kind = 'good' | 'limited' | 'failed';

/** One upon the other. */
function bars(run: StoredRun, x: Axis, y: Axis, kinds: readonly Kind[], height: Height): Markup[] {
  return run.intervals.flatMap((interval) => {
    const [from, to] = [interval.atSeconds, interval.atSeconds + run.intervalSeconds].map(x.scale);
    let below = 0;
    return kinds.map((kind) => {
      const value = height(interval[kind], interval);
      if (value === 0 || from === undefined || to === undefined) return html``;
      const top = y.scale(below + value);
      const bottom = y.scale(below);
      below += value;
      return html`<rect class="${kind}" x="${px(from + 0.5)}" y="${px(top)}" width="${px(Math.max(1, to - from - 1))}" height="${px(Math.max(1, bottom - top))}"><title>${interval.atSeconds} s: ${whole(interval[kind])} ${kind}</title></rect>`;
    });
  });
}
