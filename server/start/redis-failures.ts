interface Cause {
  readonly sign: RegExp;
  readonly todo: string;
}

/** Why Redis may not work, by the words of its driver or its own, and what to do. */
const causes: readonly Cause[] = [
  { sign: /ENOTFOUND|EAI_AGAIN/, todo: 'Correct the host in REDIS_URL.' },
  {
    sign: /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/,
    todo: 'Check host and port in REDIS_URL, and that Redis runs there.',
  },
  {
    sign: /^(WRONGPASS|NOAUTH)|NOAUTH|WRONGPASS/,
    todo: 'Correct user and password in REDIS_URL; percent-encode what is special in a URL.',
  },
  {
    sign: /ETIMEDOUT|timed out/,
    todo: 'It does not answer in time: a firewall may drop packets, Redis may hang, or REDIS_URL says rediss:// where there is no TLS.',
  },
  {
    sign: /NOPERM/,
    todo: 'Grant its user the commands and keys that docs/redis.md lists.',
  },
  {
    sign: /certificate|self-signed|altnames/i,
    todo: 'Name the certificate of its authority in REDIS_CA_FILE; the host in REDIS_URL must be the one in the certificate.',
  },
  {
    sign: /EPROTO|wrong version number|ECONNRESET|Connection is closed/,
    todo: 'Redis or what is before it ended the connection: does it speak TLS (rediss://), or none (redis://)?',
  },
  {
    sign: /^OOM/,
    todo: 'Redis is full: give it more memory (maxmemory), or let it forget (maxmemory-policy volatile-ttl).',
  },
  {
    sign: /^MOVED/,
    todo: 'This is a node of a cluster: write several of its addresses in REDIS_URL, or ?cluster=true.',
  },
  {
    sign: /slots cache/,
    todo: 'No node of a cluster answers at REDIS_URL: is it one? One server is written without ?cluster=true and commas.',
  },
  {
    sign: /^READONLY/,
    todo: 'This is a replica: let REDIS_URL lead to the primary.',
  },
];

/** What to do about a Redis that does not work for this reason. */
export function redisAdvice(reason: string): string {
  const cause = causes.find(({ sign }) => sign.test(reason));
  return (
    cause?.todo ?? 'Look at Redis, and at the network between: the service goes on without it.'
  );
}
