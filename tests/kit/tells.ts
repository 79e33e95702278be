import type { EventName } from '../../contract/events.ts';

/** Why an operation that changes something tells nobody. */
export class Silent {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

const challenge = new Silent(
  'A challenge or a code waits for its answer: nothing has changed yet.',
);
const mailed = new Silent('It sends a mail, or none: who asks must not learn of accounts.');
const sent = new Silent(
  'Where events are sent is no news for those who get them; the audit has it.',
);
const often = new Silent('It happens all the time, and who may do what is as before.');

/**
 * What each changing operation of ours tells of when it does what it is for, or why it tells nobody.
 * What follows from it besides (sessions that end with a password) is in no list.
 */
export const tells: Readonly<Record<string, readonly EventName[] | Silent>> = {
  authRegister: ['account.created'],
  authLogin: ['session.started'],
  authProveSecondFactor: ['session.started'],
  authPasskeyOptions: challenge,
  authPasskey: ['session.started'],
  authReauthenticate: new Silent('The same session goes on, by somebody who was known already.'),
  authRefresh: often,
  authToken: often,
  authRevoke: ['session.ended'],
  authLogout: ['session.ended'],
  oidcStart: challenge,
  oidcExchange: ['session.started'],
  oidcLogout: ['session.ended'],
  oidcBackChannelLogout: ['session.ended'],
  oidcStartLink: challenge,
  oidcLink: ['account.identity_linked'],
  verificationRequest: mailed,
  verificationConfirm: ['account.email_verified'],
  passwordResetRequest: mailed,
  passwordResetConfirm: ['account.password_changed'],
  passwordResetSend: mailed,
  magicLinkRequest: mailed,
  magicLinkConfirm: ['session.started'],
  emailChangeRequest: mailed,
  emailChangeConfirm: ['account.updated', 'account.email_verified'],
  emailChangeRevert: ['account.updated', 'account.email_verified'],
  invitationsCreate: ['invitation.created'],
  invitationsRevoke: ['invitation.revoked'],
  invitationsAccept: ['invitation.accepted', 'account.created'],
  meUpdate: ['account.updated'],
  meChangePassword: ['account.password_changed'],
  accountExportRequest: mailed,
  accountExportDownload: new Silent('The owner reads what is theirs; the audit has it.'),
  accountErasureRequest: ['account.erasure_requested'],
  accountErasureCancel: ['account.erasure_cancelled'],
  sessionsEnd: ['session.ended'],
  sessionsEndOthers: ['session.ended'],
  sessionsEndAll: ['session.ended'],
  impersonationStart: ['session.started', 'account.impersonated'],
  impersonationEnd: ['session.ended', 'account.impersonation_ended'],
  secondFactorsEnrol: challenge,
  secondFactorsConfirm: ['account.factor_added'],
  secondFactorsRemoveTotp: ['account.factor_removed'],
  secondFactorsRenewCodes: ['account.recovery_codes_renewed'],
  secondFactorsReset: ['account.factor_removed'],
  passkeysOptions: challenge,
  passkeysCreate: ['account.factor_added'],
  passkeysRename: new Silent('What somebody calls their device is nobody else’s business.'),
  passkeysRemove: ['account.factor_removed'],
  apiKeysCreate: ['api_key.created'],
  apiKeysRotate: ['api_key.created', 'api_key.rotated'],
  apiKeysRevoke: ['api_key.revoked'],
  identitiesUnlink: ['account.identity_unlinked'],
  usersCreate: ['account.created'],
  usersUpdate: ['account.updated'],
  usersRemove: ['account.removed'],
  usersDeactivate: ['account.deactivated'],
  usersActivate: ['account.activated'],
  usersRestore: ['account.restored'],
  usersAssignRole: ['account.roles_changed'],
  usersTakeRole: ['account.roles_changed'],
  serviceAccountsCreate: ['service_account.created'],
  serviceAccountsUpdate: ['service_account.updated'],
  serviceAccountsRemove: ['service_account.removed'],
  serviceAccountsCreateKey: ['api_key.created'],
  serviceAccountsRotateKey: ['api_key.created', 'api_key.rotated'],
  serviceAccountsRevokeKey: ['api_key.revoked'],
  meSetAvatar: ['account.updated'],
  meRemoveAvatar: ['account.updated'],
  usersRemoveAvatar: ['account.updated'],
  rolesCreate: ['role.created'],
  rolesUpdate: ['role.updated'],
  rolesRemove: ['role.removed'],
  rolesGrant: ['role.updated'],
  rolesRevoke: ['role.updated'],
  webhooksCreate: sent,
  webhooksUpdate: sent,
  webhooksRemove: sent,
  webhooksRotateSecret: sent,
  webhooksTest: sent,
  webhooksRedeliver: sent,
};

/** What no operation is for: a job, a command, or what follows from something else. */
export const toldBesides: readonly EventName[] = [
  'account.erased',
  'account.codes_guessed',
  'session.started_on_new_device',
  'signing_key.rotated',
  'signing_key.revoked',
  'audit.sealed',
];

/** Every event that an operation is for, with it. */
export function eventsOwed(): [operationId: string, event: EventName][] {
  return Object.entries(tells).flatMap(([operationId, events]) =>
    events instanceof Silent
      ? []
      : events.map((event): [string, EventName] => [operationId, event]),
  );
}
