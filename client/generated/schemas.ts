// Generated from the contract by `npm run generate`. Do not edit.

import type { Instant } from '../runtime/instant.ts';
import type { FileSource } from '../runtime/platform.ts';

/** The token of the mail, and the account to begin. */
export interface Acceptance {
  /** The token of the link, from its `token` parameter. */
  token: string;
  /**
   * Stored in lower case. A few names are reserved, also with dots, underscores and hyphens
   * in them.
   */
  username: string;
  /** Any Unicode text. */
  fullName?: string | null | undefined;
  password: string;
}

/** A deactivated account can act again. */
export interface AccountActivatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.activated';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/**
 * So many wrong codes were given for an account that the next one has to wait: whoever
 * gives them knows its first factor.
 */
export interface AccountCodesGuessedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.codes_guessed';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** There is a new account. */
export interface AccountCreatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.created';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** An account can no longer act or sign in. */
export interface AccountDeactivatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.deactivated';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** Somebody proved that the address of an account is theirs. */
export interface AccountEmailVerifiedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.email_verified';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/**
 * An account is gone for ever, with everything about it: its owner asked, or its time had
 * come.
 */
export interface AccountErasedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.erased';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** Whether and when the own account is erased. */
export interface AccountErasure {
  /** null: nobody asked for it. */
  requestedAt: Instant | null;
  /** Until then it can be cancelled. */
  erasesAt: Instant | null;
}

/** The owner of an account took back that it be erased. */
export interface AccountErasureCancelledEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.erasure_cancelled';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** The owner of an account asked for its erasure, which a time of grace precedes. */
export interface AccountErasureRequestedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.erasure_requested';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** An archive is being made; a mail tells when it can be downloaded. */
export interface AccountExport {
  /** An instant in UTC, ISO 8601. */
  requestedAt: Instant;
}

/** An account has another second factor. */
export interface AccountFactorAddedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.factor_added';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    kind: 'totp' | 'passkey' | 'recovery_codes';
  };
}

/** An account lost a second factor, by its owner or by an administrator. */
export interface AccountFactorRemovedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.factor_removed';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    kind: 'totp' | 'passkey' | 'recovery_codes';
  };
}

/** An account can be signed in to by another identity at a provider. */
export interface AccountIdentityLinkedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.identity_linked';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    /** A UUID. */
    identityId: string;
    provider: string;
  };
}

/** An identity at a provider signs in to an account no more. */
export interface AccountIdentityUnlinkedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.identity_unlinked';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    /** A UUID. */
    identityId: string;
    provider: string;
  };
}

/** Somebody began to act as an account: who, and in which session. */
export interface AccountImpersonatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.impersonated';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    /** A UUID. */
    byUserId: string;
    /** A UUID. */
    sessionId: string;
  };
}

/** Somebody acts as an account no more, and did not wait until the time was up. */
export interface AccountImpersonationEndedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.impersonation_ended';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    /** A UUID. */
    byUserId: string;
    /** A UUID. */
    sessionId: string;
  };
}

/** An account has another password. */
export interface AccountPasswordChangedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.password_changed';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** An account has other recovery codes, in place of all before. */
export interface AccountRecoveryCodesRenewedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.recovery_codes_renewed';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** An account was removed; it can be restored until it is purged. */
export interface AccountRemovedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.removed';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** A removed account is back. */
export interface AccountRestoredEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.restored';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** The roles of an account were given or taken. */
export interface AccountRolesChangedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.roles_changed';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The account. */
    userId: string;
  };
}

/** An account was changed: the names of the fields, not their values. */
export interface AccountUpdatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'account.updated';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    changed: string[];
  };
}

/** One thing that the caller did, or that happened to the account. */
export interface Activity {
  /** A UUID. */
  id: string;
  /** An instant in UTC, ISO 8601. */
  at: Instant;
  /** The operation id, or the command that acted. */
  operation: string;
  /** The way in that the call took; `page` is a page of this service. */
  origin: 'http' | 'page' | 'graphql' | 'command' | 'job';
  result: 'done' | 'denied';
  /**
   * Who did it: the caller, somebody else who was signed in, somebody who was not, or the
   * service itself.
   */
  by: 'self' | 'other' | 'anonymous' | 'system';
  /** Why it was denied or done; null where somebody else did it. */
  reason: string | null;
  /** The sign-in that the caller did it with. */
  sessionId: string | null;
  /** What it was done to, such as `user` or `role`: every noun names its own. */
  targetType: string | null;
  /** A UUID. */
  targetId: string | null;
  /** The fields that were set, not their values. */
  changed: string[];
  /** Null where somebody else did it, and once it was cleared. */
  address: string | null;
  /** Null where somebody else did it, and once it was cleared. */
  userAgent: string | null;
}

/** One page of a list. */
export interface ActivityPage {
  /** The rows of this page, in the order asked for. */
  items: Activity[];
  /** Send it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
  /** Where each row of this page is, as a `cursor`; only with `includeCursors`. */
  cursors?: string[] | undefined;
  /** All rows that match; only with `includeTotal`. */
  total?: number | undefined;
}

/** A key for programs. Its secret was shown once. */
export interface ApiKey {
  /** A UUID. */
  id: string;
  name: string;
  /** What it may do, as far as its owner may do it at that moment. */
  scopes: (
    | 'health:read'
    | 'users:read'
    | 'roles:read'
    | 'roles:manage'
    | 'audit:read'
    | 'service-accounts:manage'
    | 'webhooks:read'
    | 'webhooks:manage'
    | 'users:manage'
    | 'users:impersonate'
  )[];
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** From then on it works no more. */
  expiresAt: Instant;
  /** To the minute or so; null: never. */
  lastUsedAt: Instant | null;
  /** When another one took its place. */
  rotatedAt: Instant | null;
  /** An instant in UTC, ISO 8601. */
  revokedAt: Instant | null;
}

/** A new API key, with the key itself. */
export interface ApiKeyCreated {
  /** A UUID. */
  id: string;
  name: string;
  /** What it may do, as far as its owner may do it at that moment. */
  scopes: (
    | 'health:read'
    | 'users:read'
    | 'roles:read'
    | 'roles:manage'
    | 'audit:read'
    | 'service-accounts:manage'
    | 'webhooks:read'
    | 'webhooks:manage'
    | 'users:manage'
    | 'users:impersonate'
  )[];
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** From then on it works no more. */
  expiresAt: Instant;
  /** To the minute or so; null: never. */
  lastUsedAt: Instant | null;
  /** When another one took its place. */
  rotatedAt: Instant | null;
  /** An instant in UTC, ISO 8601. */
  revokedAt: Instant | null;
  /** The key itself: shown now, and never again. */
  key: string;
}

/** There is a new API key, by itself or in place of another. */
export interface ApiKeyCreatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'api_key.created';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    apiKeyId: string;
    /** Whose it is, where its owner is a person. */
    userId: string | null;
    /** Whose it is, where its owner is a program. */
    serviceAccountId: string | null;
  };
}

/** An API key works no more. */
export interface ApiKeyRevokedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'api_key.revoked';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    apiKeyId: string;
    /** Whose it is, where its owner is a person. */
    userId: string | null;
    /** Whose it is, where its owner is a program. */
    serviceAccountId: string | null;
  };
}

