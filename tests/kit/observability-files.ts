import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const observabilityFolder = join(root, 'deploy/observability');

export interface Alert {
  readonly name: string;
  readonly expression: string;
  readonly severity: string;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: unknown;
  readonly gridPos: {
    readonly h: number;
    readonly w: number;
    readonly x: number;
    readonly y: number;
  };
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
}

export interface Dashboard {
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: unknown;
    }[];
  };
}

export const readRepository = (path: string) => readFileSync(join(root, path), 'utf8');

export function readDashboard(): Dashboard {
  return JSON.parse(readRepository('deploy/observability/dashboard.json')) as Dashboard;
}

/** The rules as they are laid out in our file; that it is YAML, and PromQL, is promtool's to judge. */
export function readAlerts(text = readRepository('deploy/observability/alerts.yaml')): Alert[] {
  const [, ...blocks] = text.split(/^ {6}- alert: /m);
  return blocks.map((block) => ({
    name: /^\w+/.exec(block)?.[0] ?? '',
    expression: /^ {8}expr: (?:\|\n)?([\s\S]*?)\n {8}(?:for|labels):/m.exec(block)?.[1] ?? '',
    severity: /^ {10}severity: (\w+)$/m.exec(block)?.[1] ?? '',
    annotations: Object.fromEntries(
      [...block.matchAll(/^ {10}(summary|description|runbook_url): (.+)$/gm)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    ),
  }));
}
