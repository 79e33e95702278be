import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Clock, systemClock } from '../../server/platform/clock.ts';
import { VaultTokens } from './vault-tokens.ts';

interface Version {
  data: Record<string, unknown> | null;
  readonly createdAt: string;
  deletedAt: string;
  isDestroyed: boolean;
}

export interface VaultOptions {
  readonly clock?: Clock;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Requests have to name it. */
  readonly namespace?: string;
  /** Where the KV engine and AppRole are. */
  readonly mount?: string;
  readonly approle?: string;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: Record<string, unknown> | undefined;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Undefined: as usual. `handled`: it has answered by itself, or never will. */
export type Handler = (
  asked: Asked,
  req: IncomingMessage,
  res: ServerResponse,
) => Answer | 'handled' | undefined;

/**
 * A server that answers as Vault does, by its documented API: KV version 2, tokens, AppRole, health.
 * It is strict where a real one is lenient: a request of another shape is a `violation`.
 */
export class VaultServer {
  readonly tokens: VaultTokens;
  /** `GET kv/data/charter`, in their order. */
  readonly requests: string[] = [];
  /** What no client of ours may send. */
  readonly violations: string[] = [];
  isSealed = false;
  isStandby = false;
  isPerformanceStandby = false;
  /** Takes requests to itself as long as it is set: slow, broken, strange. */
  intercept: Handler | undefined;
  readonly #secrets = new Map<string, Version[]>();
  readonly #options: VaultOptions;
  readonly #server;

