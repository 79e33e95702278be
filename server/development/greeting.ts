import type { Config } from '../config/config.ts';

export interface Greeted {
  readonly isEmbedded: boolean;
  /** Where the metrics are; undefined: nowhere. */
  readonly metricsPort: number | undefined;
}

/** The table that greets whoever typed `npm start`. */
export function greeting(config: Config, { isEmbedded, metricsPort }: Greeted): string {
  const url = config.http.publicUrl;
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['API', `${url}/api/v1`],
    ['Docs page', `${url}/docs`],
    ['OpenAPI document', `${url}/api/v1/openapi.json`],
    ['as YAML', `${url}/api/v1/openapi.yaml`],
    ['GraphQL', graphqlAddress(config.graphql, url)],
    ['Mails', config.mail.server ? `to ${config.mail.server.host}` : `${url}/dev/mail`],
    ['Health', `${url}/api/v1/health`],
    ['Metrics', metricsAddress(config.observability, metricsPort)],
    ['Database', `${withoutPassword(config.database.url)}${isEmbedded ? '  (embedded)' : ''}`],
    ['First administrator', 'npm run charter -- admin create   (in a second terminal)'],
    ['Sign in', `on the docs page: auth → POST /api/v1/auth/login → Try it out`],
    ['Stop', 'Ctrl-C'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}   ${value}`);
  return `\n  Charter is ready.\n\n${lines.join('\n')}\n`;
}

function graphqlAddress({ isOn, hasGraphiql }: Config['graphql'], url: string): string {
  if (!isOn) return 'off (GRAPHQL)';
  return `${url}/graphql${hasGraphiql ? `   (to try it: ${url}/dev/graphiql)` : ''}`;
}

function metricsAddress(
  { metricsHost: host, metricsPort: wanted }: Config['observability'],
  port: number | undefined,
): string {
  if (port === undefined) return 'off (METRICS_PORT)';
  // An IPv6 address stands in brackets.
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`;
  return port === wanted ? address : `${address}   (port ${wanted} is taken)`;
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.password) url.password = '***';
  if (url.searchParams.has('password')) url.searchParams.set('password', '***');
  return url.href;
}
