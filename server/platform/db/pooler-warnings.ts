import type { DatabaseConfig } from '../../config/database.ts';
import type { Pooler } from './pooler.ts';

/** The poolers of both addresses, which may be one. */
export interface Poolers {
  readonly pooled: Pooler;
  readonly direct: Pooler;
}

/** What a pooler asks for: in the words of the warnings of the configuration, to be shown among them. */
export function poolerWarnings({ pooled, direct }: Poolers, config: DatabaseConfig): string[] {
  const isShared = pooled === direct;
  const { hasNamedStatements: wanted, statementTimeoutMs } = config;
  const stands = 'a pooler stands before the database';
  const warnings: [boolean, string][] = [
    [
      isShared && direct.isPresent,
      `DATABASE_DIRECT_URL is not set, and ${stands}: in transaction mode revocations are late, and migrations lack a connection that stays. Name the address of PostgreSQL itself.`,
    ],
    [
      !isShared && direct.isPresent,
      'DATABASE_DIRECT_URL leads to a pooler: name the address of PostgreSQL itself, or let that pooler work in session mode.',
    ],
    [
      wanted === undefined && pooled.isPresent,
      `DATABASE_NAMED_STATEMENTS is not set, and ${stands}: statements are not prepared. Set it to false, or to true where the pooler keeps them apart.`,
    ],
    [
      wanted === true && pooled.isPresent && pooled.keepsStatements === false,
      `DATABASE_NAMED_STATEMENTS is not followed: ${stands}, and does not keep prepared statements apart. Set it to false, or let the pooler do that (PgBouncer 1.21: max_prepared_statements).`,
    ],
    [
      pooled.isPresent && pooled.hasTimeout === false,
      `DATABASE_STATEMENT_TIMEOUT_MS does not get past the pooler, and the role has no limit of its own: alter role … set statement_timeout = ${statementTimeoutMs}.`,
    ],
  ];
  return warnings.flatMap(([applies, text]) => (applies ? [text] : []));
}
