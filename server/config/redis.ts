import * as z from 'zod';
import { section } from './section.ts';
import { certificate, whole } from './values.ts';

/** Where Redis is, and how the service proves to it who it is. */
export interface RedisServers {
  /** Of a cluster: some of its nodes. They tell of the others. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly isCluster: boolean;
  readonly isEncrypted: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The number of the database. */
  readonly db: number;
}

/** One address, or those of a cluster's nodes with commas between them. */
export const redisUrl = z.string().transform((text, context) => {
  const urls = text.split(',').map((item) => URL.parse(item.trim()));
  const mistake = mistakeIn(urls);
  if (mistake === undefined) return serversOf(urls as URL[]);
  context.addIssue(mistake);
  return z.NEVER;
});

export const redis = section({
  settings: {
    REDIS_URL: redisUrl.optional(),
    REDIS_CA_FILE: certificate.optional(),
    REDIS_KEY_PREFIX: z
      .string()
      .max(100)
      .regex(/^[\w:.{}-]+$/, 'write letters, digits and :._-{} only, as charter:')
      .default('charter:'),
    REDIS_TIMEOUT_MS: whole(10, 10_000).default(300),
  },
  /** Undefined: there is none, and nothing of it is loaded. */
  build: (given) =>
    given.REDIS_URL && {
      servers: given.REDIS_URL,
      /** The certificate of the authority that is trusted, besides which no other is. */
      ca: given.REDIS_CA_FILE,
      keyPrefix: given.REDIS_KEY_PREFIX,
      /** How long a command may take. */
      timeoutMs: given.REDIS_TIMEOUT_MS,
    },
});

export type RedisConfig = NonNullable<ReturnType<typeof redis.build>>;

function mistakeIn(given: readonly (URL | null)[]): string | undefined {
  const urls = given.filter((url) => url !== null && /^rediss?:$/.test(url.protocol)) as URL[];
  if (urls.length < given.length) {
    return 'write redis://user:password@host:6379 or rediss://…, with commas between nodes';
  }
  if (urls.some(({ hostname }) => hostname === '')) return 'name the host, as redis://example.com';
  if (!urls.every(({ username, password }) => isEncoded(username) && isEncoded(password))) {
    return 'write % in user and password as %25';
  }
  if (!urls.every(isWhole)) {
    return 'ends after host and port, or with the number of a database as /1, or with ?cluster=true';
  }
  if (new Set(urls.map(loginOf)).size > 1) {
    return 'give each node the same protocol, user and password';
  }
  if (isCluster(urls) && urls.some((url) => databaseOf(url) !== 0)) {
    return 'leave out the number of the database: a cluster has one';
  }
  return undefined;
}

function serversOf(urls: URL[]): RedisServers {
  const [first] = urls;
  if (!first) throw new Error('A split text has a part');
  return {
    nodes: urls.map(({ hostname, port }) => ({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? 6_379 : Number(port),
    })),
    isCluster: isCluster(urls),
    isEncrypted: first.protocol === 'rediss:',
    username: decodeURIComponent(first.username) || undefined,
    password: decodeURIComponent(first.password) || undefined,
    db: databaseOf(first),
  };
}

function isCluster(urls: readonly URL[]): boolean {
  return urls.length > 1 || urls.some(({ search }) => search !== '');
}

function loginOf({ protocol, username, password }: URL): string {
  return [protocol, username, password].join(' ');
}

function databaseOf({ pathname }: URL): number {
  return Number(pathname.slice(1));
}

function isWhole({ pathname, search, hash }: URL): boolean {
  return /^(\/\d{0,4})?$/.test(pathname) && ['', '?cluster=true'].includes(search) && hash === '';
}

function isEncoded(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text);
}
