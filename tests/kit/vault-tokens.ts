import { randomUUID } from 'node:crypto';
import type { Clock } from '../../server/platform/clock.ts';

/** Path, or its beginning with `*` at the end → what may be done there. */
export type Policy = Readonly<Record<string, readonly string[]>>;

export interface TokenOptions {
  readonly policies: readonly string[];
  /** 0: it never ends. */
  readonly ttlSeconds?: number;
  readonly isRenewable?: boolean;
  /** However often it is renewed. */
  readonly maxSeconds?: number;
}

interface Token {
  readonly id: string;
  readonly accessor: string;
  readonly policies: readonly string[];
  readonly isRenewable: boolean;
  readonly ttlSeconds: number;
  readonly bornAt: number;
  readonly maxSeconds: number;
  endsAt: number;
}

export interface RoleOptions extends TokenOptions {
  /** How often each secret id opens; 0: always. */
  readonly secretIdUses?: number;
}

interface Role extends RoleOptions {
  readonly roleId: string;
  readonly secretIds: Map<string, number>;
}

/** What every token may do unless it lacks the policy `default`. */
const defaultPolicy: Policy = {
  'auth/token/lookup-self': ['read'],
  'auth/token/renew-self': ['update'],
  'auth/token/revoke-self': ['update'],
  'sys/capabilities-self': ['update'],
};

/** Who may do what, as Vault's token store and its AppRoles know it. */
export class VaultTokens {
  readonly policies = new Map<string, Policy>([['default', defaultPolicy]]);
  readonly #tokens = new Map<string, Token>();
  readonly #roles = new Map<string, Role>();
  readonly #wrapped = new Map<string, string>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many there are that have not ended. */
  get living(): number {
    return [...this.#tokens.keys()].filter((id) => this.find(id)).length;
  }

  create({
    policies,
    ttlSeconds = 0,
    isRenewable = true,
    maxSeconds = 2_764_800,
  }: TokenOptions): string {
    const id = `hvs.${randomUUID().replaceAll('-', '')}`;
    const now = this.#now;
    const endsAt = ttlSeconds === 0 ? Number.POSITIVE_INFINITY : now + ttlSeconds * 1000;
    const accessor = randomUUID();
    const all = policies.includes('root') ? policies : [...new Set(['default', ...policies])];
    this.#tokens.set(id, {
      id,
      accessor,
      policies: all,
      isRenewable: isRenewable && ttlSeconds > 0,
      ttlSeconds,
      bornAt: now,
      maxSeconds,
      endsAt,
    });
    return id;
  }

  find(id: string): Token | undefined {
    const token = this.#tokens.get(id);
    if (token && token.endsAt > this.#now) return token;
    this.#tokens.delete(id);
    return undefined;
  }

  /** Those of a role, or every one: as after `vault token revoke -mode path auth/approle`. */
  revokeAll(): void {
    this.#tokens.clear();
  }

  revoke(id: string): void {
    this.#tokens.delete(id);
  }

  /** Undefined: it is not renewable. */
  renew(token: Token): number | undefined {
    if (!token.isRenewable) return undefined;
    token.endsAt = Math.min(
      this.#now + token.ttlSeconds * 1000,
      token.bornAt + token.maxSeconds * 1000,
    );
    return this.secondsLeft(token);
  }

  secondsLeft({ endsAt }: Token): number {
    return Number.isFinite(endsAt) ? Math.max(0, Math.floor((endsAt - this.#now) / 1000)) : 0;
  }

  may(token: Token, path: string, capability: string): boolean {
    return this.capabilities(token, path).some((one) => one === capability || one === 'root');
  }

  capabilities({ policies }: Token, path: string): string[] {
    if (policies.includes('root')) return ['root'];
    const found = policies.flatMap((name) =>
      Object.entries(this.policies.get(name) ?? {})
        .filter(([rule]) =>
          rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : rule === path,
        )
        .flatMap(([, capabilities]) => capabilities),
    );
    return found.length === 0 ? ['deny'] : [...new Set(found)].sort();
  }

  createRole(options: RoleOptions): string {
    const roleId = randomUUID();
    this.#roles.set(roleId, { ...options, roleId, secretIds: new Map() });
    return roleId;
  }

  createSecretId(roleId: string): string {
    const role = this.#roles.get(roleId);
    if (!role) throw new Error('There is no such role');
    const secretId = randomUUID();
    role.secretIds.set(secretId, role.secretIdUses || Number.POSITIVE_INFINITY);
    return secretId;
  }

  /** A token with which it is taken out once. */
  wrap(secretId: string): string {
    const wrapping = this.create({
      policies: ['response-wrapping'],
      ttlSeconds: 120,
      isRenewable: false,
    });
    this.#wrapped.set(wrapping, secretId);
    return wrapping;
  }

  unwrap(wrapping: string): string | undefined {
    const secretId = this.find(wrapping) && this.#wrapped.get(wrapping);
    this.#wrapped.delete(wrapping);
    this.#tokens.delete(wrapping);
    return secretId;
  }

  logIn(roleId: string, secretId: string): Token | undefined {
    const role = this.#roles.get(roleId);
    const uses = role?.secretIds.get(secretId);
    if (!role || !uses) return undefined;
    role.secretIds.set(secretId, uses - 1);
    return this.find(this.create(role));
  }

  get #now(): number {
    return this.#clock.now().getTime();
  }
}
