import { spawnSync } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deployFolder, filesIn, readDeploy } from '../kit/deploy-files.ts';
import { playProgram } from '../kit/played-program.ts';

// Debian and others have them as packages: they judge where they are installed.
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const say = (program: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const aFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'charter-judged-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

describe('what deploys Charter', () => {
  it.runIf(has('shellcheck'))('has scripts that shellcheck is content with', () => {
    const scripts = filesIn('.').filter((path) => path.endsWith('.sh'));
    expect(scripts.length).toBeGreaterThan(4);
    const paths = scripts.map((path) => join(deployFolder, path));
    expect(say('shellcheck', paths)).toEqual({ status: 0, said: '' });
  });

  it.runIf(has('promtool'))('has a configuration that Prometheus takes', () => {
    const file = join(deployFolder, 'compose/prometheus.yaml');
    expect(say('promtool', ['check', 'config', '--syntax-only', file])).toMatchObject({
      status: 0,
    });
  });

  it.runIf(say('haproxy', ['-v']).status === 0)(
    'has a door with TLS that HAProxy takes',
    async () => {
      const folder = await aFolder();
      const file = join(folder, 'haproxy.cfg');
      const certificate = join(folder, 'certificate.pem');
      const names = [
        '-subj',
        '/CN=localhost',
        '-keyout',
        certificate,
        '-out',
        `${certificate}.crt`,
      ];
      say('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...names]);
      await appendFile(certificate, await readFile(`${certificate}.crt`));
      const text = readDeploy('haproxy/haproxy.cfg').replace('# bind :', 'bind :');
      await writeFile(file, text.replace(/crt \S+/, `crt ${certificate}`));
      expect(say('haproxy', ['-c', '-f', file])).toEqual({
        status: 0,
        said: 'Configuration file is valid\n',
      });
    },
  );

  it('has a script for secrets that says so where there is no OpenSSL', async () => {
    const run = await playProgram('openssl', 'echo "no such curve" >&2; exit 1');
    const ended = await run('compose/secrets.sh');
    expect(ended.said).toContain('no such curve\nThere is no certificate for the mail sink');
    expect(ended.status).toBe(1);
  });

  it.runIf(has('systemd-analyze'))(
    'has units that systemd understands, and well protected',
    async () => {
      const folder = await aFolder();
      const units = ['charter-api@.service', 'charter-migrate.service', 'charter-worker.service'];
      for (const unit of [...units, 'charter.target']) {
        // The program is where a release lies: this machine has none.
        const text = readDeploy(`systemd/${unit}`);
        await writeFile(
          join(folder, unit),
          text.replaceAll(/^ExecStart=\S+/gm, 'ExecStart=/bin/true'),
        );
        if (!units.includes(unit)) continue;
        await mkdir(join(folder, `${unit}.d`));
        const dropIn = join(folder, `${unit}.d`, 'hardening.conf');
        await cp(join(deployFolder, 'systemd/hardening.conf'), dropIn);
      }
      const files = units.map((unit) => join(folder, unit.replace('@', '@1')));
      await cp(join(folder, 'charter-api@.service'), join(folder, 'charter-api@1.service'));
      const { said } = say('systemd-analyze', ['verify', ...files]);
      expect(said.split('\n').filter((line) => line.includes('charter'))).toEqual([]);
      const worker = join(folder, 'charter-worker.service');
      const { status } = say('systemd-analyze', [
        'security',
        '--offline=true',
        '--threshold=20',
        worker,
      ]);
      expect(status).toBe(0);
    },
  );
});
