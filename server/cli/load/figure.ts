import { html, type Markup } from '../../platform/html.ts';
import { type Axis, across, niceTicks, px, type Scale, size } from './axes.ts';
import type { StoredRun } from './run-file.ts';

interface Figure {
  readonly id: string;
  readonly title: string;
  /** What somebody hears who does not see it. */
  readonly summary: string;
  readonly legend: readonly (readonly [kind: string, name: string])[];
}

export function figure({ id, title, summary, legend }: Figure, drawing: Markup): Markup {
  const keys = legend.map(
    ([kind, name]) => html`<span class="key"><i class="${kind}"></i>${name}</span>`,
  );
  return html`<figure>
<figcaption><h2>${title}</h2><div class="legend">${keys}</div></figcaption>
<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-summary"><title id="${id}-title">${title}</title><desc id="${id}-summary">${summary}</desc>${drawing}</svg>
</figure>`;
}

/** Where nothing was answered, there is a gap. */
export function path(
  kind: string,
  points: readonly (readonly [number, number | undefined])[],
  x: Scale,
  y: Scale,
): Markup {
  let isOpen = false;
  const steps = points.map(([at, value]) => {
    if (value === undefined) {
      isOpen = false;
      return '';
    }
    const step = `${isOpen ? 'L' : 'M'}${px(x(at))} ${px(y(value))}`;
    isOpen = true;
    return step;
  });
  return html`<path class="line ${kind}" d="${steps.join('')}"/>`;
}

export function timeAxis({ seconds, intervals, intervalSeconds }: StoredRun): Axis {
  const end = Math.max(seconds, ...intervals.map(({ atSeconds }) => atSeconds + intervalSeconds));
  return across(
    0,
    end,
    niceTicks(end, 8, (value) => String(Number(value.toFixed(2)))),
  );
}
