import * as z from 'zod';
import { secretSettings } from '../../../config/environment.ts';
import type { VaultSecret } from '../../../config/vault.ts';
import { readSecret } from './kv.ts';
import type { Vault } from './vault.ts';
import type { VaultSelf } from './vault-session.ts';

/** What somebody who sets Vault up wants to know: names and numbers, no value. */
export interface Examination {
  /** Undefined: it does not say. */
  readonly version: string | undefined;
  readonly isStandby: boolean;
  /** Undefined: the token may not look itself up. */
  readonly self: VaultSelf | undefined;
  readonly secrets: readonly ExaminedSecret[];
}

export interface ExaminedSecret {
  readonly name: string;
  readonly version: number;
  /** Keys that name a secret of ours, and those that name none. */
  readonly fills: readonly string[];
  readonly others: readonly string[];
  /** What the token may do with it, besides reading it. */
  readonly mayAlso: readonly string[];
}

const Health = z.object({ version: z.string(), standby: z.boolean() });
const Capabilities = z.object({ data: z.record(z.string(), z.array(z.string())) });

/** @throws {VaultFailure} where it cannot be read. */
export async function examine(vault: Vault): Promise<Examination> {
  const { call, session } = vault.asking;
  const health = await call({ method: 'GET', path: 'sys/health', isOutsideNamespace: true });
  const { data: known } = Health.safeParse(health.body);
  const self = await session.self();
  const token = await session.token();
  const paths = vault.config.secrets.map(({ path }) => path);
  const asked = { method: 'POST', path: 'sys/capabilities-self', token, body: { paths } } as const;
  const { data: allowed } = Capabilities.safeParse((await call(asked)).body);
  const examineOne = async (secret: VaultSecret): Promise<ExaminedSecret> => {
    const { name, path } = secret;
    const { version, values } = await readSecret(call, secret, token, undefined);
    const keys = Object.keys(values);
    return {
      ...{ name, version },
      fills: keys.filter((key) => secretSettings.includes(key)),
      others: keys.filter((key) => !secretSettings.includes(key)),
      mayAlso: (allowed?.data[path] ?? []).filter((one) => one !== 'read'),
    };
  };
  const secrets = await Promise.all(vault.config.secrets.map(examineOne));
  return { version: known?.version, isStandby: known?.standby ?? false, self, secrets };
}
