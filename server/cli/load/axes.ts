import { html, type Markup } from '../../platform/html.ts';

export const size = { width: 920, height: 300, left: 66, right: 18, top: 16, bottom: 40 };

/** From a value to a place along an axis. */
export type Scale = (value: number) => number;

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface Axis {
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
}

const inner = {
  width: size.width - size.left - size.right,
  height: size.height - size.top - size.bottom,
};

/** From the left to the right. */
export function across(from: number, to: number, ticks: readonly Tick[]): Axis {
  const span = to - from || 1;
  return { scale: (value) => size.left + ((value - from) / span) * inner.width, ticks };
}

/** From the bottom to the top, every step as high as the one before. */
export function linearUp(most: number, label: (value: number) => string): Axis {
  const step = niceStep(most / 4);
  const top = Math.max(step, Math.ceil(most / step) * step);
  const count = Math.round(top / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => index * step);
  return {
    scale: (value) => size.top + inner.height * (1 - value / top),
    ticks: ticks.map((at) => ({ at, label: label(at) })),
  };
}

/** From the bottom to the top, each step so many times the one before: p50 and the worst on one page. */
export function logUp(least: number, most: number, label: (value: number) => string): Axis {
  const from = Math.floor(Math.log10(least));
  const to = Math.max(from + 1, Math.ceil(Math.log10(most)));
  const decades = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const between = to - from <= 2 ? [1, 2, 5] : [1];
  const ticks = decades
    .flatMap((decade) => between.map((times) => times * 10 ** decade))
    .filter((at) => at <= 10 ** to * 1.001);
  const scale = (value: number) => {
    const share = (Math.log10(Math.max(value, 10 ** from)) - from) / (to - from);
    return size.top + inner.height * (1 - share);
  };
  return { scale, ticks: ticks.map((at) => ({ at, label: label(at) })) };
}

/** Whole and easy numbers, at most about so many. */
export function niceTicks(to: number, count: number, label: (value: number) => string): Tick[] {
  const step = niceStep(to / count);
  const length = Math.floor(to / step + 1e-9) + 1;
  return Array.from({ length }, (_, index) => ({ at: index * step, label: label(index * step) }));
}

export function grid(x: Axis, y: Axis, xTitle: string): Markup {
  const bottom = size.height - size.bottom;
  return html`${y.ticks.map(
    ({ at, label }) =>
      html`<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${px(y.scale(at))}" y2="${px(y.scale(at))}"/><text class="end" x="${size.left - 10}" y="${px(y.scale(at) + 4)}">${label}</text>`,
  )}${x.ticks.map(
    ({ at, label }) =>
      html`<line class="tick" x1="${px(x.scale(at))}" x2="${px(x.scale(at))}" y1="${bottom}" y2="${bottom + 5}"/><text class="middle" x="${px(x.scale(at))}" y="${bottom + 18}">${label}</text>`,
  )}<line class="base" x1="${size.left}" x2="${size.width - size.right}" y1="${bottom}" y2="${bottom}"/><text class="end quiet" x="${size.width - size.right}" y="${size.height - 4}">${xTitle}</text>`;
}

export function px(value: number): string {
  return value.toFixed(1);
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const times = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10;
  return times * power;
}
