import type * as z from 'zod';
import { type Marks, marksOf } from '../../../contract/kit/facets/marks.ts';

/** A kind of work that is done later, by its name and the shape of its data. */
export interface Job<Data>
  extends Required<Omit<JobOptions<Data>, keyof Marks | 'aboutSealed'>>,
    Pick<JobOptions<Data>, 'aboutSealed'> {
  /** `noun.verb`, such as `mail.deliver`: stored, so that renaming one loses what waits. */
  readonly name: string;
  readonly data: z.ZodType<Data>;
  readonly marks: Marks;
}

/** As operations are marked, its audit entries and log lines are. */
export interface JobOptions<Data = unknown> extends Partial<Marks> {
  /** How often it is tried at all; after that it is a dead letter. */
  readonly attempts?: number;
  /** The wait before the second attempt. It doubles for each one after, up to an hour. */
  readonly retrySeconds?: number;
  /** After this its signal is aborted, and the attempt has failed. */
  readonly timeoutSeconds?: number;
  /** How many of its kind a process does at once. */
  readonly atOnce?: number;
  /** What `sealed` in its data is bound to: jobs that wait are sealed anew with everything else. */
  readonly aboutSealed?: (data: Data) => string;
}

/**
 * Declares a job. Data travels as JSON: ids and instants as text, never a secret in the clear. One that
 * it needs is sealed, is called `sealed`, and takes `aboutSealed`.
 */
export function job<Data>(
  name: string,
  data: z.ZodType<Data>,
  options: JobOptions<Data> = {},
): Job<Data> {
  const { attempts = 8, retrySeconds = 10, timeoutSeconds = 60, atOnce = 1, aboutSealed } = options;
  const terms = { attempts, retrySeconds, timeoutSeconds, atOnce };
  return { name, data, ...terms, marks: marksOf(options), ...(aboutSealed && { aboutSealed }) };
}

/** One attempt at a job. */
export interface JobRun<Data> {
  /** The same in every attempt: jobs run at least once, so that whatever they do is keyed by it. */
  readonly id: string;
  readonly data: Data;
  /** The first attempt is 1. */
  readonly attempt: number;
  /** Aborted when the time is over or the process stops. */
  readonly signal: AbortSignal;
}

/** What a feature does with a job that it owns. */
export interface Work {
  readonly job: Job<unknown>;
  readonly perform: (run: JobRun<unknown>) => Promise<void>;
  /** When it begins by itself, as a cron line in UTC: once for all processes together. */
  readonly schedule?: string;
}

/** The work of a job; throwing means that it is tried again. */
export function works<Data>(
  declared: Job<Data>,
  perform: (run: JobRun<Data>) => Promise<void>,
): Work {
  // The queue parses what it hands out with the schema of the job: nothing else gets here.
  return { job: declared as Job<unknown>, perform: perform as Work['perform'] };
}

/** Work without data that begins by the clock. */
export function onSchedule(
  declared: Job<Record<string, never>>,
  schedule: string,
  perform: (run: JobRun<Record<string, never>>) => Promise<void>,
): Work {
  return { ...works(declared, perform), schedule };
}
