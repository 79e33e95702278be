/** On a checkout. Whoever has made `charter` a command of its own leaves the rest out. */
export const howToRun = 'npm run charter --';

export interface Told {
  /** Each is a line that can be run: a test parses it. */
  readonly examples: readonly string[];
  /** What 1 means, beside what it always does. */
  readonly failsWhen?: string;
  /** When it ends with 3; other commands never do. */
  readonly unreadableWhen?: string;
}

const someId = '01a20087-992c-7a00-96a1-c13da78f26d8';

/** What the page and the help of a command say beside its definition. */
export const told: Readonly<Record<string, Told>> = {
  'migrate up': { examples: ['migrate', 'migrate up --json'] },
  'migrate status': { examples: ['migrate status'] },
  'migrate down': {
    examples: ['migrate down', 'migrate down --to 0030_webhooks --yes'],
    failsWhen: 'nobody says yes',
  },
  'migrate new': { examples: ['migrate new invoices'], failsWhen: 'there is one of this name' },
  seed: {
    examples: ['seed --demo 200'],
    failsWhen: 'this is production, and `--in-production` was not said',
  },
  'admin create': {
    examples: [
      'admin create',
      'admin create --email ada@example.com --username ada < password.txt',
    ],
  },
  'admin reset': { examples: ['admin reset ada@example.com'] },
  'user list': { examples: ['user list', 'user list --search ada --json'] },
  'user deactivate': { examples: ['user deactivate ada'] },
  'user activate': { examples: ['user activate ada'] },
  'user reset-link': { examples: ['user reset-link ada@example.com'] },
  'role list': { examples: ['role list'] },
  'role grant': { examples: ['role grant support users:read'] },
  'role revoke': { examples: ['role revoke support users:read'] },
  'role assign': { examples: ['role assign support ada'] },
  'role take': { examples: ['role take support ada'] },
  'service-account list': { examples: ['service-account list'] },
  'service-account create': {
    examples: ['service-account create nightly-report --description Figures --role member'],
  },
  'service-account deactivate': { examples: ['service-account deactivate nightly-report'] },
  'service-account activate': { examples: ['service-account activate nightly-report'] },
  'service-account roles': {
    examples: [
      'service-account roles nightly-report member support',
      'service-account roles nightly-report --none',
    ],
  },
  'service-account remove': { examples: ['service-account remove nightly-report'] },
  'api-key list': { examples: ['api-key list --user ada'] },
  'api-key create': {
    examples: ['api-key create nightly-report --name figures --scope users:read --days 30'],
  },
  'api-key rotate': { examples: [`api-key rotate ${someId} --overlap-seconds 3600`] },
  'api-key revoke': { examples: ['api-key revoke', `api-key revoke ${someId}`] },
  'keys create': { examples: ['keys create'] },
  'keys rotate': { examples: ['keys rotate'] },
  'keys revoke': { examples: [`keys revoke ${someId}`] },
  'keys rotate-encryption': {
    examples: ['keys rotate-encryption', 'keys rotate-encryption --later'],
  },
  worker: { examples: ['worker', 'worker --once'] },
  'jobs list': { examples: ['jobs list --state dead'] },
  'jobs retry': { examples: [`jobs retry ${someId}`, 'jobs retry --all'] },
  'jobs discard': { examples: [`jobs discard ${someId}`] },
  'webhooks list': { examples: ['webhooks list'] },
  'webhooks deliveries': { examples: [`webhooks deliveries ${someId} --state failed`] },
  'webhooks redeliver': { examples: [`webhooks redeliver ${someId} ${someId}`] },
  'webhooks test': { examples: [`webhooks test ${someId} --event account.created`] },
  'webhooks pause': { examples: [`webhooks pause ${someId}`] },
  'webhooks resume': { examples: [`webhooks resume ${someId}`] },
  'audit export': {
    examples: [
      'audit export --output audit.csv',
      'audit export --output denied.ndjson --format ndjson --result denied --from 2026-11-01T00:00:00Z',
    ],
    failsWhen: 'the file is there already',
  },
  'audit verify': { examples: ['audit verify'], failsWhen: 'an entry is not as it was sealed' },
  openapi: { examples: ['openapi --out openapi.json', 'openapi --yaml --out openapi.yaml'] },
  mock: {
    examples: ['mock', 'mock --stateful --seed 7', 'mock --latency 300 --fail 5%'],
    failsWhen: 'its port is taken',
  },
  'contract diff': {
    examples: [
      'contract diff',
      'contract diff main --markdown',
      'contract diff theirs.yaml newer.yaml --fail-on risky --json',
    ],
    failsWhen: 'something breaks that contract/CHANGELOG.md does not acknowledge',
    unreadableWhen: 'a side is not there, is no OpenAPI 3.0 or 3.1, or refers to what is elsewhere',
  },
  'contract release': {
    examples: ['contract release 0.2.0 --dry-run', 'contract release 0.2.0'],
    failsWhen: 'the version does not say what changed, or nobody answers for it',
  },
  'contract notes': { examples: ['contract notes', 'contract notes 0.1.0 --json'] },
  'config show': {
    examples: ['config show', 'config show --given --json'],
    failsWhen: 'the service could not start with it',
  },
  doctor: { examples: ['doctor'], failsWhen: 'not everything is in order' },
  restored: {
    examples: ['restored'],
    failsWhen: 'a process of the service is connected to the database',
  },
  smoke: {
    examples: [
      'smoke https://api.example.com',
      'smoke https://api.example.com --credentials smoke.txt --wait-seconds 60 --json',
    ],
    failsWhen: 'a check has failed',
  },
  load: {
    examples: [
      'load http://127.0.0.1:3000 --rate 50 --seconds 60 --page load.html',
      'load https://staging.example.com --yes --scenario mixed --accounts accounts.txt --out run.json',
    ],
    failsWhen: 'more answers were not good than `--max-failures`',
  },
  'generate feature': {
    examples: [
      'generate feature invoices',
      'generate feature addresses --singular address --dry-run',
    ],
    failsWhen: 'there is such a noun',
  },
  'generate endpoint': {
    examples: ['generate endpoint invoices.approve', 'generate endpoint invoices.total --reads'],
  },
  init: {
    examples: [
      'init parceldesk --title Parcels --holder Acme --dry-run',
      'init parceldesk --licence mit',
    ],
    failsWhen: 'the name will not do, or something is not committed',
  },
  upgrade: {
    examples: ['upgrade baseline/main'],
    failsWhen: 'a file needs a decision',
  },
  completion: { examples: ['completion bash', 'completion fish'] },
};
