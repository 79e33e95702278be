import { ConfigError } from '../config/config.ts';
import { databaseUrl } from '../config/environment.ts';
import { StartFailure } from '../platform/start-failure.ts';
import { explainDatabaseFailure } from './database-failures.ts';
import { explainFileFailure } from './file-failures.ts';

/** The text for the terminal: known failures without a stack, the rest with one. */
export function describeFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartFailure) return error.message;
  if (!(error instanceof Error)) return String(error);
  const explanation = explainFileFailure(error) ?? explainDatabaseFailure(error, databaseUrl());
  if (explanation) return new StartFailure(explanation).message;
  return error.stack ?? error.message;
}
