import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contract/index.ts';
import {
  deployFolder,
  expectCommand,
  filesIn,
  type Node,
  oddSettings,
  patienceOf,
  readDeploy,
  readYaml,
  secretPaths,
} from '../kit/deploy-files.ts';

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly resources: { readonly requests: Node; readonly limits: Node };
  readonly securityContext: Node;
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

interface PodSpec {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly securityContext: Node;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: readonly Node[];
  readonly terminationGracePeriodSeconds?: number;
  readonly topologySpreadConstraints?: readonly {
    readonly labelSelector: { readonly matchLabels: Labels };
  }[];
}

type Labels = Readonly<Record<string, string>>;

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Labels };
  readonly spec: Node & {
    readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
  };
}

interface Kustomization {
  readonly resources?: readonly string[];
  readonly configMapGenerator?: readonly { readonly literals: readonly string[] }[];
}

const folder = 'kubernetes';
const settingsOf = (path: string) => {
  const [file] = readYaml<Kustomization>(`deploy/${folder}/${path}/kustomization.yaml`);
  const literals = file?.configMapGenerator?.flatMap(({ literals: own }) => own) ?? [];
  return Object.fromEntries(literals.map((line) => line.split(/=(.*)/s) as [string, string]));
};
const base = settingsOf('base');
const overlays = readdirSync(join(deployFolder, folder, 'overlays')).map((name) => ({
  name,
  settings: { ...base, ...settingsOf(`overlays/${name}`) } as Record<string, string>,
}));

const resources = filesIn(folder)
  .filter((path) => path.endsWith('.yaml') && !path.endsWith('kustomization.yaml'))
  .flatMap((path) => readYaml<Resource>(`deploy/${path}`));
const named = (kind: string, name: string) =>
  resources.find((one) => one.kind === kind && one.metadata.name === name) as Resource;
const pods = resources.flatMap(({ metadata: { name }, spec }) =>
  spec?.template ? [{ name, labels: spec.template.metadata.labels, pod: spec.template.spec }] : [],
);
const containersOf = ({ initContainers = [], containers }: PodSpec) => [
  ...initContainers,
  ...containers,
];
const podOf = (name: string) => pods.find((one) => one.name === name)?.pod as PodSpec;