/** An API key got a successor, and works for a while only. */
export interface ApiKeyRotatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'api_key.rotated';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    apiKeyId: string;
    /** Whose it is, where its owner is a person. */
    userId: string | null;
    /** Whose it is, where its owner is a program. */
    serviceAccountId: string | null;
  };
}

/** How to rotate. */
export interface ApiKeyRotation {
  /** How long the old key works beside the new one; a day when left out. */
  overlapSeconds?: number | undefined;
  /** `API_KEY_DAYS` when left out, and at most `API_KEY_MAX_DAYS` of this service. */
  expiresInDays?: number | undefined;
}

/** API keys, the newest first; those that ended stay for a month. */
export interface ApiKeys {
  items: ApiKey[];
}

/** What `passkeys.get` of the client gives. */
export interface Assertion {
  id: string;
  rawId: string;
  type: 'public-key';
  authenticatorAttachment?: 'platform' | 'cross-platform' | null | undefined;
  clientExtensionResults?:
    | {
        credProps?:
          | {
              rk?: boolean | undefined;
            }
          | undefined;
      }
    | undefined;
  response: {
    clientDataJSON: string;
    authenticatorData: string;
    signature: string;
    userHandle?: string | null | undefined;
  };
}

/** One thing that was done or denied. Entries are never changed. */
export interface AuditEntry {
  /** A UUID. */
  id: string;
  /** An instant in UTC, ISO 8601. */
  at: Instant;
  /** The operation id, or the command that acted. */
  operation: string;
  /** The way in that the call took; `page` is a page of this service. */
  origin: 'http' | 'page' | 'graphql' | 'command' | 'job';
  result: 'done' | 'denied';
  /** Why it was denied: a problem code or a rule; or what somebody says that it was done for. */
  reason: string | null;
  /** Who really acted: the account, `anonymous`, or `system:` and the reason. */
  actor: string;
  /** The account that was acted as, while it was impersonated. */
  actingFor: string | null;
  /** A UUID. */
  sessionId: string | null;
  /** What it was done to, such as `user` or `role`: every noun names its own. */
  targetType: string | null;
  /** A UUID. */
  targetId: string | null;
  /** The fields that were set, not their values. */
  changed: string[];
  /** It changes what keeps intruders out (`x-safety`). */
  safety: boolean;
  /** Somebody may have to show that it was done, or by whom (`x-compliance`). */
  compliance: boolean;
  requestId: string | null;
  /** Cleared by erasure and retention. */
  address: string | null;
  /** Cleared by erasure and retention. */
  userAgent: string | null;
}

/** One page of a list. */
export interface AuditPage {
  /** The rows of this page, in the order asked for. */
  items: AuditEntry[];
  /** Send it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
  /** Where each row of this page is, as a `cursor`; only with `includeCursors`. */
  cursors?: string[] | undefined;
  /** All rows that match; only with `includeTotal`. */
  total?: number | undefined;
}

/**
 * What the audit holds was sealed up to an entry. Kept elsewhere, number and hash are what
 * `charter audit verify --head` holds the database to.
 */
export interface AuditSealedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'audit.sealed';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The last entry that is sealed. */
    throughEntryId: string;
    /** Its number; they go on one by one. */
    seal: number;
    /** Of the seal, in hexadecimal. */
    hash: string;
  };
}

/** What is known of a picture that was kept. */
export interface Avatar {
  /** Another one for each picture. */
  id: string;
  /** By its content. */
  mediaType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
  bytes: number;
  /** The SHA-256 of the file, as `Repr-Digest` writes it (RFC 9530). */
  digest: string;
}

/** Signed in by cookie, for browsers. */
export interface CookieSignIn {
  /** The session is in the cookie of this answer. */
  delivery: 'cookie';
  session: Session;
  user: User;
}

/** Who signs in, and how the session is delivered. */
export interface Credentials {
  /** The e-mail address or the username. */
  identifier: string;
  password: string;
  /** `cookie` for browsers (no token ever reaches a script), `tokens` for programs. */
  delivery: 'cookie' | 'tokens';
}

/** The session of this request, and whose it is. */
export interface CurrentSession {
  session: Session;
  user: User;
}

/** The state of the database, and of the way to it. */
export interface DatabaseComponent {
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** How long the check took; absent where nothing had to be asked. */
  durationMs?: number | undefined;
  warnings: string[];
  /** The connections of the process that answers. */
  pool: {
    /** In use, or being opened. */
    used: number;
    /** How many wait for one. */
    waiting: number;
    /** How many there may be. */
    max: number;
  };
}

/** The new address. */
export interface EmailChange {
  email: string;
}

/** The same answer for every address. */
export interface EmailChangeRequested {
  message: string;
}

/** The token of the mail. */
export interface EmailProof {
  /** The token of the link, from its `token` parameter. */
  token: string;
}

/** The token of the mail. */
export interface ExportDownload {
  /** The token of the link, from its `token` parameter. */
  token: string;
}

/** The state of one part of the service. */
export interface HealthComponent {
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** How long the check took; absent where nothing had to be asked. */
  durationMs?: number | undefined;
  warnings: string[];
}

/** The state of the service; details for holders of `health:read` only. */
export interface HealthReport {
  /**
   * The worst state of the components. Sign-in providers, which others run, do not count,
   * nor do `schema` and `signIns`, which only tell.
   */
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** An instant in UTC, ISO 8601. */
  checkedAt: Instant;
  /** For holders of `health:read`. */
  version?: string | undefined;
  /** For holders of `health:read`. */
  uptimeSeconds?: number | undefined;
  /** For holders of `health:read`. */
  components?:
    | {
        database: DatabaseComponent;
        jobs: JobsComponent;
        mail: HealthComponent;
        webhooks: WebhooksComponent;
        audit: HealthComponent;
        /** Absent where none is configured. */
        redis?: HealthComponent | undefined;
        /** Absent where none is configured. */
        replica?: ReplicaComponent | undefined;
        /** Absent where no secret is in one. */
        vault?: VaultComponent | undefined;
        identityProviders: HealthComponent;
        storage: HealthComponent;
        system: SystemComponent;
        schema: SchemaComponent;
        signIns: SignInsComponent;
        configuration: HealthComponent;
      }
    | undefined;
}

/** The identities of the account, the oldest first. */
export interface Identities {
  items: Identity[];
}

/** Who the account is at an identity provider, and signs in by. */
export interface Identity {
  /** A UUID. */
  id: string;
  /** As `GET /auth/providers` names it. */
  provider: string;
  /** The address at the provider when it was linked; null: it told none. */
  email: string | null;
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** When it signed in last. */
  lastUsedAt: Instant | null;
  /** The provider does not know us for this person any more; a sign-in with it heals. */
  needsReauthentication: boolean;
}

/** One broken rule of the input. */
export interface InputError {
  /** The part of the request. */
  in: 'body' | 'query' | 'path' | 'headers';
  /** The dotted place inside that part; empty for the whole part. */
  path: string;
  /** The broken rule, for programs: a closed list. */
  code:
    | 'required'
    | 'wrong_type'
    | 'unknown_field'
    | 'not_listed'
    | 'wrong_format'
    | 'too_short'
    | 'too_long'
    | 'too_small'
    | 'too_large'
    | 'too_few'
    | 'too_many'
    | 'invalid_text'
    | 'reserved_name'
    | 'reversed_range'
    | 'invalid_cursor'
    | 'unknown_role'
    | 'wrong_password'
    | 'wrong_code'
    | 'wrong_passkey'
    | 'too_common'
    | 'too_few_classes'
    | 'own_name'
    | 'late_field'
    | 'wrong_digest'
    | 'broken_rule';
  /** The broken rule, for people. */
  message: string;
}

