import { ConfigError } from '../config/config.ts';
import { databaseUrl, type Env } from '../config/environment.ts';
import { StartFailure } from '../platform/start-failure.ts';
import { explainDatabaseFailure } from './database-failures.ts';
import { explainFileFailure } from './file-failures.ts';

/** A known failure as what, why and what to do; `env` tells where the database was looked for. */
export function explained(error: unknown, env?: Env): unknown {
  if (!(error instanceof Error) || error instanceof ConfigError || error instanceof StartFailure)
    return error;
  const explanation = explainFileFailure(error) ?? explainDatabaseFailure(error, databaseUrl(env));
  return explanation ? new StartFailure(explanation, { cause: error }) : error;
}

/** The text for the terminal: known failures without a stack, the rest with one. */
export function describeFailure(failure: unknown): string {
  const error = explained(failure);
  if (error instanceof ConfigError || error instanceof StartFailure) return error.message;
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}
