import { Seals } from '../features/audit/seals.ts';
import { neglectedSeconds, unsealedSeconds } from '../features/health/probes.ts';
import { readSigningKeys } from '../features/signing-keys/model.ts';
import type { Platform } from '../platform/platform.ts';
import { SealedByOtherKey } from '../platform/secrets/secret-keys.ts';
import type { Finding } from './finding.ts';

const undefinedTable = '42P01';

/** Whether there is one, and whether SECRET_KEYS opens it. */
export async function signingKeyFinding({ db, secretKeys, clock }: Platform): Promise<Finding> {
  const check = 'signing key';
  try {
    const key = (await readSigningKeys(db, secretKeys, clock.now())).at(0);
    if (key) return { check, ok: true, detail: key.kid };
  } catch (error) {
    if (error instanceof SealedByOtherKey) {
      const todo = 'Put the older secret back into SECRET_KEYS, after the newer one.';
      return { check, ok: false, detail: 'sealed by a secret that is not in SECRET_KEYS', todo };
    }
    // The models wrap what the driver says.
    const { nativeError } = error as { nativeError?: { code?: string } };
    if (nativeError?.code !== undefinedTable) throw error;
  }
  const todo = 'Run `npm run charter -- keys create`.';
  return { check, ok: false, detail: 'there is none', todo };
}

/** What workers have to do, and whether it is done: as health sees it, without its time limits. */
export async function workFindings(platform: Platform): Promise<Finding[]> {
  return [await jobsFinding(platform), await mailFinding(platform), await auditFinding(platform)];
}

async function jobsFinding({ jobs }: Platform): Promise<Finding> {
  const check = 'jobs';
  const { waiting, oldestWaitingSeconds, dead } = await jobs.state();
  if (dead > 0) {
    const todo =
      'Look at `npm run charter -- jobs list --state dead`; then `jobs retry` or `jobs discard`.';
    return { check, ok: false, detail: `${dead} have failed for good`, todo };
  }
  const isNeglected = oldestWaitingSeconds > neglectedSeconds;
  const since = isNeglected ? `, the oldest for ${Math.round(oldestWaitingSeconds)} s` : '';
  const todo = 'Start `npm run charter -- worker`, or more of them.';
  const detail = `${waiting} are due${since}`;
  return { check, ok: !isNeglected, detail, ...(isNeglected && { todo }) };
}

async function mailFinding({ mail, config }: Platform): Promise<Finding> {
  const check = 'mail';
  const { waiting, lastError } = await mail.trouble();
  if (waiting > 0) {
    const todo = 'Look at SMTP_URL, and at the mail server.';
    return { check, ok: false, detail: `${waiting} were not taken so far: ${lastError}`, todo };
  }
  const detail = config.mail.server ? 'nothing is held up' : 'no server is named (SMTP_URL)';
  return { check, ok: true, detail };
}

async function auditFinding(platform: Platform): Promise<Finding> {
  const check = 'audit';
  const lag = await new Seals(platform).lagSeconds();
  if (lag <= unsealedSeconds) return { check, ok: true, detail: 'sealed' };
  const detail = `entries wait for their seal for ${Math.round(lag / 60)} min`;
  return { check, ok: false, detail, todo: 'Start `npm run charter -- worker`: it seals.' };
}
