/**
 * Whether the statement is not, or no longer, what the connection had prepared: its result changed
 * with a migration, or a pooler or DISCARD has dropped it. Prepared anew, it works.
 */
export function isOutdated(error: unknown): boolean {
  return isLost(error) || isOvertaken(error);
}

/** Whether a migration has changed what the statement answers: so it did, maybe, for others. */
export function isOvertaken(error: unknown): boolean {
  const { code, routine } = error as { code?: string; routine?: string };
  return code === '0A000' && routine === 'RevalidateCachedQuery';
}

/** Whether the connection has nothing under the name that it had prepared: another server answers. */
export function isLost(error: unknown): boolean {
  return (error as { code?: string }).code === '26000';
}

// The server's farewells: shut down, idle for too long, connection trouble.
const farewell = /^(57P|25P0[34]|08)/;

/**
 * Whether nobody should use the connection again, even if it looks alive: the server has said
 * goodbye, or has not answered in time and may answer to the next statement. pg gives no code for
 * the latter.
 */
export function endsConnection(error: unknown): boolean {
  const { code = '', message } = error as { code?: string; message?: string };
  return farewell.test(code) || message === 'Query read timeout';
}
