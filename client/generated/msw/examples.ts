// Generated from the contract by `npm run generate`. Do not edit.

import type * as shapes from '../schemas.ts';

export const AccountErasure: shapes.AccountErasure = {
  requestedAt: '2026-11-21T12:00:00.000Z',
  erasesAt: '2026-12-21T12:00:00.000Z',
};

export const AccountExport: shapes.AccountExport = { requestedAt: '2026-11-21T12:00:00.000Z' };

export const ActivityPage: shapes.ActivityPage = {
  items: [
    {
      id: '01994c1e-7f31-7b52-8a3c-91d5c7e4b002',
      at: '2026-11-21T12:00:00.000Z',
      operation: 'usersUpdate',
      origin: 'http',
      result: 'done',
      by: 'other',
      reason: null,
      sessionId: null,
      targetType: 'user',
      targetId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      changed: ['email'],
      address: null,
      userAgent: null,
    },
  ],
  nextCursor: null,
};

export const ApiKey: shapes.ApiKey = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0e01',
  name: 'Nightly report',
  scopes: ['users:read'],
  createdAt: '2026-11-21T12:00:00.000Z',
  expiresAt: '2027-02-19T12:00:00.000Z',
  lastUsedAt: null,
  rotatedAt: null,
  revokedAt: null,
};

export const ApiKeyCreated: shapes.ApiKeyCreated = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0e01',
  name: 'Nightly report',
  scopes: ['users:read'],
  createdAt: '2026-11-21T12:00:00.000Z',
  expiresAt: '2027-02-19T12:00:00.000Z',
  lastUsedAt: null,
  rotatedAt: null,
  revokedAt: null,
  key: 'charter_01994c1e8a107d3cb0f12c4d6e8f0e01_Qm7c2VQ0sJ4kXo1nZtYw9aRbE5uHgLdPfCiKxWvTyN30AbCdE',
};

export const ApiKeys: shapes.ApiKeys = {
  items: [
    {
      id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0e01',
      name: 'Nightly report',
      scopes: ['users:read'],
      createdAt: '2026-11-21T12:00:00.000Z',
      expiresAt: '2027-02-19T12:00:00.000Z',
      lastUsedAt: null,
      rotatedAt: null,
      revokedAt: null,
    },
  ],
};

export const AuditPage: shapes.AuditPage = {
  items: [
    {
      id: '01994c1e-7f31-7b52-8a3c-91d5c7e4b002',
      at: '2026-11-21T12:00:00.000Z',
      operation: 'usersCreate',
      origin: 'http',
      result: 'done',
      reason: null,
      actor: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      actingFor: null,
      sessionId: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001',
      targetType: 'user',
      targetId: '01994c1e-7f30-7a11-9c4d-0a1b2c3d4e5f',
      changed: ['email', 'username'],
      safety: false,
      compliance: true,
      requestId: '01994c1e-7f2f-7c01-b1a2-c3d4e5f60718',
      address: '203.0.113.7',
      userAgent: 'Mozilla/5.0',
    },
  ],
  nextCursor: null,
};

export const Avatar: shapes.Avatar = {
  id: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
  mediaType: 'image/png',
  bytes: 20480,
  digest: 'sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:',
};

export const CookieSignIn: shapes.CookieSignIn = {
  delivery: 'cookie',
  session: {
    id: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001',
    userId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
    kind: 'cookie',
    createdAt: '2026-11-21T12:00:00.000Z',
    authenticatedAt: '2026-11-21T12:00:00.000Z',
    lastSeenAt: '2026-11-21T12:00:00.000Z',
    idleExpiresAt: '2026-11-28T12:00:00.000Z',
    expiresAt: '2026-12-21T12:00:00.000Z',
    methods: ['pwd'],
    userAgent: 'Mozilla/5.0',
    address: '203.0.113.7',
    isImpersonation: false,
  },
  user: {
    view: 'full',
    id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
    username: 'ada',
    fullName: 'Ada Lovelace',
    avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
    email: 'ada@example.com',
    isActive: true,
    isEmailVerified: false,
    locale: 'en-GB',
    timeZone: 'Europe/London',
    roles: ['member'],
    createdAt: '2026-11-21T12:00:00.000Z',
    updatedAt: '2026-11-21T12:00:00.000Z',
  },
};