/** An account that somebody may begin. */
export interface Invitation {
  /** A UUID. */
  id: string;
  email: string;
  /** What the account begins with, sorted. */
  roles: string[];
  state: 'pending' | 'accepted' | 'revoked' | 'expired';
  /** The account that invited; null once it is purged. */
  invitedById: string | null;
  /** The account that came of it. */
  userId: string | null;
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** An instant in UTC, ISO 8601. */
  expiresAt: Instant;
}

/** An account has come of an invitation. */
export interface InvitationAcceptedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'invitation.accepted';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    invitationId: string;
    /** A UUID. */
    userId: string;
  };
}

/** Somebody was invited, or invited anew. */
export interface InvitationCreatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'invitation.created';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    invitationId: string;
  };
}

/** One page of a list. */
export interface InvitationPage {
  /** The rows of this page, in the order asked for. */
  items: Invitation[];
  /** Send it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
  /** Where each row of this page is, as a `cursor`; only with `includeCursors`. */
  cursors?: string[] | undefined;
  /** All rows that match; only with `includeTotal`. */
  total?: number | undefined;
}

/** An invitation was taken back. */
export interface InvitationRevokedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'invitation.revoked';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    invitationId: string;
  };
}

/** An access token of a service account. There is nothing to refresh: ask again. */
export interface IssuedToken {
  /** Send it as `Authorization: Bearer …`. A JWT after RFC 9068. */
  access_token: string;
  token_type: 'Bearer';
  /** Its life in seconds. */
  expires_in: number;
  /** What it is good for, as far as the service account may do it at that moment. */
  scope: string;
}

/** The state of the queue of jobs. */
export interface JobsComponent {
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** How long the check took; absent where nothing had to be asked. */
  durationMs?: number | undefined;
  warnings: string[];
  /** How many jobs are due and not done. */
  waiting: number;
  /** For how long the oldest of them has been due. */
  oldestWaitingSeconds: number;
  /** How many jobs have failed for good. */
  dead: number;
}

/** All keys that verify access tokens, current and recent. */
export interface KeySet {
  keys: PublicKey[];
}

/** The address to write to. */
export interface LinkRequest {
  email: string;
}

/** The same answer for every address. */
export interface LinkRequested {
  message: string;
}

/** The token of the mail, and how the session is delivered. */
export interface LinkSignIn {
  /** The token of the link, from its `token` parameter. */
  token: string;
  /** `cookie` for browsers (no token ever reaches a script), `tokens` for programs. */
  delivery: 'cookie' | 'tokens';
}

/** Who is asked, and where to come back to. */
export interface LinkStart {
  /** As `GET /auth/providers` names it. */
  provider: string;
  /** Where to come back to: one of `SIGN_IN_REDIRECTS`, with any query. */
  redirectTo?: string | undefined;
}

/** The process runs. */
export interface Liveness {
  status: 'alive';
}

/** What began from that session has ended, or there was nothing. */
export type LogoutNoted = Record<string, never>;

/** What a provider posts when a session there has ended. */
export interface LogoutNotice {
  /** A JWT of the provider that says whose session has ended. */
  logout_token: string;
}

/** The own account with its effective roles and permissions. */
export interface Me {
  /** Tells this shape from the summary. */
  view: 'full';
  /** A UUID. */
  id: string;
  username: string;
  email: string;
  fullName: string | null;
  /** Of the picture, another one whenever it changes; null where there is none. */
  avatarId: string | null;
  isActive: boolean;
  isEmailVerified: boolean;
  /** The language for mails, as a BCP 47 tag. */
  locale: string | null;
  /** A name of the IANA database. */
  timeZone: string | null;
  /** The names of the roles, sorted. */
  roles: string[];
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** An instant in UTC, ISO 8601. */
  updatedAt: Instant;
  /** What the roles grant, sorted; while somebody acts as the account, what both may do. */
  permissions: (
    | 'health:read'
    | 'users:read'
    | 'roles:read'
    | 'roles:manage'
    | 'audit:read'
    | 'service-accounts:manage'
    | 'webhooks:read'
    | 'webhooks:manage'
    | 'users:manage'
    | 'users:impersonate'
  )[];
  /** Who really acts, while the account is impersonated. */
  act: {
    /** A UUID. */
    id: string;
  } | null;
}

/** What to change in the own account; what is left out stays. */
export interface MyChanges {
  /**
   * Stored in lower case. A few names are reserved, also with dots, underscores and hyphens
   * in them.
   */
  username?: string | undefined;
  /** null clears it. */
  fullName?: string | null | undefined;
  /** The language for mails; null clears it. */
  locale?: string | null | undefined;
  /** null clears it. */
  timeZone?: string | null | undefined;
}

/** An API key to create. */
export interface NewApiKey {
  /** What it is for. */
  name: string;
  /** What it may do, as far as its owner may do it at that moment. */
  scopes: (
    | 'health:read'
    | 'users:read'
    | 'roles:read'
    | 'roles:manage'
    | 'audit:read'
    | 'service-accounts:manage'
    | 'webhooks:read'
    | 'webhooks:manage'
    | 'users:manage'
    | 'users:impersonate'
  )[];
  /** `API_KEY_DAYS` when left out, and at most `API_KEY_MAX_DAYS` of this service. */
  expiresInDays?: number | undefined;
}

/** A picture for an account. */
export interface NewAvatar {
  /**
   * The SHA-256 of the file, as `Repr-Digest` writes it (RFC 9530): where it is another one,
   * nothing is kept.
   */
  digest?: string | undefined;
  /** The picture: PNG, JPEG, WebP or GIF. It is kept and given out as it is. */
  file: FileSource;
}

/** What `passkeys.create` of the client gives. */
export interface NewCredential {
  id: string;
  rawId: string;
  type: 'public-key';
  authenticatorAttachment?: 'platform' | 'cross-platform' | null | undefined;
  clientExtensionResults?:
    | {
        credProps?:
          | {
              rk?: boolean | undefined;
            }
          | undefined;
      }
    | undefined;
  response: {
    clientDataJSON: string;
    attestationObject: string;
    transports?: string[] | undefined;
    authenticatorData?: string | undefined;
    publicKey?: string | undefined;
    publicKeyAlgorithm?: number | undefined;
  };
}

/** Why somebody acts as another account. */
export interface NewImpersonation {
  /** What it is for, as the number of a ticket. The audit keeps it, and the person reads it. */
  reason: string;
}

/** Whom to invite. */
export interface NewInvitation {
  email: string;
  /** Role names; `member` when left out. */
  roles?: string[] | undefined;
}

/** A passkey that the browser has made. */
export interface NewPasskey {
  /** What its owner calls it. */
  name: string;
  credential: NewCredential;
}

/** A role to create. */
export interface NewRole {
  /** The name of a role. */
  name: string;
  /** What the role is for. */
  description?: string | null | undefined;
  /** None when left out. */
  permissions?:
    | (
        | 'health:read'
        | 'users:read'
        | 'roles:read'
        | 'roles:manage'
        | 'audit:read'
        | 'service-accounts:manage'
        | 'webhooks:read'
        | 'webhooks:manage'
        | 'users:manage'
        | 'users:impersonate'
      )[]
    | undefined;
  /** Accounts with it can do nothing else before they have a second factor. */
  requiresSecondFactor?: boolean | undefined;
}

