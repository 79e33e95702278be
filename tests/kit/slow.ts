/**
 * What a bare `npm test` leaves out, so that it answers within a minute: journeys of many steps, what
 * runs other programs or many apps, and generated cases that say of each operation what the others
 * say already. `npm run test:all` and `.ci/run` run them; named on the command line, they run too.
 */
export const slow: readonly string[] = [
  ...within('cli', 'accounts', 'admin', 'api-keys', 'audit', 'database'),
  ...within(
    'cli',
    'config',
    'contract',
    'contract-release',
    'load/load',
    'migrate',
    'roles',
    'seed',
    'service-accounts',
    'smoke',
  ),
  ...within('cli', 'webhooks'),
  ...within('contract', 'diff/own', 'yaml'),
  ...within('client', 'server'),
  ...within('features/api-keys', 'api-keys'),
  ...within('features', 'account-erasure/*', 'account-export/*', 'account-metrics'),
  ...within(
    'features',
    'email-change/*',
    'health/redis-health',
    'identities/kept-tokens',
    'impersonation/*',
  ),
  ...within('features', 'passkeys/*', 'passwords/rules'),
  ...within('features', 'signing-keys/rotation', 'webhooks/deliveries'),
  ...within('features/auth', 'attempts', 'change-password', 'refresh', 'revoked-at-once'),
  ...within('features/auth', 'spellings', 'token'),
  ...within('features/oidc', 'exchange', 'logout'),
  ...within('features/second-factors', 'reauthenticate', 'sign-in'),
  ...within('generated', 'access-by-graphql', 'bad-input', 'faults', 'gone', 'idempotency'),
  ...within('generated', 'conditional', 'mock', 'odd-input', 'samples'),
  ...within('graphql', 'audits', 'relations'),
  ...within('mock', 'mock'),
  ...within('graphql', 'attacks', 'examples', 'interrupted'),
  ...within('pages', 'account-pages'),
  ...within('platform', 'cache/in-redis', 'mail/mail', 'mail/smtp-transport'),
  ...within('platform', 'observability/otlp', 'replica', 'storage/*'),
  ...within('platform/db', 'embedded', 'migrate', 'migrate-releases', 'read-only'),
  ...within('platform/db', 'statements-recovery'),
  ...within('server', 'database-failures'),
];

function within(folder: string, ...names: string[]): string[] {
  return names.map((name) => `tests/${folder}/${name}.test.ts`);
}
