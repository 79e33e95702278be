import type { LinkPage } from '../../platform/links.ts';

/** What a person fills in. */
export interface Field {
  /** As the operation calls it. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  /** For password managers. */
  readonly autocomplete: string;
  readonly hint?: string;
  readonly isOptional?: true;
}

/** A page that a link in a mail leads to: what it asks, and what its button does. */
export interface LinkForm {
  readonly title: string;
  /** What happens when the button is pressed. */
  readonly lead: string;
  readonly button: string;
  /** By its name in the contract. Where the contract has none such, there is no such page. */
  readonly operation: string;
  readonly fields: readonly Field[];
  /** The parameter of the link, and the field of the operation; `token` when left out. */
  readonly carries?: string;
  /** What the page says where an `error` came instead. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What goes along without being asked. */
  readonly fixed?: Readonly<Record<string, string>>;
  readonly done: { readonly title: string; readonly text: string };
}

const newPassword = { type: 'password', autocomplete: 'new-password' } as const;

/** A page that no mail leads to, but an identity provider. */
type LandingPage = 'provider-sign-in';

export const linkForms: Readonly<Record<LinkPage | LandingPage, LinkForm>> = {
  'verify-email': {
    title: 'Verify your e-mail address',
    lead: 'Press the button to show that this address is yours.',
    button: 'Verify the address',
    operation: 'verification.confirm',
    fields: [
      {
        ...newPassword,
        name: 'password',
        label: 'Your password',
        hint: 'The one that you signed up with, or a new one. Not needed where you are signed in.',
        isOptional: true,
      },
    ],
    done: {
      title: 'Your address is verified',
      text: 'You can close this page and sign in.',
    },
  },
  'reset-password': {
    title: 'Set a new password',
    lead: 'Every session of your account ends when you set a new password.',
    button: 'Set the password',
    operation: 'passwordReset.confirm',
    fields: [{ ...newPassword, name: 'newPassword', label: 'New password' }],
    done: {
      title: 'Your password is set',
      text: 'You can close this page and sign in with the new password.',
    },
  },
  'sign-in': {
    title: 'Sign in',
    lead: 'Press the button to sign in on this device.',
    button: 'Sign in',
    operation: 'magicLink.confirm',
    fields: [],
    fixed: { delivery: 'cookie' },
    done: { title: 'You are signed in', text: 'You can close this page.' },
  },
  'accept-invitation': {
    title: 'Accept your invitation',
    lead: 'Choose how you are called here, and a password.',
    button: 'Create the account',
    operation: 'invitations.accept',
    fields: [
      { name: 'username', label: 'Username', type: 'text', autocomplete: 'username' },
      {
        name: 'fullName',
        label: 'Full name',
        type: 'text',
        autocomplete: 'name',
        hint: 'You may leave it empty.',
        isOptional: true,
      },
      { ...newPassword, name: 'password', label: 'Password' },
    ],
    done: { title: 'Your account is ready', text: 'You can close this page and sign in.' },
  },
  'confirm-email-change': {
    title: 'Confirm your new address',
    lead: 'Press the button to use this address for your account from now on.',
    button: 'Use this address',
    operation: 'emailChange.confirm',
    fields: [],
    done: {
      title: 'Your address is changed',
      text: 'From now on you sign in with the new address.',
    },
  },
  'revert-email-change': {
    title: 'Take your old address back',
    lead: 'If it was not you who changed the address of your account, press the button. Every session of the account ends, and a link to set a new password is sent to you.',
    button: 'Take the old address back',
    operation: 'emailChange.revert',
    fields: [],
    done: {
      title: 'Your old address is back',
      text: 'A mail with a link to set a new password is on its way to you.',
    },
  },
  'download-export': {
    title: 'Download your data',
    lead: 'Press the button to download what is stored about you. The link works once.',
    button: 'Download',
    operation: 'accountExport.download',
    fields: [],
    done: { title: 'Your data was sent', text: 'You can close this page.' },
  },
  'provider-sign-in': {
    title: 'Sign in',
    lead: 'Press the button to sign in in this browser.',
    button: 'Sign in',
    operation: 'oidc.exchange',
    carries: 'code',
    fields: [],
    errors: {
      access_denied: 'You were not signed in at the provider.',
      sign_in_expired:
        'The sign-in took too long, was used before, or began in another browser. Begin it anew.',
      provider_failed: 'The provider does not answer as it should. Try again later.',
    },
    done: { title: 'You are signed in', text: 'You can close this page.' },
  },
};