/** A service account to create. */
export interface NewServiceAccount {
  /** No two have the same. */
  name: string;
  /** What it is for. */
  description?: string | null | undefined;
  /** None when left out. */
  roles?: string[] | undefined;
}

/** An account to create. */
export interface NewUser {
  email: string;
  /**
   * Stored in lower case. A few names are reserved, also with dots, underscores and hyphens
   * in them.
   */
  username: string;
  /** Any Unicode text. */
  fullName?: string | null | undefined;
  /** Without one, the account cannot sign in by password before its owner has set one. */
  password?: string | undefined;
  /**
   * Whether the person gets a link by mail to set a password. When left out: where no
   * password is given.
   */
  sendPasswordLink?: boolean | undefined;
  /** Role names; `member` when left out. */
  roles?: string[] | undefined;
}

/** A webhook to create. */
export interface NewWebhook {
  /**
   * Where events are sent to by POST. `https`, without a user or a fragment; it must lead to
   * the public internet, or to a network that this service was told to call.
   */
  url: string;
  /** What it is for. */
  description?: string | null | undefined;
  /**
   * The kinds of events to send, or null for all. Each kind takes the permission with which
   * such events can be read.
   */
  events:
    | (
        | 'account.created'
        | 'account.updated'
        | 'account.deactivated'
        | 'account.activated'
        | 'account.removed'
        | 'account.restored'
        | 'account.erasure_requested'
        | 'account.erasure_cancelled'
        | 'account.erased'
        | 'account.roles_changed'
        | 'account.email_verified'
        | 'account.password_changed'
        | 'account.factor_added'
        | 'account.factor_removed'
        | 'account.recovery_codes_renewed'
        | 'account.codes_guessed'
        | 'account.identity_linked'
        | 'account.identity_unlinked'
        | 'account.impersonated'
        | 'account.impersonation_ended'
        | 'session.started'
        | 'session.started_on_new_device'
        | 'session.ended'
        | 'api_key.created'
        | 'api_key.rotated'
        | 'api_key.revoked'
        | 'service_account.created'
        | 'service_account.updated'
        | 'service_account.removed'
        | 'role.created'
        | 'role.updated'
        | 'role.removed'
        | 'invitation.created'
        | 'invitation.revoked'
        | 'invitation.accepted'
        | 'signing_key.rotated'
        | 'signing_key.revoked'
        | 'audit.sealed'
      )[]
    | null;
}

/** A refusal after RFC 6749. */
export interface OAuthError {
  /** What RFC 6749 calls it (4.1.2.1, 5.2). */
  error:
    | 'invalid_request'
    | 'invalid_client'
    | 'unauthorized_client'
    | 'unsupported_grant_type'
    | 'invalid_scope'
    | 'server_error'
    | 'temporarily_unavailable';
  /** What happened this time. */
  error_description: string;
  /** The page that explains it. */
  error_uri: string;
}

/** One of the own sign-ins. */
export interface OwnSession {
  /** A UUID. */
  id: string;
  /** Whose it is. */
  userId: string;
  /** How the caller holds it. */
  kind: 'cookie' | 'tokens';
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** When the person last proved who they are. */
  authenticatedAt: Instant;
  /** An instant in UTC, ISO 8601. */
  lastSeenAt: Instant;
  /** When it ends unless it is used before. */
  idleExpiresAt: Instant;
  /** When it ends in any case. */
  expiresAt: Instant;
  /** How the person signed in (RFC 8176), as `pwd`. */
  methods: string[];
  userAgent: string | null;
  address: string | null;
  /** Whether somebody else acts as the account; then it does not tell from where. */
  isImpersonation: boolean;
  /** Whether it is the session of this request. */
  isCurrent: boolean;
}

/** Where the account is signed in, the session used last first. */
export interface OwnSessions {
  items: OwnSession[];
}

/** One of the own passkeys. Its secret never leaves the device. */
export interface Passkey {
  /** A UUID. */
  id: string;
  name: string;
  /** Whether it may live on several devices of its owner. */
  isSynced: boolean;
  /** Whether it did when it was used last. */
  isBackedUp: boolean;
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** An instant in UTC, ISO 8601. */
  lastUsedAt: Instant | null;
}

/** What to change. */
export interface PasskeyChanges {
  /** What its owner calls it. */
  name: string;
}

/** The new passkey. */
export interface PasskeyCreated {
  passkey: Passkey;
  /** Shown once, with the first factor of the account; else none. */
  recoveryCodes: string[];
}

/** What `passkeys.create` of the client, or `navigator.credentials.create`, takes. */
export interface PasskeyCreation {
  rp: {
    id: string;
    name: string;
  };
  user: {
    id: string;
    name: string;
    displayName: string;
  };
  challenge: string;
  pubKeyCredParams: {
    type: 'public-key';
    alg: number;
  }[];
  /** Milliseconds that the browser may wait. */
  timeout: number;
  attestation: 'none';
  excludeCredentials: {
    id: string;
    type: 'public-key';
    transports: string[];
  }[];
  authenticatorSelection: {
    residentKey: 'required';
    requireResidentKey: true;
    userVerification: 'required';
  };
}

/** What `passkeys.get` of the client, or `navigator.credentials.get`, takes. */
export interface PasskeyRequest {
  rpId: string;
  challenge: string;
  /** Milliseconds that the browser may wait. */
  timeout: number;
  userVerification: 'required';
  /** Empty: whichever the person chooses. */
  allowCredentials: {
    id: string;
    type: 'public-key';
    transports: string[];
  }[];
}

/** What the passkey answered, and how the session is delivered. */
export interface PasskeySignIn {
  passkey: Assertion;
  /** `cookie` for browsers (no token ever reaches a script), `tokens` for programs. */
  delivery: 'cookie' | 'tokens';
}

/** The passkeys of the account, the oldest first. */
export interface Passkeys {
  items: Passkey[];
}

/** The current and the new password. */
export interface PasswordChange {
  /** Not needed right after a sign-in. */
  currentPassword?: string | undefined;
  newPassword: string;
}

/** The token of the mail, and the new password. */
export interface PasswordReset {
  /** The token of the link, from its `token` parameter. */
  token: string;
  newPassword: string;
}

/** Every permission there is. The list is closed: it changes with a release. */
export interface PermissionCatalogue {
  items: {
    name:
      | 'health:read'
      | 'users:read'
      | 'roles:read'
      | 'roles:manage'
      | 'audit:read'
      | 'service-accounts:manage'
      | 'webhooks:read'
      | 'webhooks:manage'
      | 'users:manage'
      | 'users:impersonate';
    /** What holding it allows. */
    description: string;
    /** Only who holds it, too, can act on an account that holds it. */
    protects: boolean;
  }[];
}