export const CurrentSession: shapes.CurrentSession = {
  session: {
    id: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001',
    userId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
    kind: 'tokens',
    createdAt: '2026-11-21T12:00:00.000Z',
    authenticatedAt: '2026-11-21T12:00:00.000Z',
    lastSeenAt: '2026-11-21T12:00:00.000Z',
    idleExpiresAt: '2026-11-28T12:00:00.000Z',
    expiresAt: '2026-12-21T12:00:00.000Z',
    methods: ['pwd'],
    userAgent: 'Mozilla/5.0',
    address: '203.0.113.7',
    isImpersonation: false,
  },
  user: {
    view: 'full',
    id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
    username: 'ada',
    fullName: 'Ada Lovelace',
    avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
    email: 'ada@example.com',
    isActive: true,
    isEmailVerified: false,
    locale: 'en-GB',
    timeZone: 'Europe/London',
    roles: ['member'],
    createdAt: '2026-11-21T12:00:00.000Z',
    updatedAt: '2026-11-21T12:00:00.000Z',
  },
};

export const EmailChangeRequested: shapes.EmailChangeRequested = {
  message: 'The address changes when it is proven: a mail is on its way to it.',
};

export const HealthReport: shapes.HealthReport = { status: 'healthy', checkedAt: '2026-11-21T12:00:00.000Z' };

export const Identities: shapes.Identities = {
  items: [
    {
      id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a17',
      provider: 'google',
      email: 'ada@example.com',
      createdAt: '2026-11-21T12:00:00.000Z',
      lastUsedAt: '2026-11-21T12:00:00.000Z',
      needsReauthentication: false,
    },
  ],
};

export const Identity: shapes.Identity = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a17',
  provider: 'google',
  email: 'ada@example.com',
  createdAt: '2026-11-21T12:00:00.000Z',
  lastUsedAt: '2026-11-21T12:00:00.000Z',
  needsReauthentication: false,
};

export const Invitation: shapes.Invitation = {
  id: '01994c1e-9b20-7e4d-a1c2-3d4e5f607182',
  email: 'ada@example.com',
  roles: ['member'],
  state: 'pending',
  invitedById: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  userId: null,
  createdAt: '2026-11-21T12:00:00.000Z',
  expiresAt: '2026-11-28T12:00:00.000Z',
};

export const InvitationPage: shapes.InvitationPage = {
  items: [
    {
      id: '01994c1e-9b20-7e4d-a1c2-3d4e5f607182',
      email: 'ada@example.com',
      roles: ['member'],
      state: 'pending',
      invitedById: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      userId: null,
      createdAt: '2026-11-21T12:00:00.000Z',
      expiresAt: '2026-11-28T12:00:00.000Z',
    },
  ],
  nextCursor: null,
};

export const IssuedToken: shapes.IssuedToken = {
  access_token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl',
  token_type: 'Bearer',
  expires_in: 300,
  scope: 'users:read',
};

export const KeySet: shapes.KeySet = {
  keys: [
    {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      kid: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      use: 'sig',
      alg: 'ES256',
    },
  ],
};

export const LinkRequested: shapes.LinkRequested = { message: 'If the address belongs to an account, a mail is on its way.' };

export const Liveness: shapes.Liveness = { status: 'alive' };

export const LogoutNoted: shapes.LogoutNoted = {};

export const Me: shapes.Me = {
  view: 'full',
  id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  username: 'ada',
  fullName: 'Ada Lovelace',
  avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
  email: 'ada@example.com',
  isActive: true,
  isEmailVerified: false,
  locale: 'en-GB',
  timeZone: 'Europe/London',
  roles: ['member'],
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
  permissions: ['users:read'],
  act: null,
};

