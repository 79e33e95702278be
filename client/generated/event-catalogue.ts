// Generated from the contract by `npm run generate`. Do not edit.

import type {
  AccountActivatedEvent,
  AccountCodesGuessedEvent,
  AccountCreatedEvent,
  AccountDeactivatedEvent,
  AccountEmailVerifiedEvent,
  AccountErasedEvent,
  AccountFactorAddedEvent,
  AccountFactorRemovedEvent,
  AccountIdentityLinkedEvent,
  AccountIdentityUnlinkedEvent,
  AccountImpersonatedEvent,
  AccountPasswordChangedEvent,
  AccountRemovedEvent,
  AccountRestoredEvent,
  AccountRolesChangedEvent,
  AccountUpdatedEvent,
  ApiKeyCreatedEvent,
  ApiKeyRevokedEvent,
  ApiKeyRotatedEvent,
  ServiceAccountCreatedEvent,
  ServiceAccountRemovedEvent,
  ServiceAccountUpdatedEvent,
  SessionEndedEvent,
  SessionStartedOnNewDeviceEvent,
} from './schemas.ts';

export type {
  AccountActivatedEvent,
  AccountCodesGuessedEvent,
  AccountCreatedEvent,
  AccountDeactivatedEvent,
  AccountEmailVerifiedEvent,
  AccountErasedEvent,
  AccountFactorAddedEvent,
  AccountFactorRemovedEvent,
  AccountIdentityLinkedEvent,
  AccountIdentityUnlinkedEvent,
  AccountImpersonatedEvent,
  AccountPasswordChangedEvent,
  AccountRemovedEvent,
  AccountRestoredEvent,
  AccountRolesChangedEvent,
  AccountUpdatedEvent,
  ApiKeyCreatedEvent,
  ApiKeyRevokedEvent,
  ApiKeyRotatedEvent,
  ServiceAccountCreatedEvent,
  ServiceAccountRemovedEvent,
  ServiceAccountUpdatedEvent,
  SessionEndedEvent,
  SessionStartedOnNewDeviceEvent,
};

/** Something that happened: `type` tells what. */
export type Event =
  | AccountCreatedEvent
  | AccountUpdatedEvent
  | AccountDeactivatedEvent
  | AccountActivatedEvent
  | AccountRemovedEvent
  | AccountRestoredEvent
  | AccountErasedEvent
  | AccountRolesChangedEvent
  | AccountEmailVerifiedEvent
  | AccountPasswordChangedEvent
  | AccountFactorAddedEvent
  | AccountFactorRemovedEvent
  | AccountCodesGuessedEvent
  | AccountIdentityLinkedEvent
  | AccountIdentityUnlinkedEvent
  | AccountImpersonatedEvent
  | SessionStartedOnNewDeviceEvent
  | SessionEndedEvent
  | ApiKeyCreatedEvent
  | ApiKeyRotatedEvent
  | ApiKeyRevokedEvent
  | ServiceAccountCreatedEvent
  | ServiceAccountUpdatedEvent
  | ServiceAccountRemovedEvent;

/** What can be told, by the `type` of the event. */
export const eventTypes = [
  'account.created',
  'account.updated',
  'account.deactivated',
  'account.activated',
  'account.removed',
  'account.restored',
  'account.erased',
  'account.roles_changed',
  'account.email_verified',
  'account.password_changed',
  'account.factor_added',
  'account.factor_removed',
  'account.codes_guessed',
  'account.identity_linked',
  'account.identity_unlinked',
  'account.impersonated',
  'session.started_on_new_device',
  'session.ended',
  'api_key.created',
  'api_key.rotated',
  'api_key.revoked',
  'service_account.created',
  'service_account.updated',
  'service_account.removed',
] as const;
