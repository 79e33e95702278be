import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotUpgrade } from './cannot-upgrade.ts';

/** In which a service keeps what it was made from, and as what. */
export const originFile = '.baseline.json';

export interface Origin {
  /** The commit of the baseline that the service stands on. */
  readonly commit: string;
}

export function isService(root: string): boolean {
  return existsSync(join(root, originFile));
}

export function readOrigin(root: string): Origin {
  if (!isService(root)) {
    throw new CannotUpgrade(
      `There is no ${originFile}: this was not made from a baseline, or is the baseline itself. ` +
        'docs/upgrading.md says how a service comes to have it.',
    );
  }
  return JSON.parse(readFileSync(join(root, originFile), 'utf8')) as Origin;
}
