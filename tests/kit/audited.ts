import type { Database } from '../../server/platform/db/connect.ts';
import { findOperation } from './document.ts';
import { noteEntry } from './provoked.ts';

/**
 * Whoever changes something leaves one entry in the audit, and it names what was changed: in
 * whichever test it happens, so that a new operation needs no test of its own for it. Throws where
 * it is not so.
 */
export async function assertAudited(
  db: Database,
  request: Request,
  response: Response,
): Promise<void> {
  const found = findOperation(request.method, new URL(request.url).pathname);
  if (!found || request.method === 'GET' || !response.ok) return;
  const { operationId: operation, security } = found.operation;
  const requestId = response.headers.get('x-request-id');
  // What was answered again was done, and written down, the first time.
  const isReplay = response.headers.has('idempotency-replayed');
  const entries = await db('auditEntries').where({ requestId, operation, result: 'done' });
  if (isReplay && entries.length === 0) return;
  if (entries.length > 0) noteEntry(operation);
  // What anyone may call can end without a change (the sign-out of somebody who is signed out): the
  // whole run must see an entry of it once (`provoked.ts`).
  const isOpen = security.length === 0 || security.some((way) => Object.keys(way).length === 0);
  if (isOpen && entries.length === 0) return;
  // A test that chooses the id may use it for several requests.
  const isEnough = request.headers.has('x-request-id') ? entries.length > 0 : entries.length === 1;
  if (!isEnough)
    throw new Error(`${operation} left ${entries.length} entries in the audit, not one`);
  if (`${operation} ${response.status}` in withoutTarget) return;
  if (!entries.every(({ targetId }) => targetId)) throw new Error(`${operation} names no target`);
}

/** Answers behind which nothing stands that an entry could name, each with its reason. */
const withoutTarget: Readonly<Record<string, string>> = {
  'verificationRequest 202': 'It asks nothing about accounts: the job that follows does.',
  'passwordResetRequest 202': 'It asks nothing about accounts: the job that follows does.',
  'magicLinkRequest 202': 'It asks nothing about accounts: the job that follows does.',
  'authPasskeyOptions 200': 'A challenge is for whoever comes: nobody is known yet.',
  'oidcStart 200': 'Nobody is known before they come back from the provider.',
  'authRegister 202': 'A private sign-up is no account yet, and asks nothing about accounts.',
};
