import { vi } from 'vitest';
import { runCommand } from '../../server/cli/program.ts';
import { testSecrets } from './cluster.ts';

interface World {
  /** Everything on standard input. */
  readonly input?: string;
  /** What a person answers, question by question; with answers, the terminal is interactive. */
  readonly answers?: readonly string[];
}

export interface CommandEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly questions: readonly string[];
  /** What bars have shown: all of it, for nobody has to wait for the next. */
  readonly progress: readonly string[];
}

/** Runs `charter <args>` in this process, with a terminal that the test plays. */
export async function charter(args: readonly string[], world: World = {}): Promise<CommandEnd> {
  const out: string[] = [];
  const err: string[] = [];
  const questions: string[] = [];
  const progress: string[] = [];
  const answers = [...(world.answers ?? [])];
  const ask = async (question: string) => {
    questions.push(question);
    return answers.shift() ?? '';
  };
  const code = await runCommand(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    isInteractive: world.answers !== undefined,
    ask,
    askSecret: ask,
    readInput: async () => world.input ?? '',
    progress: (what, total) => ({
      at: (done, detail) => {
        progress.push([what, done, total, detail].filter((part) => part !== undefined).join(' '));
      },
      end: () => void progress.push('end'),
    }),
  });
  return { code, out: out.join('\n'), err: err.join('\n'), questions, progress };
}

/** Commands of this test work on this database. */
export function useDatabase(url: string): void {
  vi.stubEnv('DATABASE_URL', url);
  vi.stubEnv('SECRET_KEYS', testSecrets.join(','));
}
