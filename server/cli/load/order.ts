import { CommandFailure } from '../terminal.ts';
import type { ScenarioName } from './run-file.ts';

/** What was written on the command line. */
export interface LoadOptions {
  readonly url?: string | undefined;
  readonly scenario: ScenarioName;
  readonly rate: string;
  readonly seconds: string;
  readonly warmUpSeconds: string;
  readonly even?: true;
  readonly connections: string;
  readonly timeoutSeconds: string;
  readonly accounts?: string;
  readonly callers: string;
  readonly maxFailures: string;
  readonly out?: string;
  readonly page?: string;
  readonly compare?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** What is sent, how much of it, and for how long. */
export interface Order {
  readonly scenario: ScenarioName;
  readonly rate: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly isEven: boolean;
  readonly connections: number;
  readonly timeoutSeconds: number;
  readonly callers: number;
  /** Of all that were due; from 0 to 1. */
  readonly maxFailureShare: number;
}

export function orderOf(options: LoadOptions): Order {
  return {
    scenario: options.scenario,
    rate: number('--rate', options.rate, { least: 0.1, most: 100_000 }),
    seconds: number('--seconds', options.seconds, { least: 0.1, most: 86_400 }),
    warmUpSeconds: number('--warm-up-seconds', options.warmUpSeconds, { least: 0, most: 3_600 }),
    isEven: options.even ?? false,
    connections: whole('--connections', options.connections, { least: 1, most: 10_000 }),
    timeoutSeconds: number('--timeout-seconds', options.timeoutSeconds, { least: 0.1, most: 600 }),
    callers: whole('--callers', options.callers, { least: 1, most: 100_000 }),
    maxFailureShare:
      number('--max-failures', options.maxFailures.replace(/%$/, ''), { least: 0, most: 100 }) /
      100,
  };
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

function number(flag: string, text: string, { least, most }: Bounds): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value >= least && value <= most) return value;
  throw new CommandFailure(`${flag} takes a number from ${least} to ${most}.`);
}

function whole(flag: string, text: string, bounds: Bounds): number {
  const value = number(flag, text, bounds);
  if (Number.isInteger(value)) return value;
  throw new CommandFailure(`${flag} takes a whole number.`);
}

const niceSeconds = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/** At most a hundred points over the time, and some requests in each. */
export function intervalSecondsOf({ rate, seconds }: Pick<Order, 'rate' | 'seconds'>): number {
  const wanted = Math.max(seconds / 100, Math.min(seconds, 20 / rate));
  return niceSeconds.find((one) => one >= wanted) ?? 900;
}
