import { type ProblemError, problem } from '../problem-error.ts';

/** The storage cannot do it now. The message is for operators: what is in the way, and what to do. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
}

const retryAfterSeconds = 5;

/** What it means to a caller; undefined where the storage is not to blame. */
export function problemOfStorageFailure(error: unknown): ProblemError | undefined {
  if (!(error instanceof StorageFailure)) return undefined;
  const detail = 'Files can be neither kept nor fetched at the moment.';
  return problem('service_unavailable', { detail, retryAfterSeconds, cause: error });
}
