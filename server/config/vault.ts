import * as z from 'zod';
import { section, when } from './section.ts';
import { certificate, csv, flag, isLoopback, origin, whole } from './values.ts';

/** A secret of a KV engine, version 2, whose keys are names of settings. */
export interface VaultSecret {
  /** As it was written, and as people are told of it. */
  readonly name: string;
  /** As the API and policies call it: `kv/data/charter`. */
  readonly path: string;
}

/** How the service proves to Vault who it is. */
export type VaultLogin =
  | { readonly token: string }
  | {
      readonly roleId: string;
      readonly secretId: string;
      /** What was handed over is a token that the secret id is taken out with, once. */
      readonly isWrapped: boolean;
      readonly mount: string;
    };

const pathText = /^[\w@~+:-][\w.@~+:-]*(\/[\w@~+:-][\w.@~+:-]*)*(?<!\.)$/;

/** `kv/charter` as `vault kv get` takes it; `teams/a/kv/data/charter` where a mount has slashes. */
const secrets = csv
  .pipe(
    z
      .array(
        z
          .string()
          .max(200)
          .regex(/\//, 'write paths with their mount, as kv/charter')
          .regex(
            pathText,
            'write paths as kv/charter: letters, digits and ._~@+:- between slashes',
          ),
      )
      .min(1, 'name at least one, as kv/charter')
      .max(20, 'name at most 20'),
  )
  .transform((names) => names.map((name): VaultSecret => ({ name, path: pathOf(name) })));

const header = z.string().regex(/^[\x21-\x7e]+$/, 'write one word of plain letters and signs');

export const vault = section({
  settings: {
    VAULT_ADDR: origin.optional(),
    VAULT_NAMESPACE: header.optional(),
    VAULT_CACERT: certificate.optional(),
    VAULT_TOKEN: header.optional(),
    VAULT_ROLE_ID: z.string().optional(),
    VAULT_SECRET_ID: z.string().optional(),
    VAULT_SECRET_ID_WRAPPED: flag.default(false),
    VAULT_APPROLE_MOUNT: z
      .string()
      .regex(pathText, 'write where AppRole is mounted, as approle')
      .default('approle'),
    VAULT_SECRETS: secrets.optional(),
    VAULT_REFRESH_SECONDS: whole(1, 3_600).default(30),
    VAULT_TIMEOUT_MS: whole(100, 60_000).default(5_000),
    VAULT_START_SECONDS: whole(0, 600).default(15),
  },
  /** Undefined: secrets come from the environment and from files. */
  build: (given) => {
    const { VAULT_SECRETS: wanted, VAULT_ADDR: address } = given;
    const login = loginOf(given);
    if (!wanted || !address || !login) return undefined;
    return {
      address,
      namespace: given.VAULT_NAMESPACE,
      /** The certificate of the authority that is trusted, besides which no other is. */
      ca: given.VAULT_CACERT,
      login,
      secrets: wanted,
      /** How often it is asked whether something has changed. */
      refreshSeconds: given.VAULT_REFRESH_SECONDS,
      /** Of one request, from the look-up of the host to the last byte. */
      timeoutMs: given.VAULT_TIMEOUT_MS,
      /** For how long a start tries. */
      startSeconds: given.VAULT_START_SECONDS,
    };
  },
  disagree: (given) => (given.VAULT_SECRETS === undefined ? [] : disagreementsIn(given)),
  refuse: ({ VAULT_SECRETS: wanted, VAULT_ADDR: address }) =>
    when(
      wanted !== undefined && address !== undefined && isInTheClear(new URL(address)),
      'VAULT_ADDR: sends secrets in the clear; write https://…, as http:// is for an agent on this machine',
    ),
});

export type VaultConfig = NonNullable<ReturnType<typeof vault.build>>;

function disagreementsIn(given: Readonly<Record<string, unknown>>): string[] {
  const { VAULT_TOKEN: token, VAULT_ROLE_ID: role, VAULT_SECRET_ID: secret } = given;
  return [
    ...when(
      given.VAULT_ADDR === undefined,
      'VAULT_ADDR: is not set, and VAULT_SECRETS is; write https://vault.example.com:8200',
    ),
    ...when(
      token === undefined && role === undefined,
      'VAULT_TOKEN: is not set, and neither is VAULT_ROLE_ID; set one of them, or name a file in VAULT_TOKEN_FILE',
    ),
    ...when(
      token !== undefined && role !== undefined,
      'VAULT_TOKEN: is set, and so is VAULT_ROLE_ID; remove one of them',
    ),
    ...when(
      role !== undefined && secret === undefined,
      'VAULT_SECRET_ID: is not set, and VAULT_ROLE_ID is; set it, or name a file in VAULT_SECRET_ID_FILE',
    ),
    ...when(
      secret !== undefined && role === undefined && token === undefined,
      'VAULT_ROLE_ID: is not set, and VAULT_SECRET_ID is; set it',
    ),
  ];
}

interface LoginSettings {
  readonly VAULT_TOKEN?: string | undefined;
  readonly VAULT_ROLE_ID?: string | undefined;
  readonly VAULT_SECRET_ID?: string | undefined;
  readonly VAULT_SECRET_ID_WRAPPED: boolean;
  readonly VAULT_APPROLE_MOUNT: string;
}

function loginOf(given: LoginSettings): VaultLogin | undefined {
  const { VAULT_TOKEN: token, VAULT_ROLE_ID: roleId, VAULT_SECRET_ID: secretId } = given;
  if (token !== undefined) return { token };
  if (roleId === undefined || secretId === undefined) return undefined;
  const { VAULT_SECRET_ID_WRAPPED: isWrapped, VAULT_APPROLE_MOUNT: mount } = given;
  return { roleId, secretId, isWrapped, mount };
}

function pathOf(name: string): string {
  return /^.+\/data\/.+$/.test(name) ? name : name.replace('/', '/data/');
}

function isInTheClear({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, ''));
}
