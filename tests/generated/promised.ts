import type { Operation } from '../../contract/kit/operations.ts';
import type { Answer } from '../kit/ask.ts';
import type { Caller } from './cast.ts';

/** The whole rule, once more and independent of the guard: what `access` promises a caller. */
export function promised(
  { access, route, sends, problems }: Operation,
  { worth, permissions }: Caller,
): string {
  const isProgram = worth === 'program' || worth === 'unfactored program';
  const isBarred = worth.startsWith('unfactored') && !('beforeSecondFactor' in access);
  const isUnsafe = route.method !== 'GET';
  if (access.kind === 'anyone') {
    const isOurs = isUnsafe && (sends.has('Set-Cookie') || problems.has('cross_site_request'));
    return isOurs && worth === 'foreign' ? '403 cross_site_request' : 'admitted';
  }
  if (worth === 'none' || worth === 'ended cookie') {
    return access.kind === 'anyoneKnown' ? 'admitted' : '401 unauthenticated';
  }
  if (worth === 'void') return '401 unauthenticated';
  if (isUnsafe && (worth === 'unproven' || worth === 'foreign')) return '403 cross_site_request';
  if (isProgram && access.kind === 'signedIn' && !access.programs) return '403 people_only';
  if (isBarred) return access.kind === 'anyoneKnown' ? 'admitted' : '403 second_factor_required';
  if (access.kind === 'requires' && !permissions.has(access.permission)) {
    return '403 permission_denied';
  }
  const isPersonal = 'recentLogin' in access || 'inPerson' in access;
  if (worth === 'impersonating' && isPersonal) return '403 impersonation_denied';
  const isTooOld = 'recentLogin' in access && (worth === 'old' || isProgram);
  return isTooOld ? '403 reauthentication_required' : 'admitted';
}

/**
 * Admitted is whoever gets as far as the input, which is refused then or asks for nothing there
 * is. A rule of the noun that needs more than the door asks says so in its own words.
 */
export function outcomeOf({
  status,
  code,
  text,
}: Pick<Answer, 'status' | 'code' | 'text'>): string {
  const isRule = code === 'permission_denied' && !text.includes('"detail":"Not allowed."');
  const isRefused = [401, 403].includes(status) && !isRule;
  return isRefused || status >= 500 ? `${status} ${code}` : 'admitted';
}
