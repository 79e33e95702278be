// Generated from the contract by `npm run generate`. Do not edit.

import type {
  AccountActivatedEvent,
  AccountCodesGuessedEvent,
  AccountCreatedEvent,
  AccountDeactivatedEvent,
  AccountEmailVerifiedEvent,
  AccountErasedEvent,
  AccountErasureCancelledEvent,
  AccountErasureRequestedEvent,
  AccountFactorAddedEvent,
  AccountFactorRemovedEvent,
  AccountIdentityLinkedEvent,
  AccountIdentityUnlinkedEvent,
  AccountImpersonatedEvent,
  AccountImpersonationEndedEvent,
  AccountPasswordChangedEvent,
  AccountRecoveryCodesRenewedEvent,
  AccountRemovedEvent,
  AccountRestoredEvent,
  AccountRolesChangedEvent,
  AccountUpdatedEvent,
  ApiKeyCreatedEvent,
  ApiKeyRevokedEvent,
  ApiKeyRotatedEvent,
  AuditSealedEvent,
  InvitationAcceptedEvent,
  InvitationCreatedEvent,
  InvitationRevokedEvent,
  RoleCreatedEvent,
  RoleRemovedEvent,
  RoleUpdatedEvent,
  ServiceAccountCreatedEvent,
  ServiceAccountRemovedEvent,
  ServiceAccountUpdatedEvent,
  SessionEndedEvent,
  SessionStartedEvent,
  SessionStartedOnNewDeviceEvent,
  SigningKeyRevokedEvent,
  SigningKeyRotatedEvent,
} from './schemas.ts';

export type {
  AccountActivatedEvent,
  AccountCodesGuessedEvent,
  AccountCreatedEvent,
  AccountDeactivatedEvent,
  AccountEmailVerifiedEvent,
  AccountErasedEvent,
  AccountErasureCancelledEvent,
  AccountErasureRequestedEvent,
  AccountFactorAddedEvent,
  AccountFactorRemovedEvent,
  AccountIdentityLinkedEvent,
  AccountIdentityUnlinkedEvent,
  AccountImpersonatedEvent,
  AccountImpersonationEndedEvent,
  AccountPasswordChangedEvent,
  AccountRecoveryCodesRenewedEvent,
  AccountRemovedEvent,
  AccountRestoredEvent,
  AccountRolesChangedEvent,
  AccountUpdatedEvent,
  ApiKeyCreatedEvent,
  ApiKeyRevokedEvent,
  ApiKeyRotatedEvent,
  AuditSealedEvent,
  InvitationAcceptedEvent,
  InvitationCreatedEvent,
  InvitationRevokedEvent,
  RoleCreatedEvent,
  RoleRemovedEvent,
  RoleUpdatedEvent,
  ServiceAccountCreatedEvent,
  ServiceAccountRemovedEvent,
  ServiceAccountUpdatedEvent,
  SessionEndedEvent,
  SessionStartedEvent,
  SessionStartedOnNewDeviceEvent,
  SigningKeyRevokedEvent,
  SigningKeyRotatedEvent,
};

/** Something that happened: `type` tells what. */
export type Event =
  | AccountCreatedEvent
  | AccountUpdatedEvent
  | AccountDeactivatedEvent
  | AccountActivatedEvent
  | AccountRemovedEvent
  | AccountRestoredEvent
  | AccountErasureRequestedEvent
  | AccountErasureCancelledEvent
  | AccountErasedEvent
  | AccountRolesChangedEvent
  | AccountEmailVerifiedEvent
  | AccountPasswordChangedEvent
  | AccountFactorAddedEvent
  | AccountFactorRemovedEvent
  | AccountRecoveryCodesRenewedEvent
  | AccountCodesGuessedEvent
  | AccountIdentityLinkedEvent
  | AccountIdentityUnlinkedEvent
  | AccountImpersonatedEvent
  | AccountImpersonationEndedEvent
  | SessionStartedEvent
  | SessionStartedOnNewDeviceEvent
  | SessionEndedEvent
  | ApiKeyCreatedEvent
  | ApiKeyRotatedEvent
  | ApiKeyRevokedEvent
  | ServiceAccountCreatedEvent
  | ServiceAccountUpdatedEvent
  | ServiceAccountRemovedEvent
  | RoleCreatedEvent
  | RoleUpdatedEvent
  | RoleRemovedEvent
  | InvitationCreatedEvent
  | InvitationRevokedEvent
  | InvitationAcceptedEvent
  | SigningKeyRotatedEvent
  | SigningKeyRevokedEvent
  | AuditSealedEvent;

/** What can be told, by the `type` of the event. */
export const eventTypes = [
  'account.created',
  'account.updated',
  'account.deactivated',
  'account.activated',
  'account.removed',
  'account.restored',
  'account.erasure_requested',
  'account.erasure_cancelled',
  'account.erased',
  'account.roles_changed',
  'account.email_verified',
  'account.password_changed',
  'account.factor_added',
  'account.factor_removed',
  'account.recovery_codes_renewed',
  'account.codes_guessed',
  'account.identity_linked',
  'account.identity_unlinked',
  'account.impersonated',
  'account.impersonation_ended',
  'session.started',
  'session.started_on_new_device',
  'session.ended',
  'api_key.created',
  'api_key.rotated',
  'api_key.revoked',
  'service_account.created',
  'service_account.updated',
  'service_account.removed',
  'role.created',
  'role.updated',
  'role.removed',
  'invitation.created',
  'invitation.revoked',
  'invitation.accepted',
  'signing_key.rotated',
  'signing_key.revoked',
  'audit.sealed',
] as const;
