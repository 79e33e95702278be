import { type ProblemError, problem } from '../problem-error.ts';

/** The storage cannot do it now. For operators: what is in the way, what to do, and what was said. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  /** In our words alone. */
  readonly advice: string;

  constructor(advice: string, said: string) {
    super(`${advice} (${said})`);
    this.advice = advice;
  }
}

const retryAfterSeconds = 5;

/** What it means to a caller; undefined where the storage is not to blame. */
export function problemOfStorageFailure(error: unknown): ProblemError | undefined {
  if (!(error instanceof StorageFailure)) return undefined;
  const detail = 'Files can be neither kept nor fetched at the moment.';
  return problem('service_unavailable', { detail, retryAfterSeconds, cause: error });
}
