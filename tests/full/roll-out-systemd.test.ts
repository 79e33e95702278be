import { spawn } from 'node:child_process';
import { mkdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Ended, playProgram } from '../kit/played-program.ts';

// systemd and the Node of each release are played: what the script asks of them, in which order, and what
// it does when that fails.
const systemctl = `
[[ "$*" != show* ]] || { cat "$memory/pid" 2>/dev/null; exit; }
if [ -n "$FAILS" ] && [[ "$*" =~ $FAILS ]] && [[ "$(readlink "$memory/current")" != *"\${SPARES-old}" ]]; then exit 1; fi
exit 0
`;

async function aMachine() {
  const run = await playProgram('systemctl', systemctl);
  const { folder } = run;
  for (const name of ['old', 'new']) {
    const release = join(folder, 'releases', name);
    await mkdir(join(release, 'node_modules/.bin'), { recursive: true });
    await mkdir(join(release, 'server'));
    await writeFile(join(release, 'server/main.ts'), '');
    await symlink(join(folder, 'systemctl'), join(release, 'node_modules/.bin/node'));
  }
  const settings = { CHARTER_HOME: folder, CHARTER_APIS: '1 2', CHARTER_PATIENCE_SECONDS: '0' };
  return {
    folder,
    current: async () => basename(await readlink(join(folder, 'current'))),
    rollOut: (release: string, env: Record<string, string> = {}) =>
      run('systemd/roll-out.sh', [join('releases', release)], { ...settings, ...env }),
  };
}

const deeds = ({ calls }: Ended) =>
  calls
    .filter((call) => !call.startsWith('show'))
    .map((call) => call.replace(/^\S+healthcheck.mjs http:..127.0.0.1:(\d+).*$/, 'look at $1'));

const api = (number: number) => [`restart charter-api@${number}`, `look at 300${number}`];
const worker = ['restart charter-worker', 'look at 9460'];

describe('deploy/systemd/roll-out.sh', () => {
  it('migrates, replaces one unit after the other, and looks at the whole', async () => {
    const { rollOut, current } = await aMachine();
    const ended = await rollOut('new');
    expect(ended.said).toContain('The release runs.');
    expect(ended.status).toBe(0);
    expect(deeds(ended)).toEqual([
      'start charter-migrate',
      ...[...worker, ...api(1), ...api(2)],
      'server/cli/main.ts smoke http://127.0.0.1:8080',
      'enable charter.target charter-worker charter-api@1 charter-api@2',
    ]);
    expect(await current()).toBe('new');
  });

  it('replaces nothing when the migration fails', async () => {
    const { rollOut, current } = await aMachine();
    await rollOut('old');
    const ended = await rollOut('new', { FAILS: 'start charter-migrate' });
    expect(deeds(ended)).toEqual(['start charter-migrate', 'stop charter-migrate']);
    expect(await current()).toBe('old');
    expect(ended.said).toMatch(/The migration failed\.\n {2}Why: .*none of it was replaced/);
    expect(ended.status).toBe(1);
  });

  it('goes back when one does not get ready, when callers see what they should not, and when the terminal is lost', async () => {
    const { rollOut, current } = await aMachine();
    await rollOut('old');
    const causes: Record<string, string>[] = [
      { FAILS: ':3002' },
      { FAILS: ' smoke ' },
      { HANGS_UP: 'restart charter-api@2' },
    ];
    for (const cause of causes) {
      const ended = await rollOut('new', cause);
      expect(deeds(ended).slice(-6)).toEqual([...api(2), ...api(1), ...worker]);
      expect(ended.said).toContain('The release before runs again (charter-api@2');
      expect(ended.status).toBe(1);
      expect(await current()).toBe('old');
    }
  });

  it('goes on with the others when one does not come back', async () => {
    const { rollOut } = await aMachine();
    await rollOut('old');
    const ended = await rollOut('new', { FAILS: 'restart charter-api@1', SPARES: 'nobody' });
    expect(deeds(ended).slice(-3)).toEqual(['restart charter-api@1', ...worker]);
    expect(ended.said).toMatch(
      /Not everything came back: charter-api@1\..* runs in charter-worker/,
    );
    expect(ended.status).toBe(1);
  });

  it('goes back to what runs, whatever the link says', async () => {
    const { rollOut, current, folder } = await aMachine();
    await symlink(join(folder, 'releases/new'), join(folder, 'current'));
    const running = spawn('sleep', ['60'], { cwd: join(folder, 'releases/old') });
    onTestFinished(() => void running.kill());
    await writeFile(join(folder, 'pid'), String(running.pid));
    await rollOut('new', { FAILS: 'start charter-migrate' });
    expect(await current()).toBe('old');
  });

  it('says so where nothing ran before, and where there is no release', async () => {
    const { rollOut } = await aMachine();
    const missing = await rollOut('nowhere');
    expect(missing).toMatchObject({ status: 1, calls: [] });
    expect(missing.said).toContain('There is no release in');
    const ended = await rollOut('new', { FAILS: 'start charter-migrate' });
    expect(ended.said).toContain('Nothing ran before, so there is nothing to go back to.');
    expect(ended.status).toBe(1);
  });
});
