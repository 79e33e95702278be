import type { Scheme } from '../../platform/auth/guard.ts';
import type { Platform } from '../../platform/platform.ts';
import { RevocableCache } from '../../platform/revocations/revocable-cache.ts';
import type { SigningKeysFeature } from '../signing-keys/feature.ts';
import { signingKeysChanged } from '../signing-keys/model.ts';
import { subjectsOf } from './access-claims.ts';
import { AccessTokens } from './access-tokens.ts';
import { endedByRestore } from './after-restore.ts';
import { Callers } from './callers.ts';
import { SessionCookies } from './cookies.ts';
import { EndedTokens } from './ended-tokens.ts';
import type { FindCaller, FindProgram } from './find-caller.ts';
import { sessionsHandlers } from './handlers.ts';
import { KnownDevices } from './known-devices.ts';
import { aboutProviderSession, accountVoided, sessionEnded, tokenEnded } from './model.ts';
import { OtherIssuers } from './other-issuers.ts';
import { OwnSessions } from './own-sessions.ts';
import { devicesData, sessionsData } from './personal-data.ts';
import { ProviderSessions } from './provider-sessions.ts';
import { purgeProviderSessions, purgeSessions } from './purge.ts';
import { SessionReader } from './reader.ts';
import { bearerScheme, cookieScheme } from './schemes.ts';
import { Sessions } from './service.ts';

export type SessionsFeature = ReturnType<typeof sessionsFeature>;

/** Owns the session: its row, its cookie and its tokens, and who is behind it. */
export function sessionsFeature(platform: Platform, { ring }: SigningKeysFeature) {
  const { clock, config, revocations, origins, caches } = platform;
  const { accessTokenSeconds, tokenLifeSeconds, cacheSize: capacity } = config.sessions;
  const cookies = new SessionCookies(platform);
  const service = new Sessions(platform, cookies);
  const devices = new KnownDevices(platform);
  const ended = new EndedTokens(platform, { kind: sessionEnded, tokenLifeSeconds });
  const otherIssuers = new OtherIssuers(platform);
  const accessTokens = new AccessTokens(ring, clock, {
    issuer: config.http.publicUrl,
    onOtherIssuer: (issuer) => otherIssuers.note(issuer),
    lifetimeSeconds: accessTokenSeconds,
    verified: new RevocableCache({
      revocations,
      capacity,
      subjectsOf,
      ofSubject: [sessionEnded, tokenEnded, accountVoided],
      voidedBy: signingKeysChanged,
    }),
  });
  return {
    handlers: sessionsHandlers(new OwnSessions(platform, service), cookies),
    jobs: [purgeSessions(platform), purgeProviderSessions(platform), devices.work()],
    personalData: [sessionsData, devicesData],
    afterRestore: [endedByRestore],
    sealed: [{ table: 'provider_sessions', column: 'sealedTokens', about: aboutProviderSession }],
    service,
    providerSessions: new ProviderSessions(platform, service),
    devices,
    cookies,
    accessTokens,
    otherIssuers,
    /**
     * The schemes of cookie and token. `findCaller` says whose a session is, `findProgram` who is
     * behind the token of an API key.
     */
    schemesFor: (findCaller: FindCaller, findProgram: FindProgram): Scheme[] => {
      const reader = new SessionReader(platform, findCaller);
      const callers = new Callers({
        ...{ reader, ended, revocations, clock, capacity },
        counts: caches.countsOf('callers'),
      });
      return [
        bearerScheme({ callers, findProgram }, accessTokens),
        cookieScheme(callers, cookies, origins),
      ];
    },
  };
}
