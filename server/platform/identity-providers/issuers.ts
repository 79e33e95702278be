import type { JWTPayload } from 'jose';
import type { ProviderDeclaration } from '../../config/identity-provider-declarations.ts';
import { textClaim } from './claims.ts';
import { ProviderError } from './identity-provider.ts';

/** Who may have issued a token, and who it is about: the one thing in which Microsoft differs. */
export interface Issuers {
  /** As the discovery document says it. */
  readonly published: string;
  readonly issuerFor: (claims: JWTPayload) => string | undefined;
  readonly identityOf: (claims: JWTPayload) => { issuer: string; subject: string };
}

export function issuersOf({ issuer, tenants }: ProviderDeclaration): Issuers {
  if (tenants) return tenantIssuers(issuer, tenants);
  return {
    published: issuer,
    issuerFor: () => issuer,
    identityOf: (claims) => ({ issuer, subject: required(claims, 'sub') }),
  };
}

/**
 * Microsoft Entra ID has an issuer for each tenant and one address for all of them. Its `sub` is
 * another one for each application, its `oid` the same for all of a company.
 */
function tenantIssuers(issuer: string, tenants: readonly string[]): Issuers {
  const { origin } = new URL(issuer);
  const [only] = tenants;
  const issuerFor = ({ tid }: JWTPayload) =>
    typeof tid === 'string' && tenants.includes(tid) ? `${origin}/${tid}/v2.0` : undefined;
  return {
    published: `${origin}/${tenants.length === 1 ? only : '{tenantid}'}/v2.0`,
    issuerFor,
    identityOf: (claims) => ({
      issuer: issuerFor(claims) ?? issuer,
      subject: required(claims, 'oid'),
    }),
  };
}

function required(claims: JWTPayload, name: string): string {
  const value = textClaim(claims, name);
  if (value === undefined) throw new ProviderError('invalid_answer', `claim "${name}": is missing`);
  return value;
}
