import type { Explanation } from '../platform/start-failure.ts';

interface Cause {
  /** Of the code (of Node, TLS or PostgreSQL) and the words behind it. */
  readonly sign: RegExp;
  readonly what: string;
  readonly todo: string;
}

const doctor = '`npm run charter -- doctor` looks again.';

/** Every way in which a database is known to refuse a start. The first that fits is shown. */
const causes: readonly Cause[] = [
  {
    sign: /^(ENOTFOUND|EAI_AGAIN)/,
    what: 'The database cannot be reached: its host has no address.',
    todo: `Correct the host in DATABASE_URL, and look at the DNS of this machine. ${doctor}`,
  },
  {
    sign: /does not support SSL connections/,
    what: 'The database speaks no TLS, and DATABASE_URL asks for it.',
    todo: 'Turn TLS on in PostgreSQL (ssl = on). Or, in a network that you trust, write sslmode=disable in DATABASE_URL.',
  },
  {
    sign: /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/,
    what: 'The certificate of the database is not trusted.',
    todo: 'Name the certificate of its authority: sslrootcert=/path/to/ca.pem in DATABASE_URL. The host in DATABASE_URL must be the one in the certificate.',
  },
  {
    sign: /^(EPROTO|ERR_SSL_)|establishing an SSL connection|secure TLS connection/,
    what: 'The database and Charter could not agree on TLS.',
    todo: 'Check that host and port in DATABASE_URL are those of PostgreSQL, and its ssl settings.',
  },
  {
    sign: /^28000/,
    what: 'The database does not let this role in from here.',
    todo: 'Look at its pg_hba.conf. If it insists on TLS, add sslmode=require to DATABASE_URL.',
  },
  {
    sign: /^28P01|^ ?SASL: .*password/,
    what: 'The database refuses the user or the password of DATABASE_URL.',
    todo: `Correct both in DATABASE_URL; percent-encode what is special in a URL (@ is %40). ${doctor}`,
  },
  {
    sign: /^3D000|no such database/,
    what: 'There is no such database.',
    todo: `Create it (createdb), or correct its name in DATABASE_URL. ${doctor}`,
  },
  {
    sign: /^42501/,
    what: 'The database role lacks rights.',
    todo: 'Migrate as the owner of the schema. Grant the role that serves: usage on the schema and on pgboss; select, insert, update and delete on their tables.',
  },
  {
    sign: /^53300/,
    what: 'The database has no connection left for Charter.',
    todo: 'Close others, lower DATABASE_POOL_SIZE on all processes, or raise max_connections or the CONNECTION LIMIT of the role.',
  },
  {
    sign: /^53100/,
    what: 'The disk of the database is full.',
    todo: 'Make room there, and start again.',
  },
  {
    sign: /^57P03/,
    what: 'The database does not take connections yet.',
    todo: 'It starts, recovers or stops. Wait a moment and start again; its own log tells more.',
  },
  {
    sign: /unsupported startup parameter/,
    what: 'The pooler before the database refuses what Charter asks for when it connects.',
    todo: 'Leave the parameter out of DATABASE_URL and set it for the role (alter role … set …), or name it in ignore_startup_parameters of pgbouncer.ini.',
  },
  {
    sign: /^25006/,
    what: 'The database is read-only.',
    todo: 'After a failover, let DATABASE_URL lead to the new primary. Otherwise look at default_transaction_read_only.',
  },
  {
    sign: /^(57014|55P03)|Query read timeout/,
    what: 'The database did not do in time what it was asked.',
    todo: 'Look for locks and long statements in pg_stat_activity, and start again.',
  },
  {
    sign: /^(ECONNRESET|EPIPE|57P|08)|Connection terminated/,
    what: 'The database ended the connection.',
    todo: `Read its log, or that of the pooler: did it stop, is the port that of a PostgreSQL? Start again when it runs. ${doctor}`,
  },
  {
    sign: /^(ETIMEDOUT)|timeout expired|Timeout acquiring a connection/,
    what: 'The database cannot be reached: it does not answer.',
    todo: `Check host and port in DATABASE_URL. A firewall that drops packets looks like this, and so does a server that is overloaded. ${doctor}`,
  },
  {
    sign: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)|^(EACCES|ENOENT) connect/,
    what: 'The database cannot be reached.',
    todo: `Check host and port in DATABASE_URL, and that PostgreSQL runs there. ${doctor}`,
  },
  {
    sign: /^\w{5} FATAL/,
    what: 'The database refuses the connection.',
    todo: `Read its log, and check DATABASE_URL. ${doctor}`,
  },
];

/** What an error of the database, or of the way to it, means; undefined when it is none of these. */
export function explainDatabaseFailure(error: Error, url?: string): Explanation | undefined {
  const { code = '', severity, message } = innermost(error);
  const sign = [code, ...(severity === 'FATAL' ? [severity] : []), message].join(' ');
  const cause = causes.find((each) => each.sign.test(sign));
  if (!cause) return undefined;
  const withCode = code === '' || message.includes(code) ? message : `${message} (${code})`;
  return {
    what: cause.what,
    why: url ? `${addressOf(url)}: ${withCode}` : withCode,
    todo: cause.todo,
  };
}

interface DatabaseError {
  readonly message: string;
  readonly code?: string;
  readonly severity?: string;
  /** What Objection wraps. */
  readonly nativeError?: DatabaseError;
  /** A host with several addresses is refused by each. */
  readonly errors?: readonly Error[];
}

function innermost(error: DatabaseError): DatabaseError {
  if (error.nativeError) return innermost(error.nativeError);
  const message = error.message || (error.errors ?? []).map((each) => each.message).join(', ');
  // Knex puts the statement, with its values, in front of the server's words.
  return { ...error, message: message.replace(/^.* - /s, '') };
}

/** Never the password, nor what else a URL may hold. */
function addressOf(url: string): string {
  const { hostname, port, pathname, username } = new URL(url);
  return `${hostname || 'localhost'}:${port || 5432}${pathname}${username && ` as ${username}`}`;
}
