import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { ClientSecrets } from '../../../server/platform/identity-providers/client-secrets.ts';
import { OidcIdentityProvider } from '../../../server/platform/identity-providers/oidc-identity-provider.ts';
import { type LyingProvider, startLiar } from '../../kit/lying-provider.ts';
import { signIn } from './sign-ins.ts';

const microsoft = 'https://login.microsoftonline.com';
const ours = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const theirs = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
const foreign = '00000000-0000-0000-0000-00000000dead';
const oid = '11111111-2222-3333-4444-555555555555';

let liar: LyingProvider;
beforeAll(async () => {
  liar = await startLiar(systemClock);
});
afterAll(() => liar.close());

const issuerOf = (tenant: string) => `${microsoft}/${tenant}/v2.0`;
const claimsOf = (tenant: string) => ({ iss: issuerOf(tenant), tid: tenant, oid });

/** Microsoft, played by the liar: what leaves for the one reaches the other. */
function entra(tenants: readonly string[], published: string) {
  const declared = { microsoft: { preset: 'entra', clientId: 'charter', tenants } };
  const { identityProviders } = readConfig(
    { DATABASE_URL: 'postgres://nowhere.invalid/charter', SECRET_KEYS: 'x'.repeat(32) },
    { IDENTITY_PROVIDERS: JSON.stringify(declared) },
  );
  const [declaration] = identityProviders.declared;
  if (!declaration) throw new Error('Nothing is declared');
  const discovery = {
    issuer: published,
    authorization_endpoint: `${declaration.issuer}/authorize`,
    token_endpoint: `${microsoft}/token`,
    jwks_uri: `${microsoft}/keys`,
    userinfo_endpoint: undefined,
    revocation_endpoint: undefined,
    end_session_endpoint: undefined,
    authorization_response_iss_parameter_supported: undefined,
  };
  const asked: string[] = [];
  const provider = new OidcIdentityProvider({
    ...{ declaration, secrets: new ClientSecrets(['secret']), clock: systemClock },
    fetch: (url, request) => {
      asked.push(url);
      const path = url.replace(/^https:\/\/[^/]+(\/[^/]+\/v2\.0)?/, '');
      return fetch(`${liar.issuer}${path}`, request);
    },
  });
  const proves = (claims: object) => {
    liar.lie({ discovery, claims: { ...claims }, callback: { iss: undefined } });
    return signIn(provider, liar);
  };
  return { provider, asked, proves };
}

beforeEach(() => liar.lie({}));

it('knows a person of one tenant by tenant and object id', async () => {
  const { asked, proves, provider } = entra([ours], issuerOf(ours));
  const identity = await proves(claimsOf(ours));
  expect(identity).toMatchObject({ issuer: issuerOf(ours), subject: oid });
  expect(asked[0]).toBe(`${issuerOf(ours)}/.well-known/openid-configuration`);
  await expect(proves(claimsOf(foreign))).rejects.toMatchObject({ failure: 'invalid_answer' });
  // There it would be about another subject.
  expect([provider.readProfile, provider.verifyLogoutToken]).toEqual([undefined, undefined]);
});

it('lets in the tenants that are listed, each with an issuer of its own', async () => {
  const { asked, proves } = entra([ours, theirs], `${microsoft}/{tenantid}/v2.0`);
  for (const tenant of [ours, theirs]) {
    const identity = await proves(claimsOf(tenant));
    expect(identity).toMatchObject({ issuer: issuerOf(tenant), subject: oid });
  }
  expect(asked[0]).toBe(`${microsoft}/organizations/v2.0/.well-known/openid-configuration`);
});

it.each<[string, object]>([
  ['of another tenant', claimsOf(foreign)],
  ['of no tenant', { ...claimsOf(ours), tid: undefined }],
  ['of the template itself', { ...claimsOf(ours), iss: `${microsoft}/{tenantid}/v2.0` }],
  ['whose tenant is not its issuer', { ...claimsOf(ours), iss: issuerOf(theirs) }],
  ['of a tenant that is spelled otherwise', claimsOf(ours.toUpperCase())],
  ['without an object id', { ...claimsOf(ours), oid: undefined }],
])('refuses a token %s', async (_what, claims) => {
  const { proves } = entra([ours, theirs], `${microsoft}/{tenantid}/v2.0`);
  await expect(proves(claims)).rejects.toMatchObject({ failure: 'invalid_answer' });
});
