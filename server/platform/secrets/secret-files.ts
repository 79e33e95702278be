import { readFile } from 'node:fs/promises';
import type { Reading, SecretSource } from './secret-source.ts';

const pollMs = 5_000;

/**
 * Secrets in files. It looks at them now and then instead of being told: Kubernetes exchanges a
 * symbolic link above the file, and what watches the file itself hears nothing of it.
 */
export class SecretFiles implements SecretSource {
  readonly name = 'file';
  readonly #files: Readonly<Record<string, string>>;
  #hasLooked = false;

  /** @param files setting → file. */
  constructor(files: Readonly<Record<string, string>>) {
    this.#files = files;
  }

  get settings(): readonly string[] {
    return Object.keys(this.#files);
  }

  /** What changes between the start and the first look by the clock is a change, too. */
  get waitMs(): number {
    return this.#hasLooked ? pollMs : 0;
  }

  async look(): Promise<ReadonlyMap<string, Reading>> {
    this.#hasLooked = true;
    const entries = Object.entries(this.#files).map(async ([setting, path]) => {
      return [setting, await readingOf(path)] as const;
    });
    return new Map(await Promise.all(entries));
  }
}

async function readingOf(path: string): Promise<Reading> {
  try {
    return { text: (await readFile(path, 'utf8')).trim() };
  } catch (error) {
    return { trouble: (error as Error).message };
  }
}
