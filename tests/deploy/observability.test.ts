import { beforeAll, describe, expect, it } from 'vitest';
import { settingNames } from '../../server/config/config.ts';
import type { Telemetry } from '../../server/platform/observability/telemetry.ts';
import { useApp } from '../kit/app.ts';
import { eventually } from '../kit/eventually.ts';
import {
  type Panel,
  readAlerts,
  readDashboard,
  readRepository,
} from '../kit/observability-files.ts';
import { groupsOf, metricOf, readingsOf, seriesIn } from '../kit/promql.ts';

const app = useApp();
const alerts = readAlerts();
const dashboard = readDashboard();

/** What Prometheus knows of every target. */
const ofTargets = ['job', 'instance'];
let series: Map<string, Set<string>>;

beforeAll(async () => {
  await app.request('/api/v1/health/liveness');
  countOnce(app.platform.telemetry);
  series = await eventually(async () => {
    const found = seriesIn(await app.scrape());
    // What the database is asked for may be missing while it is slow to answer.
    expect([...found.keys()]).toEqual(
      expect.arrayContaining([
        'http_server_request_duration_seconds_count',
        'charter_audit_unsealed_seconds',
        'charter_webhooks_waiting',
      ]),
    );
    return found;
  });
  // Node collects garbage when it likes.
  for (const part of ['bucket', 'sum', 'count']) {
    series.set(`v8js_gc_duration_seconds_${part}`, new Set(['v8js_gc_type', 'le']));
  }
  series.set('up', new Set());
});

/** Counters that are told of once there is something to count. */
function countOnce({ accounts, ...telemetry }: Telemetry): void {
  telemetry.calls.begin('users.list', 'http').end(200);
  telemetry.jobs.begin('mail').end('done');
  telemetry.mails.count('notice', 'sent');
  telemetry.limits.countRefused('read');
  telemetry.limits.countFallback('read');
  telemetry.redis.countFailed();
  telemetry.redis.watch(() => true);
  const looks = { read: 1, failed: 0 };
  const secrets = { trouble: undefined, ageSeconds: 1, secrets: [], tokenEndsAt: undefined, looks };
  telemetry.replica.read();
  telemetry.replica.fellBack('away');
  telemetry.replica.watch(() => ({ isUsed: true, lagSeconds: 0 }));
  telemetry.vault.watch(() => secrets);
  telemetry.apiKeys.countToken('issued');
  telemetry.signIns.countEnd('password', 'signed_in');
  telemetry.signIns.count('acme', 'signed_in');
  telemetry.signOuts.count('acme', 'ended');
  telemetry.providers.begin('acme', 'redeem')('ok');
  telemetry.providers.countSync('acme', 'changed');
  telemetry.graphql.recordCost(1, 'query');
  telemetry.idempotency.count('replayed');
  telemetry.deprecations.count('users.list', undefined);
  telemetry.webhooks.count('delivered', 0.1);
  telemetry.liveEvents.recordLag(1);
  telemetry.liveEvents.countSent(1);
  telemetry.liveEvents.countEnded('left');
  telemetry.liveEvents.countRefused('caller');
  telemetry.uploads.count('received', 1);
  telemetry.storage.begin('put')('ok');
  accounts.countExport('built');
  accounts.countFactor('totp', 'proved');
  accounts.countImpersonation('started');
}

/** What the expression asks for and a scrape cannot have. */
function unknownIn(expression: string): string[] {
  const readings = readingsOf(expression);
  expect(readings, expression).not.toEqual([]);
  const known = new Set([
    ...ofTargets,
    ...readings.flatMap(({ name }) => [...(series.get(name) ?? [])]),
  ]);
  const ofReadings = readings.flatMap(({ name, labels }) => {
    const its = series.get(name);
    if (!its) return [name];
    const odd = labels.filter((label) => !its.has(label) && !ofTargets.includes(label));
    return odd.map((label) => `${name}{${label}}`);
  });
  const odd = groupsOf(expression).filter((label) => !known.has(label));
  return [...ofReadings, ...odd.map((label) => `by (${label})`)];
}

