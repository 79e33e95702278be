import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Time for a holder to write its pid after it made the folder. */
const NAMELESS_MS = 5000;

/** Does the work while no other process does it. `onWait(pid)` is called once when it must wait. */
export async function holdingLock(lock, onWait, work) {
  mkdirSync(dirname(lock), { recursive: true });
  let isWaiting = false;
  while (!take(lock)) {
    if (isStale(lock)) {
      remove(lock);
      continue;
    }
    if (!isWaiting) onWait(holderOf(lock) || 'unknown');
    isWaiting = true;
    await pause(100);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Of all who make the folder at once, one succeeds. */
function take(lock) {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  return true;
}

function isStale(lock) {
  const pid = holderOf(lock);
  if (pid) return !isAlive(pid);
  const made = statSync(lock, { throwIfNoEntry: false });
  return made !== undefined && Date.now() - made.mtimeMs > NAMELESS_MS;
}

/** Renamed first: of all who find it stale, one gets it, and a new one is not hit by mistake. */
function remove(lock) {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (isStale(aside)) rmSync(aside, { recursive: true, force: true });
  else renameSync(aside, lock);
}

function holderOf(lock) {
  try {
    return Number(readFileSync(join(lock, 'pid'), 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
