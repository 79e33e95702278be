import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until there is an answer; undefined when `withinMs` is over. */
export async function waitUntil<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  withinMs: number,
): Promise<T | undefined> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(15);
  }
  return undefined;
}
