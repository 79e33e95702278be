import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type Ended, playProgram } from '../kit/played-program.ts';

// The cluster is played: what the script asks of it, in which order, and what it does when that fails.
const kubectl = `
case "$*" in
  kustomize*) printf 'metadata:\\n  namespace: shop\\n  A_FILE: /run/secrets/charter/database-url\\n  B_FILE: /run/secrets/charter/secret-keys\\n' ;;
  *"get secret"*) printf '%s\\n' $KEYS ;;
  *"get deployment"*) [ -z "$FIRST" ] || exit 1; cat "$memory/revision" 2>/dev/null || echo 7 ;;
  *"get job"*) [[ -n "$FAILED_JOB" && "$*" =~ $FAILED_JOB ]] && echo Failed || echo SuccessCriteriaMet Complete ;;
esac
if [ -n "$FAILS" ] && [[ "$*" =~ $FAILS ]] && ! grep -q 9 "$memory/revision" 2>/dev/null; then exit 1; fi
case "$*" in
  *"apply "*"roll-out=serve") echo 8 >"$memory/revision" ;;
  *"rollout undo"*) echo 9 >"$memory/revision" ;;
esac
exit 0
`;

const deeds = ({ calls }: Ended) =>
  calls.flatMap((call) => {
    const words = call.replace('--namespace shop ', '');
    if (!/^(apply|delete|rollout|get secret)/.test(words)) return [];
    return [
      words.replace(/--filename \S+ --selector |--timeout \S+|--output .*|--ignore.*/g, '').trim(),
    ];
  });

const script = 'kubernetes/roll-out.sh';
const args = ['deploy/kubernetes/overlays/production', 'registry.example.com:5000/charter:1.4.0'];
const keys = { KEYS: 'database-url secret-keys smtp-url', CHARTER_POLL_SECONDS: '0' };
const before = [
  'apply roll-out=prepare',
  'get secret charter-secrets',
  'delete job charter-migrate',
  'apply roll-out=migrate',
];
const undone = ['worker', 'api'].map(
  (name) => `rollout undo deployment/charter-${name} --to-revision 7`,
);
const replaced = ['apply roll-out=serve', 'rollout status deployment/charter-worker'];