/** An error, after RFC 9457. */
export interface Problem {
  /** The address of the page that explains the code. */
  type: string;
  /** The code in words. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** What happened this time. */
  detail: string;
  /** The stable code to program against. */
  code:
    | 'malformed_request'
    | 'invalid_logout_token'
    | 'unsupported_grant_type'
    | 'invalid_scope'
    | 'unauthorized_client'
    | 'invalid_document'
    | 'document_too_costly'
    | 'unknown_document'
    | 'unauthenticated'
    | 'invalid_credentials'
    | 'invalid_refresh_token'
    | 'invalid_passkey'
    | 'invalid_second_factor'
    | 'invalid_client'
    | 'cross_site_request'
    | 'second_factor_required'
    | 'reauthentication_required'
    | 'account_disabled'
    | 'email_unverified'
    | 'sign_up_closed'
    | 'sign_in_method_off'
    | 'permission_denied'
    | 'people_only'
    | 'impersonation_denied'
    | 'own_account_protected'
    | 'not_found'
    | 'method_not_allowed'
    | 'not_acceptable'
    | 'request_timeout'
    | 'already_done'
    | 'idempotency_key_in_use'
    | 'identity_not_linked'
    | 'identity_taken'
    | 'too_many_identities'
    | 'last_sign_in_method'
    | 'too_many_api_keys'
    | 'api_key_ended'
    | 'not_impersonating'
    | 'system_role_protected'
    | 'last_administrator'
    | 'email_taken'
    | 'username_taken'
    | 'role_name_taken'
    | 'service_account_name_taken'
    | 'too_many_roles'
    | 'account_inactive'
    | 'second_factor_exists'
    | 'second_factor_missing'
    | 'passkey_exists'
    | 'too_many_passkeys'
    | 'too_many_webhooks'
    | 'webhook_paused'
    | 'events_gone'
    | 'operation_gone'
    | 'invalid_link'
    | 'precondition_failed'
    | 'body_too_large'
    | 'unsupported_media_type'
    | 'unknown_host'
    | 'validation_failed'
    | 'idempotency_key_reused'
    | 'precondition_required'
    | 'rate_limited'
    | 'too_many_streams'
    | 'headers_too_large'
    | 'internal_error'
    | 'provider_failed'
    | 'service_unavailable';
  /** The id of the request, as in the log and in `X-Request-Id`. */
  requestId: string;
  /** The broken rules, for invalid input. */
  errors?: InputError[] | undefined;
}

/** What came back, and what shows that it is the same browser or program. */
export interface ProviderCode {
  /** From the address to which the sign-in led back: once, and within a minute. */
  code: string;
  /** As the start answered it. A browser that signs in by cookie holds it in a cookie. */
  binding?: string | undefined;
}

/** Signed out here, and where to sign out at the provider. */
export interface ProviderLoggedOut {
  /** Where to send the browser; null where there is nothing to sign out from. */
  url: string | null;
}

/** Where to come back to from the provider. */
export interface ProviderLogout {
  /** Where the provider leads back to: one of `SIGN_OUT_REDIRECTS`, to the letter. */
  redirectTo?: string | undefined;
  /** Comes back with the browser, as `state`. */
  state?: string | undefined;
}

/** Who is asked, where to come back to, and how the session is delivered. */
export interface ProviderStart {
  /** As `GET /auth/providers` names it. */
  provider: string;
  /** Where to come back to: one of `SIGN_IN_REDIRECTS`, with any query. */
  redirectTo?: string | undefined;
  /** `cookie` for browsers (no token ever reaches a script), `tokens` for programs. */
  delivery: 'cookie' | 'tokens';
}

/** The person goes to the provider now. */
export interface ProviderStarted {
  /** Where to send the browser. */
  url: string;
  /** For programs that hold tokens: to be kept, and given with the code. */
  binding?: string | undefined;
  /** How long the provider may take. */
  expiresInSeconds: number;
}

/** The identity providers that people sign in with here. */
export interface Providers {
  items: {
    /** What a sign-in is started with. */
    name: string;
    /** What a button says. */
    title: string;
  }[];
}

/** A key that verifies access tokens, as a JWK (RFC 7517). */
export interface PublicKey {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  /** As in the header of the tokens it signs. */
  kid: string;
  use: 'sig';
  alg: 'ES256';
}

/** The service takes work. */
export interface Readiness {
  status: 'ready';
}

/** Exactly one thing that proves who calls. */
export interface Reauthentication {
  password?: string | undefined;
  /** The code of the moment (RFC 6238). */
  totp?: string | undefined;
  /** One of the recovery codes, in any spelling. It works once. */
  recoveryCode?: string | undefined;
  passkey?: Assertion | undefined;
}

/** Shown once, to be kept where the other factors are not. */
export interface RecoveryCodes {
  /** Each works once. */
  codes: string[];
}

/** The refresh token of the last answer. */
export interface RefreshRequest {
  refreshToken: string;
}

/** The new account. */
export interface Registered {
  user: User;
}

/** An account to sign up for. */
export interface Registration {
  email: string;
  /**
   * Stored in lower case. A few names are reserved, also with dots, underscores and hyphens
   * in them.
   */
  username: string;
  /** Any Unicode text. */
  fullName?: string | null | undefined;
  password: string;
}

/** The same answer whether or not the address was free. */
export interface RegistrationReceived {
  message: string;
}

/** The replica of the database, as the process that answers found it last. */
export interface ReplicaComponent {
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** How long the check took; absent where nothing had to be asked. */
  durationMs?: number | undefined;
  warnings: string[];
  /** For how long at most it has lacked what the primary has; null: not known. */
  lagSeconds: number | null;
}

/** The token does not work, or never did. */
export type Revoked = Record<string, never>;

/** A named set of permissions that accounts can have. */
export interface Role {
  /** A UUID. */
  id: string;
  name: string;
  description: string | null;
  /** What it grants, sorted. */
  permissions: (
    | 'health:read'
    | 'users:read'
    | 'roles:read'
    | 'roles:manage'
    | 'audit:read'
    | 'service-accounts:manage'
    | 'webhooks:read'
    | 'webhooks:manage'
    | 'users:manage'
    | 'users:impersonate'
  )[];
  /** System roles keep their name and stay. */
  isSystem: boolean;
  /** Accounts with it can do nothing else before they have a second factor. */
  requiresSecondFactor: boolean;
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** An instant in UTC, ISO 8601. */
  updatedAt: Instant;
}

/** What to change; what is left out stays. */
export interface RoleChanges {
  /** The name of a role. */
  name?: string | undefined;
  /** null clears it. */
  description?: string | null | undefined;
  /** Accounts with it can do nothing else before they have a second factor. */
  requiresSecondFactor?: boolean | undefined;
}

/** There is a new role. */
export interface RoleCreatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'role.created';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    roleId: string;
  };
}

/** One page of a list. */
export interface RolePage {
  /** The rows of this page, in the order asked for. */
  items: Role[];
  /** Send it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
  /** Where each row of this page is, as a `cursor`; only with `includeCursors`. */
  cursors?: string[] | undefined;
  /** All rows that match; only with `includeTotal`. */
  total?: number | undefined;
}

/** A role is gone, and nobody has it any more. */
export interface RoleRemovedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'role.removed';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    roleId: string;
  };
}

/**
 * A role was changed: the names of the fields, and the permissions that it grants or
 * grants no more.
 */
export interface RoleUpdatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'role.updated';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    roleId: string;
    changed: string[];
  };
}

/** Those of the things asked for that there are, and that the caller may see. */
export interface Roles {
  items: Role[];
}

/** The schema of the database. */
export interface SchemaComponent {
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** How long the check took; absent where nothing had to be asked. */
  durationMs?: number | undefined;
  warnings: string[];
  /** What ran last; null: not known. */
  lastMigration: string | null;
  /** An instant in UTC, ISO 8601. */
  migratedAt: Instant | null;
}