  constructor(options: VaultOptions = {}) {
    this.#options = options;
    this.tokens = new VaultTokens(options.clock ?? systemClock);
    const listener = (req: IncomingMessage, res: ServerResponse) => void this.#serve(req, res);
    this.#server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  }

  async start(port = 0): Promise<this> {
    await once(
      this.#server.listen(port, this.#options.tls ? 'localhost' : '127.0.0.1'),
      'listening',
    );
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return this.#options.tls ? `https://localhost:${this.port}` : `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** `vault kv put`: another version; its number. */
  put(name: string, data: Record<string, unknown>): number {
    const versions = this.#secrets.get(name) ?? [];
    versions.push({ data, createdAt: new Date().toISOString(), deletedAt: '', isDestroyed: false });
    this.#secrets.set(name, versions);
    return versions.length;
  }

  /** `vault kv patch`: the newest version with some keys changed. */
  patch(name: string, data: Record<string, unknown>): number {
    return this.put(name, { ...this.#newest(name)?.data, ...data });
  }

  seal(): void {
    this.isSealed = true;
  }

  forget(name: string): void {
    this.#secrets.delete(name);
  }

  delete(name: string): void {
    Object.assign(this.#newest(name) ?? {}, { deletedAt: new Date().toISOString() });
  }

  undelete(name: string): void {
    Object.assign(this.#newest(name) ?? {}, { deletedAt: '' });
  }

  destroy(name: string): void {
    Object.assign(this.#newest(name) ?? {}, { data: null, isDestroyed: true });
  }

  #newest(name: string): Version | undefined {
    return this.#secrets.get(name)?.at(-1);
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? '').replace(/^\/v1\//, '');
    this.requests.push(`${req.method} ${path}`);
    const sent = await text(req).catch(() => '');
    const body = this.#parsed(req, sent);
    const token = req.headers['x-vault-token'] as string | undefined;
    const asked = { method: req.method ?? '', path, token, body };
    this.#judge(req, asked, sent);
    const answer = this.intercept?.(asked, req, res) ?? this.#answer(asked);
    if (answer === 'handled') return;
    const content = answer.body === undefined ? '' : JSON.stringify(answer.body);
    res.writeHead(answer.status, {
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      ...answer.headers,
    });
    res.end(content);
  }

  #parsed(req: IncomingMessage, sent: string): Record<string, unknown> | undefined {
    if (sent === '') return undefined;
    try {
      return JSON.parse(sent) as Record<string, unknown>;
    } catch {
      this.violations.push(`${req.method} ${req.url}: is no JSON`);
      return undefined;
    }
  }

  #judge(req: IncomingMessage, { method, path, token, body }: Asked, sent: string): void {
    const { headers } = req;
    const wrong = (what: string) => this.violations.push(`${method} ${path}: ${what}`);
    if (!req.url?.startsWith('/v1/')) wrong('is not below /v1/');
    if (!['GET', 'POST'].includes(method)) wrong('another method');
    if (headers['x-vault-request'] !== 'true') wrong('says no X-Vault-Request');
    if (headers.accept !== 'application/json') wrong('asks for something else than JSON');
    if (method === 'GET' && sent !== '') wrong('has a body');
    if (body && headers['content-type'] !== 'application/json') wrong('has no content type');
    if (path.includes('?') || /%|\/\/|\.\./.test(path)) wrong('an odd address');
    const isOpen = path === 'sys/health' || path.endsWith('/login');
    if (isOpen && token !== undefined) wrong('gives a token to whoever needs none');
    const { namespace } = this.#options;
    const named = headers['x-vault-namespace'];
    if (path === 'sys/health' ? named !== undefined : named !== namespace)
      wrong('another namespace');
  }

  #answer(asked: Asked): Answer {
    const { method, path, token } = asked;
    if (path === 'sys/health') return this.#health();
    if (this.isSealed) return failed(503, 'Vault is sealed');
    const mount = this.#options.approle ?? 'approle';
    if (path === `auth/${mount}/login`) return this.#logIn(asked);
    if (token === undefined) return failed(400, 'missing client token');
    if (path === 'sys/wrapping/unwrap') return this.#unwrap(token);
    const holder = this.tokens.find(token);
    if (!holder)
      return failed(403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n');
    const capability = method === 'GET' ? 'read' : 'update';
    if (!this.tokens.may(holder, path, capability)) {
      return failed(403, '1 error occurred:\n\t* permission denied\n\n');
    }
    const data = `${this.#options.mount ?? 'kv'}/data/`;
    if (path.startsWith(data)) return this.#read(path.replace('/data/', '/'), method);
    if (path === 'auth/token/lookup-self') return this.#lookUp(holder);
    if (path === 'auth/token/renew-self') return this.#renew(holder);
    if (path === 'auth/token/revoke-self') {
      this.tokens.revoke(token);
      return { status: 204 };
    }
    if (path === 'sys/capabilities-self') return this.#capabilities(holder, asked);
    return failed(404, `no handler for route "${path}". route entry not found.`);
  }

  #health(): Answer {
    const { isSealed: sealed, isStandby: standby, isPerformanceStandby: performance } = this;
    const status = sealed ? 503 : performance ? 473 : standby ? 429 : 200;
    const body = {
      ...{ initialized: true, sealed, standby, performance_standby: performance },
      ...{ replication_performance_mode: 'disabled', replication_dr_mode: 'disabled' },
      ...{ server_time_utc: Math.floor(Date.now() / 1000), version: '1.17.2', enterprise: false },
      ...{ cluster_name: 'vault-cluster-1', cluster_id: randomUUID() },
    };
    return { status, body };
  }

  #logIn({ method, body = {} }: Asked): Answer {
    if (method !== 'POST') return failed(405, 'unsupported operation');
    const { role_id: roleId, secret_id: secretId } = body;
    if (typeof roleId !== 'string') return failed(400, 'missing role_id');
    if (typeof secretId !== 'string') return failed(400, 'missing secret_id');
    const token = this.tokens.logIn(roleId, secretId);
    if (!token) return failed(400, 'invalid role or secret ID');
    return { status: 200, body: envelope({ auth: this.#auth(token) }) };
  }

  #unwrap(wrapping: string): Answer {
    const secretId = this.tokens.unwrap(wrapping);
    if (secretId === undefined) {
      return failed(400, 'wrapping token is not valid or does not exist');
    }
    const data = {
      secret_id: secretId,
      secret_id_accessor: randomUUID(),
      secret_id_num_uses: 0,
      secret_id_ttl: 0,
    };
    return { status: 200, body: envelope({ data }) };
  }

  #auth(token: NonNullable<ReturnType<VaultTokens['find']>>) {
    return {
      ...{ client_token: token.id, accessor: token.accessor, policies: token.policies },
      ...{ token_policies: token.policies, metadata: { role_name: 'charter' } },
      ...{ lease_duration: this.tokens.secondsLeft(token), renewable: token.isRenewable },
      ...{ entity_id: '', token_type: 'service', orphan: true, mfa_requirement: null, num_uses: 0 },
    };
  }

  #lookUp(token: NonNullable<ReturnType<VaultTokens['find']>>): Answer {
    const data = {
      ...{ accessor: token.accessor, creation_time: Math.floor(token.bornAt / 1000) },
      ...{ creation_ttl: token.ttlSeconds, display_name: 'approle', entity_id: '' },
      expire_time: Number.isFinite(token.endsAt) ? new Date(token.endsAt).toISOString() : null,
      ...{ explicit_max_ttl: 0, id: token.id, num_uses: 0, orphan: true, meta: null },
      ...{ path: 'auth/approle/login', policies: token.policies, type: 'service' },
      ...{ renewable: token.isRenewable, ttl: this.tokens.secondsLeft(token) },
    };
    return { status: 200, body: envelope({ data }) };
  }

  #renew(token: NonNullable<ReturnType<VaultTokens['find']>>): Answer {
    if (this.tokens.renew(token) === undefined) return failed(400, 'lease is not renewable');
    return { status: 200, body: envelope({ auth: this.#auth(token) }) };
  }

  #capabilities(token: NonNullable<ReturnType<VaultTokens['find']>>, { body }: Asked): Answer {
    const paths = body?.paths;
    if (!Array.isArray(paths)) return failed(400, 'paths must be supplied');
    const data = Object.fromEntries(
      (paths as string[]).map((path) => [path, this.tokens.capabilities(token, path)]),
    );
    return { status: 200, body: { ...envelope({ data }), ...data } };
  }

  #read(name: string, method: string): Answer {
    if (method !== 'GET') return failed(405, 'unsupported operation');
    const versions = this.#secrets.get(name);
    const newest = versions?.at(-1);
    if (!versions || !newest) return { status: 404, body: { errors: [] } };
    const metadata = {
      ...{ created_time: newest.createdAt, custom_metadata: null },
      ...{ deletion_time: newest.deletedAt, destroyed: newest.isDestroyed },
      version: versions.length,
    };
    const isGone = newest.isDestroyed || newest.deletedAt !== '';
    const data = { data: isGone ? null : newest.data, metadata };
    return { status: isGone ? 404 : 200, body: envelope({ data }) };
  }
}

const envelope = (parts: { data?: unknown; auth?: unknown }) => ({
  ...{ request_id: randomUUID(), lease_id: '', renewable: false, lease_duration: 0 },
  ...{ data: null, wrap_info: null, warnings: null, auth: null, mount_type: '' },
  ...parts,
});

/** As Vault says what is wrong. */
export function failed(status: number, ...errors: string[]): Answer {
  return { status, body: { errors } };
}