describe('deploy/kubernetes/roll-out.sh', () => {
  it('migrates, replaces, waits, and looks at the whole', async () => {
    const run = await playProgram('kubectl', kubectl);
    const ended = await run(script, args, keys);
    expect(ended.said).toContain('The release runs.');
    expect(ended.status).toBe(0);
    expect(deeds(ended)).toEqual([
      ...before,
      ...replaced,
      'rollout status deployment/charter-api',
      'delete job charter-smoke',
      'apply roll-out=smoke',
    ]);
  });

  it('goes back to the very revision that ran before, when pods do not get ready', async () => {
    const run = await playProgram('kubectl', kubectl);
    const ended = await run(script, args, { ...keys, FAILS: 'status deployment/charter-api' });
    expect(deeds(ended)).toEqual([
      ...before,
      ...replaced,
      'rollout status deployment/charter-api',
      ...undone,
      'rollout status deployment/charter-worker',
      'rollout status deployment/charter-api',
    ]);
    expect(ended.status).toBe(1);
    expect(ended.said).toContain('charter-api did not get ready within 600 s.');
  });

  it('goes back when what callers see is not what they should', async () => {
    const run = await playProgram('kubectl', kubectl);
    const ended = await run(script, args, { ...keys, FAILED_JOB: 'charter-smoke' });
    expect(deeds(ended)).toContain('rollout undo deployment/charter-worker --to-revision 7');
    expect(ended.said).toContain('The release runs, and the smoke test failed.');
    expect(ended.status).toBe(1);
  });

  it('replaces nothing when the migration fails', async () => {
    const run = await playProgram('kubectl', kubectl);
    const ended = await run(script, args, { ...keys, FAILED_JOB: 'charter-migrate' });
    expect(deeds(ended)).toEqual(before);
    expect(ended.said).toMatch(/The migration failed\.\n {2}Why: .*nothing was replaced/);
    expect(ended.status).toBe(1);
  });

  it('stops a migration that outlives its patience', async () => {
    const run = await playProgram('kubectl', kubectl);
    const ended = await run(script, args, { ...keys, CHARTER_PATIENCE_SECONDS: '0' });
    expect(deeds(ended)).toEqual([...before, 'delete job charter-migrate']);
    expect(ended.calls.at(-1)).toMatch(/ --cascade foreground --wait$/);
    expect(ended.said).toContain('The migration did not end within 0 s, and was stopped.');
    expect(ended.status).toBe(1);
  });

  it('stops a migration when the terminal is lost', async () => {
    const run = await playProgram('kubectl', kubectl);
    const ended = await run(script, args, { ...keys, HANGS_UP: 'apply .*roll-out=migrate' });
    expect(deeds(ended)).toEqual([...before, 'delete job charter-migrate']);
    expect(ended.said).toContain('The terminal is gone.');
    expect(ended.status).toBe(1);
  });

  it('goes back when the terminal is lost', async () => {
    const run = await playProgram('kubectl', kubectl);
    const ended = await run(script, args, { ...keys, HANGS_UP: 'rollout status' });
    expect(deeds(ended)).toEqual(expect.arrayContaining(undone));
    expect(ended.said).toContain('The release before runs (charter-worker charter-api)');
    expect(ended.status).toBe(1);
  });

  it('goes back when a part of it was refused, whatever the cluster has counted so far', async () => {
    const run = await playProgram('kubectl', kubectl);
    const ended = await run(script, args, { ...keys, FAILS: 'apply .*roll-out=serve' });
    expect(deeds(ended)).toEqual(expect.arrayContaining(undone));
    expect(ended.status).toBe(1);
  });

  it('goes on with the API when the worker does not go back', async () => {
    const run = await playProgram('kubectl', kubectl);
    const fails = { FAILS: 'status deployment/charter-api|undo deployment/charter-worker' };
    const ended = await run(script, args, { ...keys, ...fails });
    expect(deeds(ended).slice(-3)).toEqual([...undone, 'rollout status deployment/charter-api']);
    expect(ended.said).toContain('Not everything went back: deployment/charter-worker.');
    expect(ended.status).toBe(1);
  });

  it('names the secrets that are missing, before it touches a database', async () => {
    const run = await playProgram('kubectl', kubectl);
    const ended = await run(script, args, { ...keys, KEYS: 'database-url' });
    expect(ended.said).toContain('The Secret charter-secrets lacks secret-keys.');
    expect(deeds(ended)).toEqual(before.slice(0, 2));
    expect(ended.status).toBe(1);
  });

  it('says so where nothing ran before', async () => {
    const run = await playProgram('kubectl', kubectl);
    const fails = { FAILS: 'status deployment/charter-worker', FIRST: 'yes' };
    const ended = await run(script, args, { ...keys, ...fails });
    expect(ended.said).toContain('Nothing ran before, so there is nothing to go back to.');
    expect(ended.status).toBe(1);
  });

  it('takes a release by its tag or digest only', async () => {
    const run = await playProgram('kubectl', kubectl);
    for (const image of ['charter', 'registry.example.com:5000/charter']) {
      expect(await run(script, [args[0] ?? '', image])).toMatchObject({ status: 1, calls: [] });
    }
    expect(await run(script, ['nowhere', 'charter:1'])).toMatchObject({ status: 2, calls: [] });
  });

  it.runIf(spawnSync('kubectl', ['version', '--client']).status === 0)(
    'gives every pod the image of the release, as kustomize lays it out',
    async () => {
      // The real one lays out; then it is the cluster that is missing.
      const real = spawnSync('bash', ['-c', 'command -v kubectl'], { encoding: 'utf8' });
      const plays = `[ "$1" != kustomize ] || exec ${real.stdout.trim()} "$@" | tee "$memory/all"; [[ "$*" != *"get secret"* ]] || { grep image: "$memory/all"; exit 1; } >&2`;
      const run = await playProgram('kubectl', plays);
      const { said } = await run(script, args);
      const images = said.match(/image: .*/g) ?? [];
      expect(images.length).toBe(5);
      expect(new Set(images)).toEqual(new Set([`image: ${args[1]}`]));
      expect(said).toContain('Namespace charter;');
    },
  );
});
