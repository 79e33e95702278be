import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingNames } from '../../server/config/config.ts';
import {
  deployFolder,
  expectCommand,
  oddSettings,
  patienceOf,
  readDeploy,
  readYaml,
  secretPaths,
} from '../kit/deploy-files.ts';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[] | Readonly<Record<string, { ipv4_address?: string }>>;
  readonly depends_on?:
    | Readonly<Record<string, { readonly condition: string }>>
    | readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly stop_grace_period?: string;
  readonly restart: string;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
}

interface Addresses {
  readonly subnet: string;
  readonly ip_range?: string;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, null>>;
  readonly networks: Readonly<Record<string, { readonly ipam?: { config: Addresses[] } }>>;
}

const [compose] = readYaml<Compose>('deploy/compose/compose.yaml') as [Compose];
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === 'charter:current');
const service = (name: string) => compose.services[name] as Service;

describe('compose.yaml', () => {
  it('has the processes of an operation, of one image', () => {
    expect(ours.map(([name]) => name)).toEqual([
      'migrate',
      'keys',
      'api-1',
      'api-2',
      'worker',
      'smoke',
    ]);
    expect(services.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'postgres',
        'pgbouncer',
        'redis',
        'haproxy',
        'prometheus',
        'grafana',
      ]),
    );
  });

  it('gives ours settings that there are, and secrets as files only', () => {
    for (const [name, { environment = {}, secrets = [] }] of ours) {
      expect(oddSettings(Object.keys(environment)), name).toEqual([]);
      const files = secretPaths(environment).map((path) => path.replace('/run/secrets/', ''));
      expect(files).toEqual(expect.arrayContaining(['database-url', 'secret-keys', 'redis-url']));
      expect(files.filter((file) => !secrets.includes(file))).toEqual([]);
    }
  });

  it('takes each secret from a file that secrets.sh makes, and has no password in it', () => {
    const made = [...readDeploy('compose/secrets.sh').matchAll(/^secret ([\w-]+) /gm)];
    const names = [...made.map(([, name = '']) => name), 'mail-key', 'mail-certificate'].toSorted();
    expect(Object.keys(compose.secrets).toSorted()).toEqual(names);
    for (const [name, { file }] of Object.entries(compose.secrets)) {
      expect(file).toBe(`./secrets/${name}`);
    }
    const used = services.flatMap(([, { secrets = [] }]) => secrets);
    expect([...new Set(used)].toSorted()).toEqual(names);
    for (const [name, { environment = {} }] of services) {
      const odd = Object.keys(environment).filter(
        (key) => /PASSWORD|SECRET|TOKEN/.test(key) && !key.endsWith('_FILE'),
      );
      expect(odd, name).toEqual([]);
    }
    expect(readDeploy('../.gitignore')).toContain('deploy/compose/secrets/');
  });

  it('starts one thing after the other has said that it is well', () => {
    const conditions = (name: string) =>
      Object.entries(service(name).depends_on ?? {}).map(([on, { condition }]) => [on, condition]);
    const done = 'service_completed_successfully';
    const well = 'service_healthy';
    expect(conditions('migrate')).toEqual([['postgres', well]]);
    expect(conditions('keys')).toEqual([
      ['migrate', done],
      ['pgbouncer', well],
    ]);
    for (const name of ['api-1', 'api-2', 'worker']) {
      expect(conditions(name), name).toEqual([
        ['keys', done],
        ['pgbouncer', well],
        ['redis', well],
      ]);
    }
    expect(conditions('haproxy')).toEqual([
      ['api-1', well],
      ['api-2', well],
    ]);
    // Who is waited for can say so: the API by the image, the others by themselves.
    for (const name of ['postgres', 'pgbouncer', 'redis', 'worker', 'haproxy']) {
      expect(service(name).healthcheck?.test?.length, name).toBeGreaterThan(1);
    }
    expect(service('api-1').healthcheck).toBeUndefined();
  });

  it('runs commands that there are', async () => {
    for (const [name, { command = ['server/main.ts'] }] of ours) {
      const [program = '', ...args] = command;
      expect(existsSync(join(deployFolder, '..', program)), name).toBe(true);
      if (program.includes('cli')) await expectCommand(args);
    }
  });

  it('gives each process the time that it needs to end', () => {
    for (const name of ['api-1', 'api-2', 'worker']) {
      const { environment = {}, stop_grace_period: period = '' } = service(name);
      expect(Number.parseInt(period, 10), name).toBeGreaterThanOrEqual(
        patienceOf(environment, name === 'worker'),
      );
    }
  });

  it('lets nobody do more than their part', () => {
    for (const [name, { read_only, cap_drop, security_opt }] of services) {
      expect({ read_only, cap_drop, security_opt }, name).toEqual({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    }
  });

  it('opens ports on this machine only, unless somebody says otherwise', () => {
    const ports = services.flatMap(([, { ports: own = [] }]) => own);
    expect(ports).toHaveLength(3);
    for (const port of ports)
      expect(port).toMatch(/^(127\.0\.0\.1|\$\{CHARTER_BIND:-127\.0\.0\.1\}):/);
  });

  it('believes HAProxy, and nobody else', () => {
    const networks = service('haproxy').networks as Record<string, { ipv4_address?: string }>;
    const address = networks['default']?.ipv4_address ?? '';
    expect(service('api-1').environment?.TRUST_PROXY).toBe(address);
    const [addresses] = compose.networks.default?.ipam?.config ?? [];
    // Nobody else can be given HAProxy's address: the others get one from 128 on.
    expect(addresses).toEqual({
      subnet: address.replace(/\d+$/, '0/24'),
      ip_range: address.replace(/\d+$/, '128/25'),
    });
    expect(Number(address.split('.').at(-1))).toBeLessThan(128);
  });

  it('keeps a door without TLS inside, which the smoke test takes, where the page adds one with it', () => {
    const file = readDeploy('haproxy/haproxy.cfg');
    const [, plain] = /presetenv CHARTER_BIND \S+:(\d+)$/m.exec(file) ?? [];
    expect(service('smoke').command?.at(-1)).toBe(`http://haproxy:${plain}`);
    expect(service('haproxy').healthcheck?.test?.at(-1)).toContain(`/${plain}`);
    const [, tls, certificate] = /# bind :(\d+) ssl crt (\S+)/.exec(file) ?? [];
    expect(tls).not.toBe(plain);
    const page = readDeploy('../docs/deployment.md');
    const [, told = ''] = /^```yaml\n(.*?)^```$/ms.exec(page) ?? [];
    expect(told).toContain(`:${tls}"]`);
    expect(told).toContain(`:${certificate}:ro`);
    for (const volume of service('haproxy').volumes ?? []) expect(told).toContain(volume);
  });

  it('mounts the folders of files that are read again: a file would stay the old one', () => {
    for (const name of ['haproxy', 'pgbouncer']) {
      const from = service(name).volumes?.map((volume) => volume.split(':')[0] ?? '') ?? [];
      expect(
        from.map((path) => statSync(join(deployFolder, 'compose', path)).isDirectory()),
      ).toEqual([true]);
    }
    expect(readDeploy('compose/pgbouncer/pgbouncer.ini')).toMatch(/^server_login_retry = 1$/m);
  });

  it('mounts files and volumes that there are', () => {
    for (const [name, { volumes = [] }] of services) {
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        const isThere = from.startsWith('.')
          ? existsSync(join(deployFolder, 'compose', from))
          : from in compose.volumes;
        expect(isThere, `${name}: ${volume}`).toBe(true);
      }
    }
  });

  it('lets Prometheus ask every process by a name that it answers to, as the rules want it', () => {
    const [prometheus] = readYaml<{
      scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
    }>('deploy/compose/prometheus.yaml');
    const jobs = prometheus?.scrape_configs ?? [];
    expect(jobs.map(({ job_name }) => job_name)).toEqual(['charter']);
    const targets = jobs.flatMap(({ static_configs }) => static_configs[0]?.targets ?? []);
    const names = service('api-1').environment?.METRICS_HOSTS?.split(',') ?? [];
    expect(targets).toEqual(names.map((name) => `${name}:9464`));
    expect(names.filter((name) => !(name in compose.services))).toEqual([]);
  });

  it('leads HAProxy to ports that are listened at, and looks at the dashboard where it is put', () => {
    expect(service('haproxy').environment).toEqual({
      CHARTER_API_1: 'api-1:3000',
      CHARTER_API_2: 'api-2:3000',
    });
    const { volumes = [] } = service('grafana');
    const [boards] = readYaml<{ providers: { options: { path: string } }[] }>(
      'deploy/compose/grafana/dashboards.yaml',
    );
    const folder = boards?.providers[0]?.options.path;
    expect(volumes.find((volume) => volume.includes('dashboard.json'))).toContain(`:${folder}/`);
  });

  it('is rolled out process by process', () => {
    const [, list = ''] = /^processes=\((.*)\)$/m.exec(readDeploy('compose/roll-out.sh')) ?? [];
    const lasting = ours.filter(([, { restart }]) => restart !== 'no').map(([name]) => name);
    expect(list.split(' ').toSorted()).toEqual(lasting.toSorted());
  });

  it('names in its head what may be set, and nothing else', () => {
    const text = readDeploy('compose/compose.yaml');
    const [, said = ''] = /What may be set in \.env beside this file: (.+)\.$/m.exec(text) ?? [];
    const used = [...text.matchAll(/\$\{(\w+)[:}]/g)].map(([, name = '']) => name);
    expect(said.split(', ').toSorted()).toEqual([...new Set(used)].toSorted());
    const charters = said.split(', ').filter((name) => !name.startsWith('CHARTER_'));
    expect(charters.filter((name) => !settingNames.includes(name))).toEqual([]);
  });
});
