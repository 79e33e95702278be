import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contract/index.ts';
import {
  deployFolder,
  expectCommand,
  filesIn,
  oddSettings,
  patienceOf,
  readDeploy,
  secretPaths,
} from '../kit/deploy-files.ts';

/** What a unit says, key by key: most may be said again. */
function read(file: string): Record<string, string[]> {
  const lines = [...readDeploy(`systemd/${file}`).matchAll(/^(\w+)=(.*)$/gm)];
  const said = Map.groupBy(lines, ([, key = '']) => key);
  return Object.fromEntries(
    [...said].map(([key, its]) => [key, its.map(([, , value = '']) => value)]),
  );
}

const units = filesIn('systemd')
  .filter((path) => path.endsWith('.service'))
  .map((path) => path.replace('systemd/', ''));
const hardening = read('hardening.conf');
const pairs = (values: readonly string[] = []) =>
  Object.fromEntries(
    values.flatMap((value) => value.split(' ').map((pair) => pair.split('=') as [string, string])),
  );
const shared = {
  ...pairs(hardening.Environment),
  ...Object.fromEntries(
    [...readDeploy('systemd/charter.env').matchAll(/^(\w+)=(.*)$/gm)].map(
      ([, key = '', value = '']) => [key, value] as const,
    ),
  ),
};

describe('the units of systemd', () => {
  it('are the processes of an operation, and one that ends', () => {
    expect(units).toEqual([
      'charter-api@.service',
      'charter-migrate.service',
      'charter-worker.service',
    ]);
    expect(read('charter-migrate.service').Type).toEqual(['oneshot']);
  });

  it('set what there is to set, and secrets as files that only they get', () => {
    for (const unit of units) {
      expect(oddSettings(Object.keys(pairs(read(unit).Environment))), unit).toEqual([]);
    }
    expect(oddSettings(Object.keys(shared))).toEqual([]);
    const credentials = hardening.LoadCredential?.map((line) => line.split(':')[0]);
    const files = secretPaths(shared).map((path) => path.replace('%d/', ''));
    expect(files.toSorted()).toEqual(credentials?.toSorted());
    expect(files).toEqual(expect.arrayContaining(['database-url', 'secret-keys']));
  });

  it('start what there is, with the Node that npm ci brings', async () => {
    for (const unit of units) {
      for (const line of read(unit).ExecStart ?? []) {
        const [node, flag, program = '', ...words] = line.split(' ');
        expect(node).toBe('/opt/charter/current/node_modules/.bin/node');
        expect(flag).toBe('--enable-source-maps');
        expect(existsSync(join(deployFolder, '..', program)), line).toBe(true);
        if (program.includes('cli')) await expectCommand(words);
      }
    }
  });

  it('give each process the time that it needs to end', () => {
    for (const unit of ['charter-api@.service', 'charter-worker.service']) {
      const [seconds] = read(unit).TimeoutStopSec ?? [];
      const needed = patienceOf(shared, unit.includes('worker'));
      expect(Number(seconds), unit).toBeGreaterThanOrEqual(needed);
    }
  });

  it('are started again for as long as their database is away', () => {
    for (const unit of ['charter-api@.service', 'charter-worker.service']) {
      expect(read(unit), unit).toMatchObject({
        Restart: ['on-failure'],
        StartLimitIntervalSec: ['0'],
      });
    }
  });

  it('have the ports at which the roll-out looks', () => {
    const script = readDeploy('systemd/roll-out.sh');
    const { PORT = '' } = pairs(read('charter-api@.service').Environment);
    const { METRICS_PORT = '' } = pairs(read('charter-worker.service').Environment);
    expect(script).toContain(
      `http://127.0.0.1:${PORT.replace('%i', '%s')}${contract.health.readiness.path}`,
    );
    expect(script).toContain(`http://127.0.0.1:${METRICS_PORT}/metrics`);
  });

  it('harden all of them alike', () => {
    expect(hardening).toMatchObject({
      User: ['charter'],
      NoNewPrivileges: ['yes'],
      ProtectSystem: ['strict'],
      CapabilityBoundingSet: [''],
      PrivateTmp: ['yes'],
      SystemCallFilter: expect.arrayContaining(['@system-service']),
    });
    for (const unit of units) expect(read(unit)).not.toHaveProperty('User');
    const [, taken = ''] =
      /charter-\{(.+)\}\.service\.d/.exec(readDeploy('systemd/hardening.conf')) ?? [];
    const names = taken.split(',').map((name) => `charter-${name}.service`);
    expect(names.toSorted()).toEqual(units);
  });
});