export const OwnSessions: shapes.OwnSessions = {
  items: [
    {
      id: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001',
      userId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      kind: 'tokens',
      createdAt: '2026-11-21T12:00:00.000Z',
      authenticatedAt: '2026-11-21T12:00:00.000Z',
      lastSeenAt: '2026-11-21T12:00:00.000Z',
      idleExpiresAt: '2026-11-28T12:00:00.000Z',
      expiresAt: '2026-12-21T12:00:00.000Z',
      methods: ['pwd'],
      userAgent: 'Mozilla/5.0',
      address: '203.0.113.7',
      isImpersonation: false,
      isCurrent: true,
    },
  ],
};

export const Passkey: shapes.Passkey = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a13',
  name: 'My phone',
  isSynced: true,
  isBackedUp: true,
  createdAt: '2026-11-21T12:00:00.000Z',
  lastUsedAt: null,
};

export const PasskeyCreated: shapes.PasskeyCreated = {
  passkey: {
    id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a13',
    name: 'My phone',
    isSynced: true,
    isBackedUp: true,
    createdAt: '2026-11-21T12:00:00.000Z',
    lastUsedAt: null,
  },
  recoveryCodes: ['QDPMK-2RSVA-7TXCZ-64HJN-EFWBY-Q'],
};

export const PasskeyCreation: shapes.PasskeyCreation = {
  rp: { id: 'app.example.com', name: 'Charter' },
  user: {
    id: 'AZlMHm8KfH6dXx9vOg-bEQ',
    name: 'ada@example.com',
    displayName: 'Ada Lovelace',
  },
  challenge: 'm2Fh0cYqv1d3mYJw6m4cJ9o1W7b5Xk2Qe8r0tYuIoPs',
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  timeout: 300000,
  attestation: 'none',
  excludeCredentials: [],
  authenticatorSelection: {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  },
};

export const PasskeyRequest: shapes.PasskeyRequest = {
  rpId: 'app.example.com',
  challenge: 'm2Fh0cYqv1d3mYJw6m4cJ9o1W7b5Xk2Qe8r0tYuIoPs',
  timeout: 300000,
  userVerification: 'required',
  allowCredentials: [],
};

export const Passkeys: shapes.Passkeys = {
  items: [
    {
      id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a13',
      name: 'My phone',
      isSynced: true,
      isBackedUp: true,
      createdAt: '2026-11-21T12:00:00.000Z',
      lastUsedAt: null,
    },
  ],
};

export const PermissionCatalogue: shapes.PermissionCatalogue = {
  items: [
    {
      name: 'users:read',
      description: 'List and read the summaries of active accounts.',
      protects: false,
    },
  ],
};

export const ProviderLoggedOut: shapes.ProviderLoggedOut = { url: 'https://id.acme.example/logout?client_id=charter' };

export const ProviderStarted: shapes.ProviderStarted = {
  url: 'https://accounts.google.com/o/oauth2/v2/auth?client_id=charter&response_type=code',
  expiresInSeconds: 600,
};

export const ProviderStarted2: shapes.ProviderStarted = {
  url: 'https://accounts.google.com/o/oauth2/v2/auth?client_id=charter&response_type=code',
  expiresInSeconds: 600,
  binding: 'q9mYw8rJr1n9v0t2s4u6EHt3J3c3yWl0Yz6v7kq0m5n',
};

export const Providers: shapes.Providers = { items: [{ name: 'google', title: 'Google' }] };

export const Readiness: shapes.Readiness = { status: 'ready' };

export const RecoveryCodes: shapes.RecoveryCodes = { codes: ['QDPMK-2RSVA-7TXCZ-64HJN-EFWBY-Q'] };

export const Registered: shapes.Registered = {
  user: {
    view: 'full',
    id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
    username: 'ada',
    fullName: 'Ada Lovelace',
    avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
    email: 'ada@example.com',
    isActive: true,
    isEmailVerified: false,
    locale: 'en-GB',
    timeZone: 'Europe/London',
    roles: ['member'],
    createdAt: '2026-11-21T12:00:00.000Z',
    updatedAt: '2026-11-21T12:00:00.000Z',
  },
};