describe('the dashboard', () => {
  const shown = dashboard.panels.filter(({ type }) => type !== 'row');
  const expressions = shown.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

  it('has a row for each part of the service', () => {
    const rows = dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    expect(rows).toEqual([
      'Requests',
      'Errors',
      'Latency',
      'Process',
      'Database pool',
      'Jobs and mail',
      'Accounts and sign-ins',
      'Audit',
      'Caches',
      'Vault',
      'Redis',
      'Replica',
      'Live events',
      'Files',
      'GraphQL',
    ]);
  });

  it('asks for what a scrape can have, and for nothing else', () => {
    expect(expressions.flatMap(unknownIn)).toEqual([]);
  });

  it('shows every metric that there is', () => {
    const read = new Set(expressions.flatMap(readingsOf).map(({ name }) => metricOf(name)));
    expect([...series.keys()].map(metricOf).filter((name) => !read.has(name))).toEqual([]);
  });

  it('lets whoever looks choose the data source, the job and the process', () => {
    const { list } = dashboard.templating;
    expect(list.map(({ name }) => name)).toEqual(['datasource', 'job', 'instance']);
    expect(list[0]).toMatchObject({ type: 'datasource', query: 'prometheus' });
    for (const { query } of list.slice(1)) {
      const { query: text } = query as { query: string };
      const [, asked = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(text) ?? [];
      expect(unknownIn(asked)).toEqual([]);
      expect(ofTargets).toContain(label);
    }
    for (const { datasource } of shown) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana's.
      expect(datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
    }
  });

  it('is laid out so that Grafana can draw it', () => {
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39);
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { title, description, targets = [], gridPos } of shown) {
      expect(title).not.toBe('');
      expect(description, title).toMatch(/\.$/);
      expect(targets.map(({ refId }) => refId)).toEqual(
        ['A', 'B', 'C', 'D'].slice(0, targets.length),
      );
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    }
    const pairs = dashboard.panels.flatMap((one, at) =>
      dashboard.panels.slice(at + 1).map((other) => [one, other] as const),
    );
    expect(pairs.filter(([one, other]) => overlap(one, other))).toEqual([]);
    const from = dashboard.panels.map(({ gridPos }) => gridPos.y);
    expect(from).toEqual(from.toSorted((one, other) => one - other));
  });
});

function overlap({ gridPos: one }: Panel, { gridPos: other }: Panel): boolean {
  const apart = (from: number, size: number, at: number, its: number) =>
    from + size <= at || at + its <= from;
  return !apart(one.x, one.w, other.x, other.w) && !apart(one.y, one.h, other.y, other.h);
}

describe('the alerts', () => {
  const names = alerts.map(({ name }) => name);

  it('ask for what a scrape can have, and for nothing else', () => {
    expect(alerts.flatMap(({ expression }) => unknownIn(expression))).toEqual([]);
  });

  it('say how bad it is, what happened, and where the runbook goes on', () => {
    for (const { name, severity, annotations } of alerts) {
      expect(['critical', 'warning'], name).toContain(severity);
      expect(annotations, name).toEqual({
        summary: expect.any(String),
        description: expect.any(String),
        runbook_url: `"{{ $externalLabels.charter_docs }}docs/runbook.md#${name.toLowerCase()}"`,
      });
    }
  });

  it('have a section of the runbook each, in the same order, and it has no other', () => {
    const sections = readRepository('docs/runbook.md').matchAll(/^## (Charter\w+)$/gm);
    expect([...sections].map(([, title]) => title)).toEqual(names);
  });

  it('have a runbook that names settings which there are', () => {
    const named = readRepository('docs/runbook.md').matchAll(/`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`/g);
    const known: readonly string[] = [...settingNames, 'NODE_OPTIONS'];
    expect([...named].map(([, name = '']) => name).filter((name) => !known.includes(name))).toEqual(
      [],
    );
  });

  it('are tested to fire, and to keep silent', () => {
    const text = readRepository('deploy/observability/alerts.test.yaml');
    const tests = [...text.matchAll(/^ {2}- name: "(Charter\w+)( keeps silent)?: /gm)];
    const which = (isSilent: boolean) =>
      new Set(tests.filter(([, , silent]) => Boolean(silent) === isSilent).map(([, name]) => name));
    expect([...which(false)]).toEqual(names);
    expect([...which(true)]).toEqual(names);
  });
});

describe('what is unknown', () => {
  it('would be noticed', () => {
    expect(unknownIn('sum by (le, rout) (rate(http_server_nothing{job="charter"}[5m]))')).toEqual([
      'http_server_nothing',
      'by (le)',
      'by (rout)',
    ]);
    expect(unknownIn('charter_jobs_dead{queue="mail"} > 0 and on (job) up')).toEqual([
      'charter_jobs_dead{queue}',
    ]);
  });
});
