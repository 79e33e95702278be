import { describe, expect, it } from 'vitest';
import { type Ended, playProgram } from '../kit/played-program.ts';

// Docker is played: what the script asks of it, in which order, and what it does when that fails. An
// image is what it was tagged from, and a container is of the image that was the current one.
const docker = `
case "$*" in
  *"ps --all --quiet api-2") echo api-2; exit ;;
  "inspect --format {{.Image}} api-2") cat "$memory/api-2" 2>/dev/null; exit ;;
  "image inspect --format {{.Id}} charter:current") cat "$memory/current" 2>/dev/null; exit ;;
  "image inspect "*) exit 0 ;;
  "tag charter:current charter:current") ;;
  "tag "*" charter:current") echo "$2" >"$memory/current" ;;
esac
[[ -z "$KILLED" || ! "$*" =~ $KILLED ]] || kill -KILL $PPID
if [ -n "$FAILS" ] && [[ "$*" =~ $FAILS ]] && ! grep -q "\${SPARES-old}" "$memory/current"; then exit 1; fi
[[ "$*" != *" up "*" api-2" ]] || cp "$memory/current" "$memory/api-2"
`;

/** What it does to the processes, and which release is the current one. */
const deeds = ({ calls }: Ended) =>
  calls.flatMap((call) => {
    const [, image, name] = /^tag (\S+) charter:(\w+)$/.exec(call) ?? [];
    if (image) return [`${name} is ${image}`];
    const [, run] = /run --rm --name charter-command --no-deps (\S+)$/.exec(call) ?? [];
    if (run) return [`run ${run}`];
    const [, told] = /exec -T (\S+) .*kill -HUP 1$/.exec(call) ?? [];
    if (told) return [`reload ${told}`];
    const [, how = '', up] = /up --detach (.*)--wait --wait-timeout \d+ (.+)$/.exec(call) ?? [];
    return up ? [`${how.includes('--force-recreate') ? 'renew' : 'up'} ${up}`] : [];
  });

const script = 'compose/roll-out.sh';
const base = ['up postgres pgbouncer redis mail', 'reload pgbouncer'];
const before = [...base, 'run migrate', 'run keys'];

describe('deploy/compose/roll-out.sh', () => {
  it('migrates, replaces one process after the other, and looks at the whole', async () => {
    const run = await playProgram('docker', docker);
    const ended = await run(script, ['charter:new']);
    expect(ended.said).toContain('The release runs.');
    expect(ended.status).toBe(0);
    expect(deeds(ended)).toEqual([
      'current is charter:new',
      ...before,
      'renew worker',
      'renew api-1',
      'renew api-2',
      'up haproxy',
      'reload haproxy',
      'renew prometheus grafana',
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
      'renew worker',
      'renew api-1',
      'renew api-2',
      'current is charter:old',
      'renew api-2',
      'renew api-1',
      'renew worker',
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
      'renew api-2',
      'renew api-1',
      'renew worker',
    ]);
    expect(ended.status).toBe(1);
  });

  it('replaces nothing when the migration fails', async () => {
    const run = await playProgram('docker', docker);
    await run(script, ['charter:old']);
    const ended = await run(script, ['charter:new'], { FAILS: 'run .* migrate$' });
    expect(deeds(ended)).toEqual([
      'current is charter:new',
      ...base,
      'run migrate',
      'current is charter:old',
    ]);
    expect(ended.said).toMatch(/The migration failed\.\n {2}Why: .*none of it was replaced/);
    expect(ended.status).toBe(1);
  });

  it('goes back when the terminal is lost', async () => {
    const run = await playProgram('docker', docker);
    await run(script, ['charter:old']);
    const ended = await run(script, ['charter:new'], { HANGS_UP: 'up .* api-1$' });
    expect(deeds(ended).slice(-4)).toEqual([
      'renew api-1',
      'current is charter:old',
      'renew api-1',
      'renew worker',
    ]);
    expect(ended.calls).toContain('rm --force charter-command');
    expect(ended.said).toContain('The terminal is gone.');
    expect(ended.status).toBe(1);
  });

  it('goes back to what ran as a whole, after it was killed on its way', async () => {
    const run = await playProgram('docker', docker);
    await run(script, ['charter:old']);
    await run(script, ['charter:new'], { KILLED: 'up .* api-1$' });
    const ended = await run(script, ['charter:newer'], { FAILS: 'run .* migrate$' });
    expect(deeds(ended).at(-1)).toBe('current is charter:old');
  });

  it('goes on with the others when one does not come back', async () => {
    const run = await playProgram('docker', docker);
    await run(script, ['charter:old']);
    const fails = { FAILS: 'up .* api-1$', SPARES: 'nobody' };
    const ended = await run(script, ['charter:new'], fails);
    expect(deeds(ended).slice(-2)).toEqual(['renew api-1', 'renew worker']);
    expect(ended.said).toMatch(/Not everything came back: api-1\..* runs in worker\./);
    expect(ended.status).toBe(1);
  });

  it('remembers what ran before when the release runs, and not earlier', async () => {
    const run = await playProgram('docker', docker);
    await run(script, ['charter:old']);
    const failed = await run(script, ['charter:new'], { FAILS: 'run .* smoke$' });
    const previous = 'previous is charter:old';
    expect(deeds(failed)).not.toContain(previous);
    expect(deeds(await run(script, ['charter:new'])).at(-1)).toBe(previous);
    expect(deeds(await run(script, ['charter:current'])).at(-1)).toBe('run smoke');
  });

  it('goes back when HAProxy does not take its file', async () => {
    const run = await playProgram('docker', docker);
    await run(script, ['charter:old']);
    const ended = await run(script, ['charter:new'], { FAILS: 'exec -T haproxy' });
    expect(ended.said).toContain('HAProxy does not take deploy/haproxy/haproxy.cfg.');
    expect(deeds(ended).at(-1)).toBe('renew worker');
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
