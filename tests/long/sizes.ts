/** How much of everything, by the environment: together about an hour on two cores. */
function count(name: string, usual: number): number {
  const given = process.env[name];
  const value = given ? Number(given.replaceAll('_', '')) : usual;
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} is no count: ${given}`);
  return value;
}

export const soakRequests = count('SOAK_REQUESTS', 500_000);
/** Faults of the database, evenly between them. */
export const soakFaults = count('SOAK_FAULTS', Math.max(3, Math.round(soakRequests / 10_000)));
export const fuzzRequests = count('FUZZ_REQUESTS', 50_000);
/** What is drawn; a failure names it, and it draws the same again. */
export const fuzzSeed = process.env.FUZZ_SEED ? count('FUZZ_SEED', 1) : Date.now() % 1_000_000;
/** Requests that are made of the document. */
export const conformanceRequests = count('CONFORMANCE_REQUESTS', 50_000);
export const conformanceSeed = process.env.CONFORMANCE_SEED
  ? count('CONFORMANCE_SEED', 1)
  : Date.now() % 1_000_000;
/** Of an export: the gate takes a quarter of what docs/audit.md tells of. */
export const auditEntries = count('AUDIT_ENTRIES', 250_000);
export const pairRounds = count('PAIR_ROUNDS', 5);
/** Streams of events that are open at one process. */
export const liveStreams = count('LIVE_STREAMS', 1_000);
/** How long they are looked at while nothing happens. */
export const liveIdleSeconds = count('LIVE_IDLE_SECONDS', 60);
/** Requests per second at three processes, PgBouncer, Redis and HAProxy. */
export const scaleRate = count('SCALE_RATE', 40);
export const scaleSeconds = count('SCALE_SECONDS', 10);
