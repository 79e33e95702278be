import { StartFailure } from '../../platform/start-failure.ts';
import { servesOurData } from './connection.ts';
import { forgetPostmaster, isPostgres, type Postmaster, readPostmaster } from './postmaster.ts';
import { type Patience, waitUntil } from './wait.ts';

const ANSWER_WITHIN_MS = 30_000;
/** Another server answers at our port, so ours cannot be alive. */
const WRONG_PASSWORD = '28P01';

/** The server of this cluster if it answers right now, for this database. */
export async function reach(cluster: string, database: string): Promise<Postmaster | undefined> {
  const postmaster = await readPostmaster(cluster);
  if (!postmaster || !isPostgres(postmaster.pid)) return undefined;
  const isOurs = await servesOurData({ port: postmaster.port, cluster }, database).catch(
    () => false,
  );
  return isOurs ? postmaster : undefined;
}

/**
 * The live server of this cluster, or the certainty that there is none: one that is starting,
 * recovering or shutting down is waited for. Two servers on one data folder would destroy it.
 */
export async function settle(
  cluster: string,
  patience: Omit<Patience, 'withinMs'>,
): Promise<Postmaster | undefined> {
  const verdict = await waitUntil(() => judge(cluster), {
    ...patience,
    withinMs: ANSWER_WITHIN_MS,
  });
  if (!verdict) throw silentServer(cluster, (await readPostmaster(cluster))?.pid);
  if (verdict !== 'none') return verdict;
  await forgetPostmaster(cluster);
  return undefined;
}

/** Undefined: too early to tell. */
async function judge(cluster: string): Promise<Postmaster | 'none' | undefined> {
  const postmaster = await readPostmaster(cluster);
  if (!postmaster || !isPostgres(postmaster.pid)) return 'none';
  try {
    const isOurs = await servesOurData({ port: postmaster.port, cluster }, 'postgres');
    return isOurs ? postmaster : 'none';
  } catch (error) {
    // Whatever else it says: it may be starting, recovering or shutting down.
    return (error as { code?: string }).code === WRONG_PASSWORD ? 'none' : undefined;
  }
}

function silentServer(cluster: string, pid?: number): StartFailure {
  return new StartFailure({
    what: 'The embedded PostgreSQL does not answer.',
    why: `A PostgreSQL (process ${pid}) seems to serve ${cluster}.`,
    todo: `If it is none of yours, remove ${cluster}/data/postmaster.pid; otherwise end it. Try again.`,
  });
}