export const Revoked: shapes.Revoked = {};

export const Role: shapes.Role = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a12',
  name: 'support',
  description: 'Answers questions of customers.',
  permissions: ['users:read'],
  isSystem: false,
  requiresSecondFactor: false,
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
};

export const RolePage: shapes.RolePage = {
  items: [
    {
      id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a12',
      name: 'support',
      description: 'Answers questions of customers.',
      permissions: ['users:read'],
      isSystem: false,
      requiresSecondFactor: false,
      createdAt: '2026-11-21T12:00:00.000Z',
      updatedAt: '2026-11-21T12:00:00.000Z',
    },
  ],
  nextCursor: null,
};

export const Roles: shapes.Roles = {
  items: [
    {
      id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a12',
      name: 'support',
      description: 'Answers questions of customers.',
      permissions: ['users:read'],
      isSystem: false,
      requiresSecondFactor: false,
      createdAt: '2026-11-21T12:00:00.000Z',
      updatedAt: '2026-11-21T12:00:00.000Z',
    },
  ],
};

export const SecondFactors: shapes.SecondFactors = {
  isRequired: false,
  totp: { confirmedAt: '2026-11-21T12:00:00.000Z' },
  passkeys: 0,
  recoveryCodesLeft: 10,
};

export const ServiceAccount: shapes.ServiceAccount = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0f01',
  name: 'nightly-report',
  description: 'Counts the accounts every night.',
  isActive: true,
  roles: ['member'],
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
};

export const ServiceAccountPage: shapes.ServiceAccountPage = {
  items: [
    {
      id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0f01',
      name: 'nightly-report',
      description: 'Counts the accounts every night.',
      isActive: true,
      roles: ['member'],
      createdAt: '2026-11-21T12:00:00.000Z',
      updatedAt: '2026-11-21T12:00:00.000Z',
    },
  ],
  nextCursor: null,
};

export const SessionsEnded: shapes.SessionsEnded = { ended: 2 };

export const SignInOptions: shapes.SignInOptions = {
  signUp: 'open',
  requiresVerifiedEmail: false,
  hasMagicLink: true,
  passwordMinLength: 12,
};

export const TokenPair: shapes.TokenPair = {
  accessToken: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl',
  tokenType: 'Bearer',
  expiresInSeconds: 300,
  refreshToken: 'AZlMHnoAfRCKOSt8tqTAAQ.1.qv0oWgP1',
};

export const TokenSignIn: shapes.TokenSignIn = {
  delivery: 'tokens',
  accessToken: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl',
  tokenType: 'Bearer',
  expiresInSeconds: 300,
  refreshToken: 'AZlMHnoAfRCKOSt8tqTAAQ.1.qv0oWgP1',
  session: {
    id: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001',
    userId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
    kind: 'tokens',
    createdAt: '2026-11-21T12:00:00.000Z',
    authenticatedAt: '2026-11-21T12:00:00.000Z',
    lastSeenAt: '2026-11-21T12:00:00.000Z',
    idleExpiresAt: '2026-11-28T12:00:00.000Z',
    expiresAt: '2026-12-21T12:00:00.000Z',
    methods: ['pwd'],
    userAgent: 'Mozilla/5.0',
    address: '203.0.113.7',
    isImpersonation: false,
  },
  user: {
    view: 'full',
    id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
    username: 'ada',
    fullName: 'Ada Lovelace',
    avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
    email: 'ada@example.com',
    isActive: true,
    isEmailVerified: false,
    locale: 'en-GB',
    timeZone: 'Europe/London',
    roles: ['member'],
    createdAt: '2026-11-21T12:00:00.000Z',
    updatedAt: '2026-11-21T12:00:00.000Z',
  },
};

export const TotpEnrolment: shapes.TotpEnrolment = {
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/Charter:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Charter',
  qrCode: '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
};

export const User: shapes.User = {
  view: 'full',
  id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  username: 'ada',
  fullName: 'Ada Lovelace',
  avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
  email: 'ada@example.com',
  isActive: true,
  isEmailVerified: false,
  locale: 'en-GB',
  timeZone: 'Europe/London',
  roles: ['member'],
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
};

