import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { contract } from '../../contract/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { mark } from '../../server/cli/contract/markdown.ts';
import { deployFolder, readDeploy, readYaml } from '../kit/deploy-files.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions: unknown;
  readonly concurrency: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly 'timeout-minutes': number;
        readonly permissions?: unknown;
        readonly steps: readonly Step[];
      }
    >
  >;
}

const root = join(deployFolder, '..');
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => ({
  name,
  workflow: readYaml<Workflow>(`.github/workflows/${name}`)[0] as Workflow,
}));
const steps = workflows.flatMap(({ workflow }) =>
  Object.values(workflow.jobs).flatMap((job) => job.steps),
);
const page = readDeploy('../docs/ci.md');
const [, example = ''] = /^```yaml\n(.*?)^```$/ms.exec(page) ?? [];
const gitlab = parse(example, { merge: true }) as Record<string, { script?: string[] }>;

/** Scripts of npm and files of ours that are not there. */
function missingIn(command: string): string[] {
  const scripts = [...command.matchAll(/npm run ([\w:]+)/g)]
    .map(([, script = '']) => script)
    .filter((script) => !(script in packageJson.scripts));
  const files = [...command.matchAll(/(?<![\w/$])(?:deploy|tests|\.ci)\/[\w./-]+/g)]
    .map(([file]) => file)
    .filter((file) => !existsSync(join(root, file)));
  return [...scripts, ...files];
}

describe('the workflows of GitHub', () => {
  it('may read the repository, and nothing else but what three jobs need', () => {
    const rights: Record<string, unknown> = {};
    for (const { name, workflow } of workflows) {
      expect(workflow.permissions, name).toEqual({ contents: 'read' });
      expect(JSON.stringify(workflow), name).not.toContain('secrets.');
      for (const [job, { permissions }] of Object.entries(workflow.jobs)) {
        if (permissions) rights[job] = permissions;
      }
    }
    expect(rights).toEqual({
      comment: { 'pull-requests': 'write' },
      publish: { contents: 'read', 'id-token': 'write' },
      notes: { contents: 'write' },
    });
    for (const { uses, with: given } of steps) {
      if (uses?.startsWith('actions/checkout@')) {
        expect(given).toMatchObject({ 'persist-credentials': false });
      }
    }
  });

  it('run nothing of a pull request where they may write to it', () => {
    const { diff, comment } =
      workflows.find(({ name }) => name === 'contract.yml')?.workflow.jobs ?? {};
    const uses = comment?.steps.flatMap((step) => step.uses ?? []);
    expect(uses).toEqual([expect.stringMatching(/^actions\/download-artifact@/)]);
    expect(comment?.steps.flatMap(({ run }) => run ?? []).join()).not.toMatch(/\b(npm|node)\b/);
    // What is commented is found again by how it begins.
    expect(comment?.steps.at(-1)?.run).toContain(`startswith("${mark}")`);
    expect(diff?.steps.at(-1)?.run).toBe('npm run charter -- contract diff');
  });

  it("use GitHub's own actions only, each by a version or a commit", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(5);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@(v\d+|[0-9a-f]{40})$/);
  });

  it('end by themselves, and are replaced by the next', () => {
    for (const { name, workflow } of workflows) {
      expect(workflow.concurrency, name).toBeDefined();
      for (const job of Object.values(workflow.jobs)) {
        expect(job['timeout-minutes'], name).toBeGreaterThan(0);
      }
    }
  });

  it('run what there is', () => {
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands).toContain('.ci/run');
    expect(commands.flatMap(missingIn)).toEqual([]);
  });

  it('call while a release is replaced, and fail where nobody did', () => {
    const [roll = ''] = steps
      .flatMap(({ run }) => run ?? [])
      .filter((run) => run.includes('answers'));
    expect(roll).toContain('[ "$(wc -l <answers)" -gt 50 ]');
    // A line that begins with `!` never ends a script.
    expect(steps.filter(({ run }) => /^\s*! /m.test(run ?? ''))).toEqual([]);
    expect(roll).toContain(`http://localhost:8080${contract.health.check.path}`);
  });

  it('install at night what a long test would be skipped without', () => {
    const { long } = workflows.find(({ name }) => name === 'long.yml')?.workflow.jobs ?? {};
    const scripts = [
      long?.steps.map(({ run = '' }) => run).join('\n'),
      gitlab.long?.script?.join('\n'),
    ];
    for (const script of scripts) {
      const [, installed = ''] = /apt-get install (.*)/.exec(script ?? '') ?? [];
      expect(installed.split(' ')).toEqual(
        expect.arrayContaining(['haproxy', 'pgbouncer', 'redis-server']),
      );
    }
  });

  it('are the jobs that docs/ci.md tells of', () => {
    const told = [...page.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, job]) => job);
    expect(told).toEqual(workflows.flatMap(({ workflow }) => Object.keys(workflow.jobs)));
  });
});

describe('the pipeline of GitLab in docs/ci.md', () => {
  it('has the same jobs, and runs what there is', () => {
    const jobs = Object.entries(gitlab).filter(([, { script }]) => script);
    const ours = workflows.flatMap(({ workflow }) => Object.keys(workflow.jobs));
    expect(jobs.map(([name]) => name)).toEqual(ours);
    expect(jobs.flatMap(([, { script = [] }]) => script.flatMap(missingIn))).toEqual([]);
  });
});
