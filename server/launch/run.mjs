import { spawn } from 'node:child_process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs the first of the programs that starts at all (musl cannot start a glibc one), and waits
 * for its end: `{ code, signal, received }`, where `received` is the first signal that came meanwhile.
 * Signals do not end this process before that one. `meet(child)` is called when it was started;
 * `killAfterMs` bounds how long it may take to end after a signal.
 */
export async function runToEnd(programs, args, options, manners = {}) {
  const [program, ...others] = programs;
  try {
    return await runOne(program, args, options, manners);
  } catch (error) {
    if (others.length > 0) return runToEnd(others, args, options, manners);
    throw new Error(
      `Could not start ${program}: ${error.message}.\n` +
        'Run "npm ci", or install Node 24 or newer for this system, and run the same command again.',
    );
  }
}

function runOne(program, args, options, { meet, killAfterMs }) {
  let child;
  let received;
  // Before it is started: a signal in between would leave it behind.
  const forward = (signal) => {
    received ??= signal;
    if (!reachesGroup(signal)) child.kill(signal);
    if (killAfterMs) setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  child = spawn(program, args, options);
  const watch = whenNpmDies(() => forward('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => child.pid === undefined && reject(error));
    child.once('exit', (code, signal) => resolve({ code, signal, received }));
    if (child.pid !== undefined) meet?.(child);
  }).finally(() => {
    clearInterval(watch);
    for (const signal of SIGNALS) process.off(signal, forward);
  });
}

/** A killed npm takes its shell along and nobody else: the only sign is another parent. */
function whenNpmDies(stop) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 300);
  return watch.unref();
}

/** Ctrl-C: the terminal signals the child itself, and twice means "now" to many programs. */
function reachesGroup(signal) {
  return signal === 'SIGINT' && [process.stdin, process.stdout, process.stderr].some(isTerminal);
}

function isTerminal(stream) {
  return stream.isTTY === true;
}
