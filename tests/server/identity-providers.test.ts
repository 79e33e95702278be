import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config/config.ts';
import { mistakesOf } from '../kit/mistakes.ts';

const enough = { DATABASE_URL: 'postgres://db.example/charter', SECRET_KEYS: 'x'.repeat(32) };
const production = {
  ...{ ...enough, NODE_ENV: 'production', PUBLIC_URL: 'https://api.example.com' },
  STORAGE_PATH: '/var/lib/charter',
};

type Settings = Record<string, string>;

const read = (declared: object, settings: Settings = {}) =>
  readConfig({}, { ...enough, IDENTITY_PROVIDERS: JSON.stringify(declared), ...settings })
    .identityProviders;

describe('a sign-in provider', () => {
  const clientId = 'id';
  const tenants = ['72f988bf-86f1-41af-91ab-2d7cd011db47'];
  const common = { allowHttp: false, allowPrivateNetwork: false, clientId, parameters: {} };
  const scopes = ['openid', 'email', 'profile'];

  it('is what its preset fills in', () => {
    const { declared } = read({
      google: { preset: 'google', clientId },
      okta: { preset: 'okta', clientId, issuer: 'https://acme.okta.com' },
      microsoft: { preset: 'entra', clientId, tenants },
      github: { preset: 'github', clientId },
      acme: { clientId, issuer: 'https://id.acme.example/', title: 'Acme', scopes: ['openid'] },
    });
    const oidc = { ...common, protocol: 'oidc', scopes, tenants: undefined };
    expect(declared).toEqual([
      { ...oidc, name: 'google', title: 'Google', issuer: 'https://accounts.google.com' },
      { ...oidc, name: 'okta', title: 'Okta', issuer: 'https://acme.okta.com' },
      {
        ...{ ...oidc, name: 'microsoft', title: 'Microsoft', tenants },
        issuer: `https://login.microsoftonline.com/${tenants[0]}/v2.0`,
      },
      {
        ...{ ...oidc, protocol: 'github', name: 'github', title: 'GitHub' },
        ...{ issuer: 'https://github.com', scopes: ['read:user', 'user:email'] },
      },
      {
        ...oidc,
        name: 'acme',
        title: 'Acme',
        issuer: 'https://id.acme.example/',
        scopes: ['openid'],
      },
    ]);
  });

  it('has the secrets of its name, the new one first', () => {
    const { secrets } = read({}, { IDENTITY_PROVIDER_SECRETS: 'a=new=1 b=x\n a=old\n' });
    expect([...secrets]).toEqual([
      ['a', ['new=1', 'old']],
      ['b', ['x']],
    ]);
  });

  const acme = { clientId, issuer: 'https://id.acme.example' };

  it('gives tokens to keep where it is told so, and is asked for one that renews them', () => {
    const { declared } = read({
      google: { preset: 'google', clientId, keepTokens: true, parameters: { hd: 'a.example' } },
      microsoft: { preset: 'entra', clientId, tenants, keepTokens: true },
      acme: { ...acme, keepTokens: true, syncProfile: ['fullName', 'locale'], syncHours: 1 },
    });
    const usual = { follows: [], everySeconds: 86_400 };
    expect(declared).toMatchObject([
      {
        ...{ upkeep: usual, scopes },
        parameters: { access_type: 'offline', prompt: 'consent', hd: 'a.example' },
      },
      { upkeep: usual, scopes: [...scopes, 'offline_access'] },
      {
        scopes: [...scopes, 'offline_access'],
        upkeep: { follows: ['fullName', 'locale'], everySeconds: 3_600 },
      },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'IDENTITY_PROVIDERS: '],
    ['a name that is none', { 'A b': acme }, 'write names in small letters'],
    ['no client id', { acme: { issuer: acme.issuer } }, 'acme.clientId: write it as'],
    ['no issuer', { acme: { clientId } }, 'acme.issuer: write https://'],
    [
      'an issuer with a query',
      { acme: { ...acme, issuer: 'https://a.example?x' } },
      'acme.issuer: ',
    ],
    ['plain HTTP', { acme: { ...acme, issuer: 'http://a.example' } }, 'add "allowHttp": true'],
    ['an unknown preset', { acme: { ...acme, preset: 'myspace' } }, 'acme.preset: '],
    ['an unknown field', { acme: { ...acme, secret: 'x' } }, 'secret'],
    [
      'no tenants',
      { ms: { preset: 'entra', clientId, tenants: [] } },
      'ms.tenants: name the tenants',
    ],
    ['tenants left out', { ms: { preset: 'entra', clientId } }, 'ms.tenants: name the tenants'],
    ['a domain', { ms: { preset: 'entra', clientId, tenants: ['acme.example'] } }, 'tenant) id'],
    ['a parameter of the flow', { acme: { ...acme, parameters: { state: 'x' } } }, 'state'],
    ['a scope with a space', { acme: { ...acme, scopes: ['openid email'] } }, 'acme.scopes.0: '],
    [
      'a profile to follow without tokens',
      { acme: { ...acme, syncProfile: ['fullName'] } },
      'syncProfile takes "keepTokens": true',
    ],
    [
      'an address to follow',
      { acme: { ...acme, keepTokens: true, syncProfile: ['email'] } },
      'acme.syncProfile.0: ',
    ],
    [
      'a profile of Microsoft to follow',
      { ms: { preset: 'entra', clientId, tenants, keepTokens: true, syncProfile: [] } },
      'ms.syncProfile: Microsoft names people otherwise',
    ],
    ['a title of two lines', { acme: { ...acme, title: 'a\nb' } }, 'acme.title: write one line'],
  ])('is not declared by %s', (_what, declared, said) => {
    const mistakes = mistakesOf({ ...enough, IDENTITY_PROVIDERS: JSON.stringify(declared) });
    expect(mistakes).toEqual([expect.stringMatching(/^IDENTITY_PROVIDERS: /)]);
    expect(mistakes[0]).toContain(said);
  });

  it('is not declared by what is no JSON, nor a secret by what is none', () => {
    expect(mistakesOf({ ...enough, IDENTITY_PROVIDERS: '{google}' })).toEqual([
      expect.stringContaining('write JSON'),
    ]);
    const mistakes = mistakesOf({ ...enough, IDENTITY_PROVIDER_SECRETS: 'hunter2' });
    expect(mistakes).toEqual([expect.stringContaining('write name=secret')]);
    expect(mistakes.join()).not.toContain('hunter2');
  });

  it('needs a secret and TLS in production', () => {
    const mistakes = (declared: object, secrets: Settings = {}) =>
      mistakesOf({ ...production, IDENTITY_PROVIDERS: JSON.stringify(declared), ...secrets });
    const IDENTITY_PROVIDER_SECRETS = 'acme=x';
    expect(mistakes({ acme })).toEqual([
      expect.stringContaining('IDENTITY_PROVIDER_SECRETS: has none for acme; write name=secret'),
    ]);
    expect(mistakes({ acme }, { IDENTITY_PROVIDER_SECRETS })).toEqual([]);
    const plain = { ...acme, issuer: 'http://id.acme.example', allowHttp: true };
    expect(mistakes({ acme: plain }, { IDENTITY_PROVIDER_SECRETS })).toEqual([
      expect.stringContaining('IDENTITY_PROVIDERS: acme: allowHttp'),
    ]);
  });
});
