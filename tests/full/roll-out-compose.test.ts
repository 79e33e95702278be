import { describe, expect, it } from 'vitest';
import { type Ended, playProgram } from '../kit/played-program.ts';

// Docker is played: what the script asks of it, in which order, and what it does when that fails. An
// image is what it was tagged from.
const docker = `
case "$*" in
  "image inspect --format {{.Id}} charter:current") cat "$memory/current" 2>/dev/null; exit ;;
  "image inspect "*) exit 0 ;;
  "tag "*" charter:current") echo "$2" >"$memory/current" ;;
esac
if [ -n "$FAILS" ] && [[ "$*" =~ $FAILS ]] && ! grep -q old "$memory/current"; then exit 1; fi
`;

/** What it does to the processes, and which release is the current one. */
const deeds = ({ calls }: Ended) =>
  calls.flatMap((call) => {
    const [, image] = /^tag (\S+) charter:current$/.exec(call) ?? [];
    if (image) return [`current is ${image}`];
    const [, run] = /run --rm --no-deps (\S+)$/.exec(call) ?? [];
    if (run) return [`run ${run}`];
    const [, up] = /up --detach (?:--no-deps )?--wait --wait-timeout \d+ (.+)$/.exec(call) ?? [];
    return up ? [`up ${up}`] : [];
  });

const script = 'compose/roll-out.sh';
const before = ['up postgres pgbouncer redis mail', 'run migrate', 'run keys'];

describe('deploy/compose/roll-out.sh', () => {
  it('migrates, replaces one process after the other, and looks at the whole', async () => {
    const run = await playProgram('docker', docker);
    const ended = await run(script, ['charter:new']);
    expect(ended.said).toContain('The release runs.');
    expect(ended.status).toBe(0);
    expect(deeds(ended)).toEqual([
      'current is charter:new',
      ...before,
      'up worker',
      'up api-1',
      'up api-2',
      'up haproxy prometheus grafana',
      'run smoke',
    ]);
    expect(ended.said).toContain('made secrets/secret-keys');
  });

  it('goes back to the release before, process by process, when one does not get ready', async () => {
    const run = await playProgram('docker', docker);
    await run(script, ['charter:old']);
    const ended = await run(script, ['charter:new'], { FAILS: 'up .* api-2$' });
    expect(deeds(ended)).toEqual([
      'current is charter:new',
      ...before,
      'up worker',
      'up api-1',
      'up api-2',
      'current is charter:old',
      'up api-2',
      'up api-1',
      'up worker',
    ]);
    expect(ended.status).toBe(1);
    expect(ended.said).toContain('api-2 did not get ready within 120 s.');
    expect(ended.said).toContain('The release before runs again (api-2 api-1 worker)');
    expect(ended.said).not.toContain('The release runs.');
  });

  it('goes back when what callers see is not what they should', async () => {
    const run = await playProgram('docker', docker);
    await run(script, ['charter:old']);
    const ended = await run(script, ['charter:new'], { FAILS: 'run .* smoke$' });
    expect(deeds(ended).slice(-4)).toEqual([
      'current is charter:old',
      'up api-2',
      'up api-1',
      'up worker',
    ]);
    expect(ended.status).toBe(1);
  });

  it('replaces nothing when the migration fails', async () => {
    const run = await playProgram('docker', docker);
    await run(script, ['charter:old']);
    const ended = await run(script, ['charter:new'], { FAILS: 'run .* migrate$' });
    expect(deeds(ended)).toEqual([
      'current is charter:new',
      'up postgres pgbouncer redis mail',
      'run migrate',
      'current is charter:old',
    ]);
    expect(ended.said).toMatch(/The migration failed\.\n {2}Why: .*none of it was replaced/);
    expect(ended.status).toBe(1);
  });

  it('says so where nothing ran before', async () => {
    const run = await playProgram('docker', docker);
    const ended = await run(script, ['charter:new'], { FAILS: 'up .* worker$' });
    expect(ended.said).toContain('Nothing ran before, so there is nothing to go back to.');
    expect(ended.status).toBe(1);
  });

  it('changes nothing where there is no Docker', async () => {
    const run = await playProgram('docker', 'exit 1');
    const ended = await run(script);
    expect(ended.calls).toEqual(['compose version']);
    expect(ended.said).toContain('What to do: Install Docker Engine');
    expect(ended.status).toBe(1);
  });
});
