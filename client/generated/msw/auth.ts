// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  AuthLoginAnswer,
  AuthLoginInput,
  AuthLogoutAnswer,
  AuthLogoutInput,
  AuthOptionsAnswer,
  AuthOptionsInput,
  AuthPasskeyAnswer,
  AuthPasskeyInput,
  AuthPasskeyOptionsAnswer,
  AuthPasskeyOptionsInput,
  AuthProveSecondFactorAnswer,
  AuthProveSecondFactorInput,
  AuthReauthenticateAnswer,
  AuthReauthenticateInput,
  AuthRefreshAnswer,
  AuthRefreshInput,
  AuthRegisterAnswer,
  AuthRegisterInput,
  AuthRevokeAnswer,
  AuthRevokeInput,
  AuthSessionAnswer,
  AuthSessionInput,
  AuthTokenAnswer,
  AuthTokenInput,
} from '../auth.ts';
import * as examples from './examples.ts';

/** Handlers of `auth`. */
export interface AuthMock<Handler> {
  /**
   * Sign up.
   *
   * `POST /api/v1/auth/register`. Anyone may call it.
   */
  register(reply?: Reply<AuthRegisterInput, AuthRegisterAnswer>): Handler;
  /**
   * Sign in.
   *
   * `POST /api/v1/auth/login`. Anyone may call it.
   */
  login(reply?: Reply<AuthLoginInput, AuthLoginAnswer>): Handler;
  /**
   * Prove the second factor.
   *
   * `POST /api/v1/auth/second-factor`. Anyone may call it.
   */
  proveSecondFactor(reply?: Reply<AuthProveSecondFactorInput, AuthProveSecondFactorAnswer>): Handler;
  /**
   * Begin to sign in by passkey.
   *
   * `POST /api/v1/auth/passkey/options`. Anyone may call it.
   */
  passkeyOptions(reply?: Reply<AuthPasskeyOptionsInput, AuthPasskeyOptionsAnswer>): Handler;
  /**
   * Sign in by passkey.
   *
   * `POST /api/v1/auth/passkey`. Anyone may call it.
   */
  passkey(reply?: Reply<AuthPasskeyInput, AuthPasskeyAnswer>): Handler;
  /**
   * Prove anew who you are.
   *
   * `POST /api/v1/auth/reauthenticate`. Needs a sign-in.
   */
  reauthenticate(reply?: Reply<AuthReauthenticateInput, AuthReauthenticateAnswer>): Handler;
  /**
   * Refresh the tokens.
   *
   * `POST /api/v1/auth/refresh`. Anyone may call it.
   */
  refresh(reply?: Reply<AuthRefreshInput, AuthRefreshAnswer>): Handler;
  /**
   * Get a token for a program.
   *
   * `POST /api/v1/auth/token`. Anyone may call it.
   */
  token(reply?: Reply<AuthTokenInput, AuthTokenAnswer>): Handler;
  /**
   * Revoke a token.
   *
   * `POST /api/v1/auth/revoke`. Anyone may call it.
   */
  revoke(reply?: Reply<AuthRevokeInput, AuthRevokeAnswer>): Handler;
  /**
   * Get the ways to sign in.
   *
   * `GET /api/v1/auth/options`. Anyone may call it.
   */
  options(reply?: Reply<AuthOptionsInput, AuthOptionsAnswer>): Handler;
  /**
   * Sign out.
   *
   * `POST /api/v1/auth/logout`. Needs a sign-in.
   */
  logout(reply?: Reply<AuthLogoutInput, AuthLogoutAnswer>): Handler;
  /**
   * Get the current session.
   *
   * `GET /api/v1/auth/session`. Needs a sign-in.
   */
  session(reply?: Reply<AuthSessionInput, AuthSessionAnswer>): Handler;
}

export const authSketches: Sketches = {
  register: {
    method: 'post',
    path: '/api/v1/auth/register',
    status: 201,
    examples: [examples.Registered],
  },
  login: {
    method: 'post',
    path: '/api/v1/auth/login',
    status: 200,
    examples: [examples.CookieSignIn, examples.TokenSignIn],
  },
  proveSecondFactor: {
    method: 'post',
    path: '/api/v1/auth/second-factor',
    status: 200,
    examples: [examples.CookieSignIn, examples.TokenSignIn],
  },
  passkeyOptions: {
    method: 'post',
    path: '/api/v1/auth/passkey/options',
    status: 200,
    examples: [examples.PasskeyRequest],
  },
  passkey: {
    method: 'post',
    path: '/api/v1/auth/passkey',
    status: 200,
    examples: [examples.CookieSignIn, examples.TokenSignIn],
  },
  reauthenticate: {
    method: 'post',
    path: '/api/v1/auth/reauthenticate',
    status: 200,
    examples: [examples.CookieSignIn, examples.TokenSignIn],
  },
  refresh: {
    method: 'post',
    path: '/api/v1/auth/refresh',
    status: 200,
    examples: [examples.TokenPair],
  },
  token: {
    method: 'post',
    path: '/api/v1/auth/token',
    status: 200,
    examples: [examples.IssuedToken],
  },
  revoke: {
    method: 'post',
    path: '/api/v1/auth/revoke',
    status: 200,
    examples: [examples.Revoked],
  },
  options: {
    method: 'get',
    path: '/api/v1/auth/options',
    status: 200,
    examples: [examples.SignInOptions],
  },
  logout: {
    method: 'post',
    path: '/api/v1/auth/logout',
    status: 204,
  },
  session: {
    method: 'get',
    path: '/api/v1/auth/session',
    status: 200,
    examples: [examples.CurrentSession],
  },
};
