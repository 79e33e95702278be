import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { CommandFailure } from '../terminal.ts';

const count = z.int().min(0);
const ms = z.number().min(0);

/** In milliseconds, from when a request was due. */
const Latency = z.object({
  p50: ms,
  p90: ms,
  p95: ms,
  p99: ms,
  p999: ms,
  max: ms,
  mean: ms,
});
export type Latency = z.infer<typeof Latency>;

const counts = { due: count, good: count, limited: count, failed: count };
const Counts = z.object(counts);
export type Counts = z.infer<typeof Counts>;

const Interval = z.object({ atSeconds: z.number(), ...counts, latency: Latency.nullable() });
export type Interval = z.infer<typeof Interval>;

const measured = {
  ...counts,
  latency: Latency.nullable(),
  /** Percentile and milliseconds, ascending. */
  curve: z.array(z.tuple([z.number(), ms])),
  /** How often each status was seen, or in words why there was none. */
  answers: z.record(z.string(), count),
  /** What the generator was late itself. */
  lateness: Latency.nullable(),
  operations: z.array(z.object({ operation: z.string(), ...counts, latency: Latency.nullable() })),
  intervalSeconds: z.number().positive(),
  intervals: z.array(Interval),
};
const Measured = z.object(measured);
export type Measured = z.infer<typeof Measured>;

export const scenarioNames = ['browse', 'login-storm', 'write', 'mixed'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** A run as it is stored: what was asked for, and what was measured. */
const StoredRun = z.object({
  format: z.literal('load-run-1'),
  url: z.string(),
  scenario: z.enum(scenarioNames),
  rate: z.number().positive(),
  seconds: z.number().positive(),
  isEven: z.boolean(),
  connections: count,
  timeoutSeconds: z.number().positive(),
  warmUpSeconds: z.number().min(0),
  callers: count,
  startedAt: z.iso.datetime(),
  /** By whoever ran it, before all was sent. */
  isEndedEarly: z.boolean(),
  ...measured,
});
export type StoredRun = z.infer<typeof StoredRun>;

export async function readRun(file: string): Promise<StoredRun> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`${file} cannot be read (${error.code}).`);
  });
  const parsed = StoredRun.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  throw new CommandFailure(
    `${file} is no run that this release has stored. Make one with charter load … --out ${file}.`,
  );
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
