import { readFile } from 'node:fs/promises';
import type { SecretFileBySetting } from '../../config/environment.ts';
import type { Reading, SecretSource } from './secret-source.ts';

const pollMs = 5_000;

/**
 * Secrets in files. It looks at them now and then instead of being told: Kubernetes exchanges a
 * symbolic link above the file, and what watches the file itself hears nothing of it.
 */
export class SecretFiles implements SecretSource {
  readonly name = 'file';
  readonly atStart: ReadonlyMap<string, string>;
  readonly #files: SecretFileBySetting;
  #hasLooked = false;

  constructor(files: SecretFileBySetting) {
    this.#files = files;
    this.atStart = new Map(Object.entries(files).map(([setting, { text }]) => [setting, text]));
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
    const entries = Object.entries(this.#files).map(async ([setting, { path }]) => {
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