/** The first factor is right. There is no session before a second one is proven. */
export interface SecondFactorNeeded {
  /** There is no session yet. */
  delivery: 'none';
  /** What the second step of this sign-in is done with: once, and soon. */
  token: string;
  /** The life of the token. */
  expiresInSeconds: number;
  /** What the account can prove it with. */
  factors: ('totp' | 'recovery_code' | 'passkey')[];
  /** For the browser, where it has a passkey. */
  passkey?: PasskeyRequest | undefined;
}

/** Exactly one of the factors. */
export interface SecondFactorProof {
  /** As the sign-in answered it. */
  token: string;
  /** The code of the moment (RFC 6238). */
  totp?: string | undefined;
  /** One of the recovery codes, in any spelling. It works once. */
  recoveryCode?: string | undefined;
  passkey?: Assertion | undefined;
}

/** What the account proves beside its password. Never a secret of it. */
export interface SecondFactors {
  /** Whether the account must have one. */
  isRequired: boolean;
  /** An authenticator app; null: there is none. */
  totp: {
    /** An instant in UTC, ISO 8601. */
    confirmedAt: Instant;
  } | null;
  /** How many the account has. */
  passkeys: number;
  /** How many are not used yet. */
  recoveryCodesLeft: number;
}

/** An account of a program. Nobody signs in to it. */
export interface ServiceAccount {
  /** A UUID. It is the `client_id` of the client credentials grant, too. */
  id: string;
  name: string;
  description: string | null;
  /** Whether its keys and tokens work. */
  isActive: boolean;
  /** Names of its roles, sorted. */
  roles: string[];
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** An instant in UTC, ISO 8601. */
  updatedAt: Instant;
}

/** What to change; what is left out stays. */
export interface ServiceAccountChanges {
  /** No two have the same. */
  name?: string | undefined;
  /** null clears it. */
  description?: string | null | undefined;
  /** false: its keys and tokens rest. */
  isActive?: boolean | undefined;
  /** Replaces the roles; an empty list takes all. */
  roles?: string[] | undefined;
}

/** There is a new service account. */
export interface ServiceAccountCreatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'service_account.created';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    serviceAccountId: string;
  };
}

/** One page of a list. */
export interface ServiceAccountPage {
  /** The rows of this page, in the order asked for. */
  items: ServiceAccount[];
  /** Send it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
  /** Where each row of this page is, as a `cursor`; only with `includeCursors`. */
  cursors?: string[] | undefined;
  /** All rows that match; only with `includeTotal`. */
  total?: number | undefined;
}

/** A service account is gone, with its keys. */
export interface ServiceAccountRemovedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'service_account.removed';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    serviceAccountId: string;
  };
}

/** A service account was changed: its name, its roles, or whether it may act. */
export interface ServiceAccountUpdatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'service_account.updated';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    serviceAccountId: string;
  };
}

/** A sign-in on one device. Its id is public; its secret never is. */
export interface Session {
  /** A UUID. */
  id: string;
  /** Whose it is. */
  userId: string;
  /** How the caller holds it. */
  kind: 'cookie' | 'tokens';
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** When the person last proved who they are. */
  authenticatedAt: Instant;
  /** An instant in UTC, ISO 8601. */
  lastSeenAt: Instant;
  /** When it ends unless it is used before. */
  idleExpiresAt: Instant;
  /** When it ends in any case. */
  expiresAt: Instant;
  /** How the person signed in (RFC 8176), as `pwd`. */
  methods: string[];
  userAgent: string | null;
  address: string | null;
  /** Whether somebody else acts as the account; then it does not tell from where. */
  isImpersonation: boolean;
}

/** A session ended before its time, and why. */
export interface SessionEndedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'session.ended';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    /** A UUID. */
    sessionId: string;
    reason: string;
  };
}

/** A session began: somebody signed in, or began to act as the account. */
export interface SessionStartedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'session.started';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    /** A UUID. */
    sessionId: string;
  };
}

/** An account signed in from a device that it had not been seen on before. */
export interface SessionStartedOnNewDeviceEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'session.started_on_new_device';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** A UUID. */
    userId: string;
    /** A UUID. */
    sessionId: string;
  };
}

/** Sessions were ended. */
export interface SessionsEnded {
  /** How many sessions were ended. */
  ended: number;
}

/** What a page for signing in and up has to know of this service. */
export interface SignInOptions {
  /** Who may begin an account: anybody, whoever was invited, or nobody. */
  signUp: 'open' | 'invite' | 'closed';
  /** Whether nobody signs in before the e-mail address is proven. */
  requiresVerifiedEmail: boolean;
  /** Whether a link in a mail signs in. */
  hasMagicLink: boolean;
  /** In characters. */
  passwordMinLength: number;
}

/** Sign-ins that have failed of late. */
export interface SignInsComponent {
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** How long the check took; absent where nothing had to be asked. */
  durationMs?: number | undefined;
  warnings: string[];
  /**
   * At how many accounts, and names of nobody, passwords or codes were wrong within a
   * quarter of an hour. 1000 stands for more, too.
   */
  failing: number;
  /** How many of them have to wait. */
  heldBack: number;
}

/** A successful sign-in: `delivery` tells where the session is. */
export type SignedIn = CookieSignIn | TokenSignIn;

/** A key signs nothing any more, and nothing that it signed is good. */
export interface SigningKeyRevokedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'signing_key.revoked';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The id of the key, as the key set and tokens name it. */
    kid: string;
  };
}

/** There is another key that signs access tokens: the new one. */
export interface SigningKeyRotatedEvent {
  /** Of the event: the same however often it is told. */
  id: string;
  /** What happened. */
  type: 'signing_key.rotated';
  /** Of the data. It is raised when they mean something else. */
  version: 1;
  /** When it happened. */
  timestamp: Instant;
  data: {
    /** The id of the key, as the key set and tokens name it. */
    kid: string;
  };
}

/** The machine that the process runs on. */
export interface SystemComponent {
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** How long the check took; absent where nothing had to be asked. */
  durationMs?: number | undefined;
  warnings: string[];
  /** What runs or waits for a processor, by processor: the average of a minute. */
  cpuLoad: number;
  /** The share of the memory that is in use. */
  memoryUsed: number;
  /**
   * The share of the disk where files are kept that is free; null: not known, or they are
   * kept in a bucket.
   */
  storageFree: number | null;
}

/** An access and a refresh token. */
export interface TokenPair {
  /** Send it as `Authorization: Bearer …`. A JWT after RFC 9068. */
  accessToken: string;
  tokenType: 'Bearer';
  /** The life of the access token. */
  expiresInSeconds: number;
  /** Good for one refresh; the answer holds the next one. */
  refreshToken: string;
}

/** Who asks for a token, and for what. */
export interface TokenRequest {
  /** The only grant there is. */
  grant_type: 'client_credentials';
  /** Permissions, separated by spaces; those of the key when left out. */
  scope?: string | undefined;
  /** The id of the service account, where `Authorization: Basic` does not say it. */
  client_id?: string | undefined;
  /** One of its API keys, where `Authorization: Basic` does not say it. */
  client_secret?: string | undefined;
}