describe('the manifests for Kubernetes', () => {
  it('are all taken up by a kustomization, which takes nothing else', () => {
    const taken = filesIn(folder)
      .filter((path) => path.endsWith('kustomization.yaml'))
      .flatMap((path) => {
        const [file] = readYaml<Kustomization>(`deploy/${path}`);
        return file?.resources?.map((name) => join(path, '..', name)) ?? [];
      });
    expect(taken.filter((path) => !existsSync(join(deployFolder, path)))).toEqual([]);
    const files = filesIn(folder).filter((path) => /(?<!kustomization)\.yaml$/.test(path));
    expect(files.filter((path) => !taken.includes(path))).toEqual([]);
  });

  it('have what an operation needs', () => {
    const kinds = resources.map(({ kind, metadata: { name } }) => `${kind} ${name}`);
    expect(kinds).toEqual(
      expect.arrayContaining([
        'Deployment charter-api',
        'Deployment charter-worker',
        'Job charter-migrate',
        'Job charter-smoke',
        'HorizontalPodAutoscaler charter-api',
        'PodDisruptionBudget charter-api',
        'PodDisruptionBudget charter-worker',
        'NetworkPolicy charter',
        'ServiceMonitor charter',
      ]),
    );
  });

  it('belong to a part of the roll-out each, which the script knows', () => {
    const script = readDeploy(`${folder}/roll-out.sh`);
    for (const { kind, metadata } of resources) {
      const phase = metadata.labels?.['roll-out'];
      expect(['prepare', 'migrate', 'serve', 'smoke'], `${kind} ${metadata.name}`).toContain(phase);
      expect(script).toMatch(new RegExp(`^(apply|run) ${phase}\\b`, 'm'));
    }
    expect(pods.map(({ name }) => name).filter((name) => !script.includes(name))).toEqual([]);
  });

  it('set what there is to set, and secrets as files of the one Secret only', () => {
    for (const { name, settings } of overlays) {
      expect(oddSettings(Object.keys(settings)), name).toEqual([]);
      expect(settings, name).toMatchObject({
        PUBLIC_URL: expect.stringMatching(/^https:/),
        TRUST_PROXY: expect.any(String),
      });
      for (const path of secretPaths(settings)) expect(path).toMatch(/^\/run\/secrets\/charter\//);
    }
    for (const { pod } of pods) {
      expect(pod.volumes).toContainEqual({
        name: 'secrets',
        secret: { secretName: 'charter-secrets', defaultMode: 0o440 },
      });
      for (const { envFrom, volumeMounts } of containersOf(pod)) {
        expect(envFrom).toEqual([{ configMapRef: { name: 'charter-settings' } }]);
        expect(volumeMounts).toContainEqual({
          name: 'secrets',
          mountPath: '/run/secrets/charter',
          readOnly: true,
        });
      }
    }
    expect(resources.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  it('run one image, and commands that there are', async () => {
    for (const { image, args = ['server/main.ts'] } of pods.flatMap(({ pod }) =>
      containersOf(pod),
    )) {
      expect(image).toBe('charter');
      const [program = '', ...words] = args;
      expect(existsSync(join(deployFolder, '..', program))).toBe(true);
      if (program.includes('cli')) await expectCommand(words);
    }
  });

  it('ask probes that there are, at ports that there are', () => {
    const { liveness, readiness } = contract.health;
    const known = [liveness.path, readiness.path, '/metrics'];
    for (const { name, pod } of pods) {
      for (const { ports = [], startupProbe, livenessProbe, readinessProbe } of pod.containers) {
        const open = Object.fromEntries(ports.map((port) => [port.name, port.containerPort]));
        for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
          if (!probe) continue;
          expect(known, name).toContain(probe.httpGet.path);
          expect(open[probe.httpGet.port]).toBe(probe.httpGet.path === '/metrics' ? 9464 : 3000);
        }
      }
    }
    const [api] = podOf('charter-api').containers;
    expect(api?.readinessProbe?.httpGet.path).toBe(readiness.path);
    expect(api?.livenessProbe?.httpGet.path).toBe(liveness.path);
  });

  it('give each process the time that it needs to end', () => {
    for (const { settings } of overlays) {
      for (const name of ['charter-api', 'charter-worker']) {
        const { terminationGracePeriodSeconds } = podOf(name);
        const needed = patienceOf(settings, name === 'charter-worker');
        expect(terminationGracePeriodSeconds, name).toBeGreaterThanOrEqual(needed);
      }
    }
  });

  it('let nobody do more than their part', () => {
    for (const { name, pod } of pods) {
      expect(pod, name).toMatchObject({
        serviceAccountName: 'charter',
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65532,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
      for (const container of containersOf(pod)) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources).toMatchObject({
          requests: { cpu: expect.any(String), memory: expect.any(String) },
          limits: { memory: expect.any(String) },
        });
      }
    }
  });

  it('find the pods that they are meant for', () => {
    const finds = (selector: Labels) =>
      pods
        .filter(({ labels }) =>
          Object.entries(selector).every(([key, value]) => labels[key] === value),
        )
        .map(({ name }) => name);
    const of = (kind: string, name: string) =>
      named(kind, name).spec as { selector: { matchLabels: Labels } & Labels };
    expect(finds(of('Service', 'charter-api').selector)).toEqual(['charter-api']);
    const processes = ['charter-api', 'charter-worker'];
    expect(finds(of('Service', 'charter-metrics').selector)).toEqual(processes);
    for (const name of processes) {
      for (const kind of ['Deployment', 'PodDisruptionBudget']) {
        expect(finds(of(kind, name).selector.matchLabels)).toEqual([name]);
      }
      for (const { labelSelector } of podOf(name).topologySpreadConstraints ?? []) {
        expect(finds(labelSelector.matchLabels)).toEqual([name]);
      }
      expect(podOf(name).topologySpreadConstraints).toHaveLength(2);
    }
    const { podSelector } = named('NetworkPolicy', 'charter').spec as {
      podSelector: { matchLabels: Labels };
    };
    expect(finds(podSelector.matchLabels)).toEqual(pods.map(({ name }) => name));
    const { matchLabels } = of('ServiceMonitor', 'charter').selector;
    expect(named('Service', 'charter-metrics').metadata.labels).toMatchObject(matchLabels);
  });

  it('let out what Charter needs, and names to whoever answers them', () => {
    const { egress } = named('NetworkPolicy', 'charter').spec as {
      egress: { to?: unknown; ports: { protocol: string; port: number }[] }[];
    };
    const anywhere = egress.filter(({ to }) => !to).flatMap(({ ports }) => ports);
    const open = anywhere.map(({ protocol, port }) => `${protocol} ${port}`);
    expect(open).toEqual(expect.arrayContaining(['UDP 53', 'TCP 53', 'TCP 443', 'TCP 8200']));
  });

  it('replace pods without one being missed', () => {
    for (const name of ['charter-api', 'charter-worker']) {
      expect(named('Deployment', name).spec).toMatchObject({
        strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      });
      const budget = named('PodDisruptionBudget', name).spec;
      expect(budget).toMatchObject({ maxUnavailable: 1 });
    }
    // Who scales says how many there are: every roll-out would set it back.
    expect(named('Deployment', 'charter-api').spec).not.toHaveProperty('replicas');
    expect(named('HorizontalPodAutoscaler', 'charter-api').spec).toMatchObject({
      minReplicas: 2,
      // Of a core, as a process can use no more: not of what is requested.
      metrics: [{ resource: { name: 'cpu', target: { averageValue: '800m' } } }],
    });
  });
});
