import { access, constants, mkdir, realpath, stat } from 'node:fs/promises';
import { StartFailure } from '../../platform/start-failure.ts';
import { WHAT_TO_DO } from './binaries.ts';
import { repairModes } from './modes.ts';
import { findCluster } from './site.ts';

/** The real path: the same folder by another name must be the same to everybody. */
export async function openFolder(folder: string, report?: (line: string) => void): Promise<string> {
  await mkdir(folder, { recursive: true });
  const real = await realpath(folder);
  await repairModes(real, report);
  for (const path of [real, findCluster(real) ?? real]) await refuseForeign(path);
  return real;
}

async function refuseForeign(path: string): Promise<void> {
  const isOurs = await access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (isOurs) return;
  const { uid } = await stat(path);
  throw new StartFailure({
    what: `The database folder ${path} belongs to another user (uid ${uid}).`,
    why: 'Perhaps Charter once ran as root, or the checkout is shared.',
    todo: `Run as that user, give the folder to yourself (chown -R), or remove it if its data may go. Or: ${WHAT_TO_DO}`,
  });
}
