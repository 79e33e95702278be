import type { VaultConfig } from '../config/vault.ts';
import type { VaultFailure, VaultFailureKind } from '../platform/secrets/vault/vault-failure.ts';
import type { Explanation } from '../platform/start-failure.ts';

type Advice = Readonly<Record<VaultFailureKind, Pick<Explanation, 'what' | 'todo'>>>;

const advice: Advice = {
  unreachable: {
    what: 'Vault cannot be reached.',
    todo: 'Check VAULT_ADDR, and that Vault runs there. A firewall that drops packets looks like this, too.',
  },
  untrusted: {
    what: 'The certificate of Vault is not trusted.',
    todo: 'Name the certificate of its authority in VAULT_CACERT. The host in VAULT_ADDR must be the one in the certificate.',
  },
  foreign: {
    what: 'What answers at VAULT_ADDR does not answer as Vault does.',
    todo: 'Let VAULT_ADDR lead to Vault or OpenBao itself, or to a balancer that picks the active node; and VAULT_SECRETS to a KV engine of version 2.',
  },
  sealed: {
    what: 'Vault is sealed, or not initialised.',
    todo: 'Unseal it (vault operator unseal), or lead VAULT_ADDR to a node that is unsealed.',
  },
  busy: {
    what: 'Vault takes no more requests at the moment.',
    todo: 'Start again in a while, or raise its rate limit quota.',
  },
  failing: {
    what: 'Vault cannot answer at the moment.',
    todo: 'Look at its own log; start again when it works.',
  },
  login: {
    what: 'Vault does not let Charter in.',
    todo: 'A token may have ended: put another into VAULT_TOKEN or its file. For an AppRole check VAULT_ROLE_ID and VAULT_APPROLE_MOUNT, and make another secret id: one may have ended, or be used up.',
  },
  denied: {
    what: 'Vault does not let Charter read a secret.',
    todo: 'Give its policy what docs/secrets.md shows: path "<mount>/data/<path>" { capabilities = ["read"] }.',
  },
  missing: {
    what: 'There is no such secret in Vault.',
    todo: 'Write it (vault kv put), or bring its last version back (vault kv undelete, vault kv rollback). VAULT_SECRETS names it with its mount, as kv/charter.',
  },
};

/** Why Vault cannot be used, and what to do. */
export function explainVaultFailure(
  { kind, message }: VaultFailure,
  config: VaultConfig,
): Explanation {
  const { what, todo } = advice[kind];
  return {
    what,
    why: message.includes(config.address) ? message : `${config.address}: ${message}`,
    todo: [todo, ...(['denied', 'missing'].includes(kind) ? readingsOf(message, config) : [])].join(
      ' ',
    ),
  };
}

/** `kv/team/data/x` may be meant in two ways, and the API has one. */
function readingsOf(message: string, { secrets }: VaultConfig): string[] {
  return secrets
    .filter(({ name, path }) => name === path && message.includes(`${name}: `))
    .flatMap(({ name }) => {
      const [mount = '', rest = ''] = name.split(/\/data\/(.*)/s);
      const [first, ...further] = mount.split('/');
      if (further.length === 0) return [];
      const inFirst = [first, 'data', ...further, 'data', rest].join('/');
      return `${name} names ${rest} in an engine that is mounted at ${mount}; where the engine is at ${first}, write ${inFirst}.`;
    });
}
