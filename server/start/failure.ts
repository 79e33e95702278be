import { ConfigError } from '../config.ts';

/** What happened, why, and what to do: for a person at a terminal. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';

  constructor({ what, why, todo }: { what: string; why: string; todo: string }) {
    super(`${what}\n  Why:        ${why}\n  What to do: ${todo}`);
  }
}

/** The text for the terminal: known failures without a stack, the rest with one. */
export function describeFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartFailure) return error.message;
  if (!(error instanceof Error)) return String(error);
  return isConnectionFailure(error)
    ? new StartFailure({
        what: 'The database cannot be reached.',
        why: error.message || String((error as NodeJS.ErrnoException).code),
        todo: 'Check DATABASE_URL and that PostgreSQL runs; `npm run charter -- doctor` tells more.',
      }).message
    : (error.stack ?? error.message);
}

function isConnectionFailure(error: Error): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '28P01', '3D000'].includes(code);
}