/** Signed in by tokens, for programs. */
export interface TokenSignIn {
  /** The session is in the tokens of this answer. */
  delivery: 'tokens';
  /** Send it as `Authorization: Bearer …`. A JWT after RFC 9068. */
  accessToken: string;
  tokenType: 'Bearer';
  /** The life of the access token. */
  expiresInSeconds: number;
  /** Good for one refresh; the answer holds the next one. */
  refreshToken: string;
  session: Session;
  user: User;
}

/** The token that shall end. */
export interface TokenToRevoke {
  /** An access or a refresh token. */
  token: string;
  /** Not needed: both kinds are recognised. */
  token_type_hint?: 'access_token' | 'refresh_token' | undefined;
}

/** The first code of the app. */
export interface TotpConfirmation {
  /** The code of the moment (RFC 6238). */
  code: string;
}

/** A secret for an authenticator app. It counts once a code of it was confirmed. */
export interface TotpEnrolment {
  /** In base32, for whoever types it into the app. */
  secret: string;
  /** The same as an `otpauth` address. */
  uri: string;
  /** The address as a picture: SVG. */
  qrCode: string;
}

/** An account, as its owner and administrators see it. */
export interface User {
  /** Tells this shape from the summary. */
  view: 'full';
  /** A UUID. */
  id: string;
  username: string;
  email: string;
  fullName: string | null;
  /** Of the picture, another one whenever it changes; null where there is none. */
  avatarId: string | null;
  isActive: boolean;
  isEmailVerified: boolean;
  /** The language for mails, as a BCP 47 tag. */
  locale: string | null;
  /** A name of the IANA database. */
  timeZone: string | null;
  /** The names of the roles, sorted. */
  roles: string[];
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** An instant in UTC, ISO 8601. */
  updatedAt: Instant;
}

/** What to change; what is left out stays. */
export interface UserChanges {
  email?: string | undefined;
  /**
   * Stored in lower case. A few names are reserved, also with dots, underscores and hyphens
   * in them.
   */
  username?: string | undefined;
  /** null clears it. */
  fullName?: string | null | undefined;
  /** The language for mails; null clears it. */
  locale?: string | null | undefined;
  /** null clears it. */
  timeZone?: string | null | undefined;
  /** Replaces the roles; an empty list takes all. */
  roles?: string[] | undefined;
}

/** One page of a list. */
export interface UserPage {
  /** The rows of this page, in the order asked for. */
  items: UserView[];
  /** Send it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
  /** Where each row of this page is, as a `cursor`; only with `includeCursors`. */
  cursors?: string[] | undefined;
  /** All rows that match; only with `includeTotal`. */
  total?: number | undefined;
}

/** How many accounts there are. */
export interface UserStatistics {
  /** All accounts that are not removed. */
  total: number;
  active: number;
  deactivated: number;
  /** Removed and not yet purged. */
  removed: number;
  createdLast30Days: number;
}

/** What every signed-in person may know of an active account. */
export interface UserSummary {
  /** Tells this shape from the full one. */
  view: 'summary';
  /** A UUID. */
  id: string;
  username: string;
  fullName: string | null;
  /** Of the picture, another one whenever it changes; null where there is none. */
  avatarId: string | null;
}

/** An account in full, or its summary: `view` tells which. */
export type UserView = User | UserSummary;

/** Those of the things asked for that there are, and that the caller may see. */
export interface Users {
  items: UserView[];
}

/** Where secrets come from, as far as the process that answers knows. */
export interface VaultComponent {
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** How long the check took; absent where nothing had to be asked. */
  durationMs?: number | undefined;
  warnings: string[];
  /** How long ago this process has read it without a failure. */
  ageSeconds: number;
  secrets: {
    name: string;
    /** The one that was read last. */
    version: number;
  }[];
}

/** The proof of an address. */
export interface Verification {
  /** The token of the link, from its `token` parameter. */
  token: string;
  /**
   * The password from now on: the one of the sign-up, or a new one. Needed unless the
   * account has none, or is the one that is signed in.
   */
  password?: string | undefined;
  /** Another username, where that of a private sign-up was taken meanwhile. */
  username?: string | undefined;
}

/** An address that is told of events. Its secret was shown once. */
export interface Webhook {
  /** A UUID. */
  id: string;
  url: string;
  description: string | null;
  /** The kinds of events that it gets; null: all. */
  events:
    | (
        | 'account.created'
        | 'account.updated'
        | 'account.deactivated'
        | 'account.activated'
        | 'account.removed'
        | 'account.restored'
        | 'account.erasure_requested'
        | 'account.erasure_cancelled'
        | 'account.erased'
        | 'account.roles_changed'
        | 'account.email_verified'
        | 'account.password_changed'
        | 'account.factor_added'
        | 'account.factor_removed'
        | 'account.recovery_codes_renewed'
        | 'account.codes_guessed'
        | 'account.identity_linked'
        | 'account.identity_unlinked'
        | 'account.impersonated'
        | 'account.impersonation_ended'
        | 'session.started'
        | 'session.started_on_new_device'
        | 'session.ended'
        | 'api_key.created'
        | 'api_key.rotated'
        | 'api_key.revoked'
        | 'service_account.created'
        | 'service_account.updated'
        | 'service_account.removed'
        | 'role.created'
        | 'role.updated'
        | 'role.removed'
        | 'invitation.created'
        | 'invitation.revoked'
        | 'invitation.accepted'
        | 'signing_key.rotated'
        | 'signing_key.revoked'
        | 'audit.sealed'
      )[]
    | null;
  /** While it is paused events collect, for as long as deliveries are kept. */
  state: 'active' | 'paused';
  /** `asked`, `failing` for three days, or `gone`: it answered 410. */
  pauseReason: 'asked' | 'failing' | 'gone' | null;
  /** An instant in UTC, ISO 8601. */
  pausedAt: Instant | null;
  /** Until then the secret before the last rotation signs, too. */
  previousSecretUntil: Instant | null;
  /** The account that made it; null: a program did, or it is gone. */
  createdById: string | null;
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** An instant in UTC, ISO 8601. */
  updatedAt: Instant;
}

/** What to change; what is left out stays. */
export interface WebhookChanges {
  /**
   * Where events are sent to by POST. `https`, without a user or a fragment; it must lead to
   * the public internet, or to a network that this service was told to call.
   */
  url?: string | undefined;
  /** null clears it. */
  description?: string | null | undefined;
  /**
   * The kinds of events to send, or null for all. Each kind takes the permission with which
   * such events can be read.
   */
  events?:
    | (
        | 'account.created'
        | 'account.updated'
        | 'account.deactivated'
        | 'account.activated'
        | 'account.removed'
        | 'account.restored'
        | 'account.erasure_requested'
        | 'account.erasure_cancelled'
        | 'account.erased'
        | 'account.roles_changed'
        | 'account.email_verified'
        | 'account.password_changed'
        | 'account.factor_added'
        | 'account.factor_removed'
        | 'account.recovery_codes_renewed'
        | 'account.codes_guessed'
        | 'account.identity_linked'
        | 'account.identity_unlinked'
        | 'account.impersonated'
        | 'account.impersonation_ended'
        | 'session.started'
        | 'session.started_on_new_device'
        | 'session.ended'
        | 'api_key.created'
        | 'api_key.rotated'
        | 'api_key.revoked'
        | 'service_account.created'
        | 'service_account.updated'
        | 'service_account.removed'
        | 'role.created'
        | 'role.updated'
        | 'role.removed'
        | 'invitation.created'
        | 'invitation.revoked'
        | 'invitation.accepted'
        | 'signing_key.rotated'
        | 'signing_key.revoked'
        | 'audit.sealed'
      )[]
    | null
    | undefined;
  /** `paused` stops it; `active` lets it go on, with what has collected. */
  state?: 'active' | 'paused' | undefined;
}

