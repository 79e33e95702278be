import {
  type Examination,
  type ExaminedSecret,
  examine,
} from '../platform/secrets/vault/examine.ts';
import type { Vault } from '../platform/secrets/vault/vault.ts';
import type { Finding } from './finding.ts';

const soonSeconds = 7 * 86_400;

/** Whether Vault answers, how it knows us, and what each secret fills. */
export async function vaultFindings(vault: Vault): Promise<Finding[]> {
  const found = await examine(vault);
  const { version = 'of an unknown version', isStandby, secrets } = found;
  const detail = `${version} at ${vault.config.address}${isStandby ? ', a standby' : ''}`;
  return [
    { check: 'vault', ok: true, detail },
    tokenFinding(vault, found),
    ...secrets.map(ofSecret),
  ];
}

function tokenFinding({ config }: Vault, { self }: Examination): Finding {
  const check = 'vault login';
  const by = 'token' in config.login ? 'a token' : 'an AppRole';
  if (!self) return { check, ok: true, detail: `by ${by}, which may not look itself up` };
  const { ttl, renewable, policies } = self;
  const life = ttl === 0 ? 'never ends' : `ends in ${durationOf(ttl)}`;
  const renewal = renewable ? ', renewable' : '';
  const detail = `by ${by}, ${life}${renewal}; policies: ${policies.join(', ')}`;
  if (policies.includes('root')) {
    const todo = 'Give Charter a token of its own, with the policy in docs/secrets.md.';
    return { check, ok: false, detail, todo };
  }
  const isLast = 'token' in config.login && !renewable && ttl > 0 && ttl < soonSeconds;
  const todo = 'It cannot be renewed: put another one into VAULT_TOKEN_FILE before it ends.';
  return { check, ok: !isLast, detail, ...(isLast && { todo }) };
}

function ofSecret({ name, version, fills, others, mayAlso }: ExaminedSecret): Finding {
  const detail = [
    `${name}, version ${version}: ${fills.join(', ') || 'fills nothing'}`,
    ...(others.length > 0 ? [`not used: ${others.join(', ')}`] : []),
    ...(mayAlso.length > 0 ? [`reading is enough, and we may also ${mayAlso.join(', ')}`] : []),
  ].join('; ');
  const todo = 'Name its keys after settings: DATABASE_URL, SECRET_KEYS and others.';
  const ok = fills.length > 0;
  return { check: 'vault secret', ok, detail, ...(!ok && { todo }) };
}

function durationOf(seconds: number): string {
  if (seconds >= 2 * 86_400) return `${Math.floor(seconds / 86_400)} days`;
  return seconds >= 7_200 ? `${Math.floor(seconds / 3_600)} h` : `${Math.ceil(seconds / 60)} min`;
}
