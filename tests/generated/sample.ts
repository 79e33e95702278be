import { inject } from 'vitest';
import type { Operation } from '../../contract/kit/operations.ts';

/**
 * Of many cases that come to the same, a few: others for each operation, and of each kind one at
 * least. `npm run test:full` takes them all.
 */
export function sample<Case>(
  cases: readonly Case[],
  operation: Operation,
  { perKind, kindOf = () => '' }: { perKind: number; kindOf?: (one: Case) => string | number },
): readonly Case[] {
  if (inject('isFull')) return cases;
  const kinds = Map.groupBy(cases, kindOf);
  return [...kinds.values()].flatMap((alike) =>
    rotated(alike, sumOf(operation.name)).slice(0, perKind),
  );
}

function rotated<Case>(cases: readonly Case[], by: number): Case[] {
  const start = by % cases.length;
  return [...cases.slice(start), ...cases.slice(0, start)];
}

/** Some number that stays with the name. */
function sumOf(name: string): number {
  return Buffer.from(name).reduce((sum, byte) => sum + byte, 0);
}
