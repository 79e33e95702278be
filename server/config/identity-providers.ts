import * as z from 'zod';
import { providerDeclarations } from './identity-provider-declarations.ts';
import { section, when } from './section.ts';
import { whole } from './values.ts';

const howToWriteSecret = 'write name=secret, one per line';

/** `google=new google=old`: the first of a name is tried first. */
const secretsByName = z
  .string()
  .transform((text) => text.split(/\s+/).filter((part) => part !== ''))
  .pipe(z.array(z.string().regex(/^[a-z][a-z0-9-]*=./, howToWriteSecret)))
  .transform((parts) => {
    const secrets = new Map<string, string[]>();
    for (const part of parts) {
      const at = part.indexOf('=');
      const name = part.slice(0, at);
      secrets.set(name, [...(secrets.get(name) ?? []), part.slice(at + 1)]);
    }
    return secrets as SecretsByName;
  });

export type SecretsByName = ReadonlyMap<string, readonly string[]>;

export const identityProviders = section({
  settings: {
    IDENTITY_PROVIDERS: providerDeclarations.default([]),
    IDENTITY_PROVIDER_SECRETS: secretsByName.optional(),
    IDENTITY_PROVIDER_TIMEOUT_MS: whole(100, 60_000).default(5_000),
  },
  build: (given) => ({
    declared: given.IDENTITY_PROVIDERS,
    secrets: given.IDENTITY_PROVIDER_SECRETS ?? (new Map() as SecretsByName),
    /** Of one request to a provider, from the look-up of its name to the last byte. */
    timeoutMs: given.IDENTITY_PROVIDER_TIMEOUT_MS,
  }),
  refuse: ({ IDENTITY_PROVIDERS: declared = [], IDENTITY_PROVIDER_SECRETS: secrets }) =>
    declared.flatMap(({ name, allowHttp }) => [
      ...when(
        allowHttp,
        `IDENTITY_PROVIDERS: ${name}: allowHttp sends codes and secrets in the clear; leave it out, and write its issuer as https://…`,
      ),
      ...when(
        !secrets?.has(name),
        `IDENTITY_PROVIDER_SECRETS: has none for ${name}; ${howToWriteSecret}`,
      ),
    ]),
});

export type IdentityProvidersConfig = ReturnType<typeof identityProviders.build>;
