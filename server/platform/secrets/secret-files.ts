import { readFile, stat } from 'node:fs/promises';
import type { Log } from '../observability/log.ts';

export interface SecretFilesParts {
  /** Setting → file. */
  readonly files: Readonly<Record<string, string>>;
  /** Judges what a file says as the start does. Throws, and never tells the value. */
  readonly read: (setting: string, text: string) => unknown;
  readonly log: Log;
}

interface Followed {
  readonly apply: (value: never) => void;
  /** Of the file as it was read last. */
  mark: string;
}

const pollMs = 5_000;

/**
 * Reads secrets again when their files change, without a restart. It looks at the files now and then
 * instead of being told: Kubernetes exchanges a symbolic link above the file, and what watches the
 * file itself hears nothing of it. A file that is broken leaves the value that was.
 */
export class SecretFiles {
  readonly #parts: SecretFilesParts;
  readonly #followed = new Map<string, Followed>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: SecretFilesParts) {
    this.#parts = parts;
  }

  /** `apply` gets the setting as the configuration would hold it; it may throw to refuse it. */
  follow<Value>(setting: string, apply: (value: Value) => void): void {
    if (this.#parts.files[setting] === undefined) return;
    this.#followed.set(setting, { apply, mark: '' });
    this.#timer ??= setInterval(() => void this.look(), pollMs).unref();
    // What changes between the start and the first look by the clock is a change, too.
    void this.look();
  }

  /** Looks now; one look at a time. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(async () => {
      for (const [setting, followed] of this.#followed) await this.#lookAt(setting, followed);
    });
    return this.#looking;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#followed.clear();
    await this.#looking;
  }

  async #lookAt(setting: string, followed: Followed): Promise<void> {
    const { files, read, log } = this.#parts;
    const path = files[setting] ?? '';
    const mark = await markOf(path);
    if (mark === followed.mark) return;
    const isFirst = followed.mark === '';
    followed.mark = mark;
    try {
      const text = (await readFile(path, 'utf8')).trim();
      followed.apply(read(setting, text) as never);
      if (!isFirst) log.info({ setting }, 'a secret was read anew from its file');
    } catch (error) {
      const reason = (error as Error).message;
      log.error({ setting, reason }, 'the file of a secret cannot be used; the old value stays');
    }
  }
}

/** Changes with the file behind the path, whichever link leads there. */
async function markOf(path: string): Promise<string> {
  try {
    const { ino, mtimeMs, size } = await stat(path);
    return [ino, mtimeMs, size].join();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