/** What became of an event for a webhook. What was answered is kept nowhere. */
export interface WebhookDelivery {
  /** A UUID. */
  id: string;
  /** The `webhook-id` of the request: the same in every attempt. */
  eventId: string;
  event:
    | 'account.created'
    | 'account.updated'
    | 'account.deactivated'
    | 'account.activated'
    | 'account.removed'
    | 'account.restored'
    | 'account.erasure_requested'
    | 'account.erasure_cancelled'
    | 'account.erased'
    | 'account.roles_changed'
    | 'account.email_verified'
    | 'account.password_changed'
    | 'account.factor_added'
    | 'account.factor_removed'
    | 'account.recovery_codes_renewed'
    | 'account.codes_guessed'
    | 'account.identity_linked'
    | 'account.identity_unlinked'
    | 'account.impersonated'
    | 'account.impersonation_ended'
    | 'session.started'
    | 'session.started_on_new_device'
    | 'session.ended'
    | 'api_key.created'
    | 'api_key.rotated'
    | 'api_key.revoked'
    | 'service_account.created'
    | 'service_account.updated'
    | 'service_account.removed'
    | 'role.created'
    | 'role.updated'
    | 'role.removed'
    | 'invitation.created'
    | 'invitation.revoked'
    | 'invitation.accepted'
    | 'signing_key.rotated'
    | 'signing_key.revoked'
    | 'audit.sealed';
  isTest: boolean;
  /** `failed`: given up. */
  state: 'waiting' | 'delivered' | 'failed';
  /** How often it was tried. */
  attempts: number;
  /** An instant in UTC, ISO 8601. */
  lastAttemptAt: Instant | null;
  /** Not before; null: it is done, or waits for an earlier event about the same thing. */
  nextAttemptAt: Instant | null;
  /** What the last attempt was answered. */
  status: number | null;
  /** How long the last attempt took. */
  durationMs: number | null;
  /** Why the last attempt failed; `refused`: by its status. */
  error:
    | 'refused'
    | 'redirect'
    | 'timed_out'
    | 'name_not_found'
    | 'not_reachable'
    | 'connection_lost'
    | 'tls_failed'
    | 'invalid_answer'
    | 'address_refused'
    | 'secret_lost'
    | null;
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
}

/** One page of a list. */
export interface WebhookDeliveryPage {
  /** The rows of this page, in the order asked for. */
  items: WebhookDelivery[];
  /** Send it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
  /** Where each row of this page is, as a `cursor`; only with `includeCursors`. */
  cursors?: string[] | undefined;
  /** All rows that match; only with `includeTotal`. */
  total?: number | undefined;
}

/** One page of a list. */
export interface WebhookPage {
  /** The rows of this page, in the order asked for. */
  items: Webhook[];
  /** Send it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
  /** Where each row of this page is, as a `cursor`; only with `includeCursors`. */
  cursors?: string[] | undefined;
  /** All rows that match; only with `includeTotal`. */
  total?: number | undefined;
}

/** How to rotate. */
export interface WebhookRotation {
  /** How long the old secret signs beside the new one; a day when left out. */
  overlapSeconds?: number | undefined;
}

/** What to send as a test. */
export interface WebhookTest {
  /** The kind of which an example is sent. */
  event:
    | 'account.created'
    | 'account.updated'
    | 'account.deactivated'
    | 'account.activated'
    | 'account.removed'
    | 'account.restored'
    | 'account.erasure_requested'
    | 'account.erasure_cancelled'
    | 'account.erased'
    | 'account.roles_changed'
    | 'account.email_verified'
    | 'account.password_changed'
    | 'account.factor_added'
    | 'account.factor_removed'
    | 'account.recovery_codes_renewed'
    | 'account.codes_guessed'
    | 'account.identity_linked'
    | 'account.identity_unlinked'
    | 'account.impersonated'
    | 'account.impersonation_ended'
    | 'session.started'
    | 'session.started_on_new_device'
    | 'session.ended'
    | 'api_key.created'
    | 'api_key.rotated'
    | 'api_key.revoked'
    | 'service_account.created'
    | 'service_account.updated'
    | 'service_account.removed'
    | 'role.created'
    | 'role.updated'
    | 'role.removed'
    | 'invitation.created'
    | 'invitation.revoked'
    | 'invitation.accepted'
    | 'signing_key.rotated'
    | 'signing_key.revoked'
    | 'audit.sealed';
}

/** A webhook, with the secret that it was given just now. */
export interface WebhookWithSecret {
  /** A UUID. */
  id: string;
  url: string;
  description: string | null;
  /** The kinds of events that it gets; null: all. */
  events:
    | (
        | 'account.created'
        | 'account.updated'
        | 'account.deactivated'
        | 'account.activated'
        | 'account.removed'
        | 'account.restored'
        | 'account.erasure_requested'
        | 'account.erasure_cancelled'
        | 'account.erased'
        | 'account.roles_changed'
        | 'account.email_verified'
        | 'account.password_changed'
        | 'account.factor_added'
        | 'account.factor_removed'
        | 'account.recovery_codes_renewed'
        | 'account.codes_guessed'
        | 'account.identity_linked'
        | 'account.identity_unlinked'
        | 'account.impersonated'
        | 'account.impersonation_ended'
        | 'session.started'
        | 'session.started_on_new_device'
        | 'session.ended'
        | 'api_key.created'
        | 'api_key.rotated'
        | 'api_key.revoked'
        | 'service_account.created'
        | 'service_account.updated'
        | 'service_account.removed'
        | 'role.created'
        | 'role.updated'
        | 'role.removed'
        | 'invitation.created'
        | 'invitation.revoked'
        | 'invitation.accepted'
        | 'signing_key.rotated'
        | 'signing_key.revoked'
        | 'audit.sealed'
      )[]
    | null;
  /** While it is paused events collect, for as long as deliveries are kept. */
  state: 'active' | 'paused';
  /** `asked`, `failing` for three days, or `gone`: it answered 410. */
  pauseReason: 'asked' | 'failing' | 'gone' | null;
  /** An instant in UTC, ISO 8601. */
  pausedAt: Instant | null;
  /** Until then the secret before the last rotation signs, too. */
  previousSecretUntil: Instant | null;
  /** The account that made it; null: a program did, or it is gone. */
  createdById: string | null;
  /** An instant in UTC, ISO 8601. */
  createdAt: Instant;
  /** An instant in UTC, ISO 8601. */
  updatedAt: Instant;
  /** What signs, for whoever verifies: shown now, and never again. */
  secret: string;
}

/** The state of deliveries to webhooks. */
export interface WebhooksComponent {
  status: 'healthy' | 'degraded' | 'unhealthy';
  /** How long the check took; absent where nothing had to be asked. */
  durationMs?: number | undefined;
  warnings: string[];
  /** How many deliveries are due and not tried. */
  waiting: number;
  /** For how long the oldest of them has been due. */
  oldestWaitingSeconds: number;
  /** How many webhooks were paused because nothing arrived there. */
  paused: number;
}