export const UserPage: shapes.UserPage = {
  items: [
    {
      view: 'full',
      id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      username: 'ada',
      fullName: 'Ada Lovelace',
      avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
      email: 'ada@example.com',
      isActive: true,
      isEmailVerified: false,
      locale: 'en-GB',
      timeZone: 'Europe/London',
      roles: ['member'],
      createdAt: '2026-11-21T12:00:00.000Z',
      updatedAt: '2026-11-21T12:00:00.000Z',
    },
    {
      view: 'summary',
      id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      username: 'ada',
      fullName: 'Ada Lovelace',
      avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
    },
  ],
  nextCursor: null,
};

export const UserStatistics: shapes.UserStatistics = { total: 12, active: 11, deactivated: 1, removed: 2, createdLast30Days: 3 };

export const UserSummary: shapes.UserSummary = {
  view: 'summary',
  id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  username: 'ada',
  fullName: 'Ada Lovelace',
  avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
};

export const Users: shapes.Users = {
  items: [
    {
      view: 'full',
      id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      username: 'ada',
      fullName: 'Ada Lovelace',
      avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
      email: 'ada@example.com',
      isActive: true,
      isEmailVerified: false,
      locale: 'en-GB',
      timeZone: 'Europe/London',
      roles: ['member'],
      createdAt: '2026-11-21T12:00:00.000Z',
      updatedAt: '2026-11-21T12:00:00.000Z',
    },
    {
      view: 'summary',
      id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      username: 'ada',
      fullName: 'Ada Lovelace',
      avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
    },
  ],
};

export const Webhook: shapes.Webhook = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1a01',
  url: 'https://hooks.example.com/charter',
  description: 'Keeps the customer database up to date.',
  events: ['account.created', 'account.updated'],
  state: 'active',
  pauseReason: null,
  pausedAt: null,
  previousSecretUntil: null,
  createdById: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
};

export const WebhookDelivery: shapes.WebhookDelivery = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1b01',
  eventId: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1c01',
  event: 'account.created',
  isTest: false,
  state: 'waiting',
  attempts: 1,
  lastAttemptAt: '2026-11-21T12:00:01.000Z',
  nextAttemptAt: '2026-11-21T12:00:06.000Z',
  status: 503,
  durationMs: 87,
  error: 'refused',
  createdAt: '2026-11-21T12:00:00.000Z',
};

export const WebhookDeliveryPage: shapes.WebhookDeliveryPage = {
  items: [
    {
      id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1b01',
      eventId: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1c01',
      event: 'account.created',
      isTest: false,
      state: 'waiting',
      attempts: 1,
      lastAttemptAt: '2026-11-21T12:00:01.000Z',
      nextAttemptAt: '2026-11-21T12:00:06.000Z',
      status: 503,
      durationMs: 87,
      error: 'refused',
      createdAt: '2026-11-21T12:00:00.000Z',
    },
  ],
  nextCursor: null,
};

export const WebhookPage: shapes.WebhookPage = {
  items: [
    {
      id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1a01',
      url: 'https://hooks.example.com/charter',
      description: 'Keeps the customer database up to date.',
      events: ['account.created', 'account.updated'],
      state: 'active',
      pauseReason: null,
      pausedAt: null,
      previousSecretUntil: null,
      createdById: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      createdAt: '2026-11-21T12:00:00.000Z',
      updatedAt: '2026-11-21T12:00:00.000Z',
    },
  ],
  nextCursor: null,
};

export const WebhookWithSecret: shapes.WebhookWithSecret = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f1a01',
  url: 'https://hooks.example.com/charter',
  description: 'Keeps the customer database up to date.',
  events: ['account.created', 'account.updated'],
  state: 'active',
  pauseReason: null,
  pausedAt: null,
  previousSecretUntil: null,
  createdById: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwq3YR6uRbCkE=',
};

/** The smallest picture: one dot. */
export const picture: Uint8Array = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ),
  (character) => character.charCodeAt(0),
);
