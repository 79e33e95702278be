import { inject } from 'vitest';
import { decided } from '../kit/decided.ts';

/** How often a race is run, and how many take part. Every night there are more than the gate has time for. */
export const rounds = inject('isLong') ? 50 : 15;
export const atOnce = 20;

export async function everyRound(work: (round: number) => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await work(round);
}

export function all<Result>(call: (at: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: atOnce }, (_, at) => call(at)));
}

export async function race(call: (at: number) => Promise<{ status: number }>): Promise<number[]> {
  const answers = await all((at) => decided(() => call(at)));
  return answers.map(({ status }) => status).sort((a, b) => a - b);
}

export function oneAmong(winner: number, loser: number): number[] {
  return [winner, ...Array.from({ length: atOnce - 1 }, () => loser)];
}
