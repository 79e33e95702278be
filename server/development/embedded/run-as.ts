import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it as itself. Root either hides
 * behind a user namespace, where its files stay its own, or becomes another user altogether.
 */
export type RunAs =
  | { kind: 'self' }
  | { kind: 'namespace'; uid: number }
  | { kind: 'user'; uid: number; gid: number };

export interface Command {
  file: string;
  args: string[];
  options: { uid?: number; gid?: number; cwd: string; env: Record<string, string> };
}

/** Nothing of ours is passed on: a stray PGDATA or LD_PRELOAD must not change the server. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' };

export function commandAs(runAs: RunAs, file: string, args: string[]): Command {
  // Our working directory may be one that another user cannot enter.
  const options = { cwd: '/', env: ENVIRONMENT };
  if (runAs.kind === 'self') return { file, args, options };
  if (runAs.kind === 'user') {
    return { file, args, options: { ...options, uid: runAs.uid, gid: runAs.gid } };
  }
  // unshare becomes the program (no --fork), so the pid and the signals are the program's own.
  const mapping = [`--map-user=${runAs.uid}`, `--map-group=${runAs.uid}`];
  return { file: 'unshare', args: ['--user', ...mapping, '--', file, ...args], options };
}

/** Tried, not guessed: containers forbid namespaces in too many ways to list. */
export function canRun(runAs: RunAs, binaries: string): boolean {
  return succeeds(runAs, join(binaries, 'bin', 'postgres'), ['--version']);
}

export function canReach(runAs: RunAs, folder: string): boolean {
  return succeeds(runAs, '/bin/sh', ['-c', 'test -x "$1"', 'sh', folder]);
}

function succeeds(runAs: RunAs, file: string, args: string[]): boolean {
  const command = commandAs(runAs, file, args);
  return (
    spawnSync(command.file, command.args, { ...command.options, stdio: 'ignore' }).status === 0
  );
}

/** A uid that the system knows by name: initdb looks its own user up and fails when it cannot. */
export function unprivilegedUser(passwd = readFileSync('/etc/passwd', 'utf8')): {
  uid: number;
  gid: number;
} {
  const users = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((user) => user.uid > 0);
  const user = users.find(({ name }) => name === 'nobody') ?? users[0];
  return user ? { uid: user.uid, gid: user.gid } : { uid: 65534, gid: 65534 };
}
