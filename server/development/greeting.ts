import type { Config } from '../config.ts';

/** The table that greets whoever typed `npm start`. */
export function greeting(config: Config, { isEmbedded }: { isEmbedded: boolean }): string {
  const url = config.PUBLIC_URL;
  const rows = [
    ['API', `${url}/api/v1`],
    ['Docs page', `${url}/docs`],
    ['OpenAPI document', `${url}/api/v1/openapi.json`],
    ['Health', `${url}/api/v1/health`],
    ['Metrics', metricsAddress(config)],
    ['Database', `${withoutPassword(config.DATABASE_URL)}${isEmbedded ? '  (embedded)' : ''}`],
    ['First administrator', 'npm run charter -- admin create   (in a second terminal)'],
    ['Sign in', `on the docs page: auth → POST /api/v1/auth/login → Try it out`],
    ['Stop', 'Ctrl-C'],
  ] as const;
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}   ${value}`);
  return `\n  Charter is ready.\n\n${lines.join('\n')}\n`;
}

function metricsAddress({ METRICS_HOST: host, METRICS_PORT: port }: Config): string {
  if (port === 0) return 'off (METRICS_PORT)';
  // An IPv6 address stands in brackets.
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`;
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.password) url.password = '***';
  return url.href;
}
