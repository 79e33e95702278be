import * as z from 'zod';
import {
  googleAsks,
  type ProviderUpkeep,
  scopesFor,
  syncProfile,
  upkeepFields,
  upkeepOf,
} from './provider-upkeep.ts';

/** What the environment says of one provider, with what its preset fills in. */
export interface ProviderDeclaration {
  readonly name: string;
  readonly title: string;
  readonly protocol: 'oidc' | 'github';
  /** As the provider writes it in its tokens: compared letter by letter. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Microsoft Entra ID: the tenants that may come in, and no other. */
  readonly tenants: readonly string[] | undefined;
  /** Undefined: as the provider prefers. */
  readonly secretIn?: 'header' | 'body' | undefined;
  /** What else is asked for when the browser is sent there, such as `access_type`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly allowHttp: boolean;
  readonly allowPrivateNetwork: boolean;
  /** Undefined: its tokens are not kept. */
  readonly upkeep?: ProviderUpkeep;
}

const issuer = z
  .url({ protocol: /^https?$/, error: 'write https://…, as the provider writes it' })
  .refine((text) => {
    const { search, hash, username } = new URL(text);
    return search === '' && hash === '' && username === '';
  }, 'ends with its path');

/** What the flow itself says. */
const reserved =
  /^(client_id|client_secret|redirect_uri|response_(type|mode)|scope|state|nonce|code_challenge(_method)?|request(_uri)?)$/;

const common = {
  title: z
    .string()
    .min(1)
    .max(60)
    .regex(/^\P{Cc}+$/u, 'write one line')
    .optional(),
  clientId: z.string('write it as the provider shows it').min(1).max(255),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'write words')).optional(),
  secretIn: z.enum(['header', 'body']).optional(),
  parameters: z
    .record(
      z.string().refine((name) => !reserved.test(name), 'is said by the sign-in'),
      z.string(),
    )
    .default({}),
  allowHttp: z.boolean().default(false),
  allowPrivateNetwork: z.boolean().default(false),
  ...upkeepFields,
};

const tenant = z.guid('write the directory (tenant) id, not its domain').toLowerCase();

const nameTenants = 'name the tenants that may come in';

/** Presets only fill fields. */
const declaration = z.discriminatedUnion('preset', [
  z
    .strictObject({ ...common, syncProfile, preset: z.literal('oidc'), issuer })
    .transform((given) => ({
      ...{ scopes: scopesFor(given), ...given },
      ...{ protocol: 'oidc' as const, tenants: undefined },
    })),
  z
    .strictObject({ ...common, syncProfile, preset: z.literal('okta'), issuer })
    .transform((given) => ({
      ...{ title: 'Okta', scopes: scopesFor(given), ...given },
      ...{ protocol: 'oidc' as const, tenants: undefined },
    })),
  z.strictObject({ ...common, syncProfile, preset: z.literal('google') }).transform((given) => ({
    ...{ title: 'Google', scopes: scopesFor({ keepTokens: false }), ...given },
    parameters: { ...(given.keepTokens && googleAsks), ...given.parameters },
    ...{ protocol: 'oidc' as const, tenants: undefined, issuer: 'https://accounts.google.com' },
  })),
  z
    .strictObject({
      ...common,
      preset: z.literal('entra'),
      tenants: z.array(tenant, nameTenants).min(1, nameTenants).max(1_000),
      syncProfile: z.never('Microsoft names people otherwise there; leave it out').optional(),
    })
    .transform((given) => ({
      ...{ title: 'Microsoft', scopes: scopesFor(given), ...given, protocol: 'oidc' as const },
      issuer: `https://login.microsoftonline.com/${given.tenants.length === 1 ? given.tenants[0] : 'organizations'}/v2.0`,
    })),
  z
    .strictObject({
      ...common,
      syncProfile,
      preset: z.literal('github'),
      issuer: issuer.default('https://github.com'),
    })
    .transform((given) => ({
      ...{ title: 'GitHub', scopes: ['read:user', 'user:email'], ...given },
      ...{ protocol: 'github' as const, tenants: undefined },
    })),
]);

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'write names in small letters, as google or acme-staff');

/** Without a preset it is any provider of OpenID Connect. */
const withPreset = (given: unknown) =>
  typeof given === 'object' && given !== null ? { preset: 'oidc', ...given } : given;

const declarations = z
  .record(
    name,
    z
      .preprocess(withPreset, declaration)
      .refine(
        ({ issuer, allowHttp }) => allowHttp || issuer.startsWith('https:'),
        'issuer is not https; for a provider on this machine add "allowHttp": true',
      )
      .refine(
        ({ syncProfile = [], keepTokens }) => keepTokens || syncProfile.length === 0,
        'syncProfile takes "keepTokens": true',
      ),
  )
  .refine((all) => Object.keys(all).length <= 50, 'write 50 at most')
  .transform((all): readonly ProviderDeclaration[] =>
    Object.entries(all).map(([name, given]) => {
      const { preset: _, title = name, keepTokens, syncProfile, syncHours, ...rest } = given;
      return { name, title, ...rest, ...upkeepOf({ keepTokens, syncProfile, syncHours }) };
    }),
  );

/** `{"google": {"preset": "google", "clientId": "…"}}`, in the order in which they are shown. */
export const providerDeclarations = z.string().transform((text, context) => {
  const json = fromJson(text);
  if (json === undefined) {
    context.addIssue({
      code: 'custom',
      message: 'write JSON, as {"google":{"preset":"google",…}}',
    });
    return z.NEVER;
  }
  const parsed = declarations.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    const inKey = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
    context.addIssue({ code: 'custom', message: `${where}${inKey ?? issue.message}` });
  }
  return z.NEVER;
});

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
