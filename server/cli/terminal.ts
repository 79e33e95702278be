import { text as readAll } from 'node:stream/consumers';
import { password, text } from '@clack/prompts';
import { openProgress, type Progress } from './progress.ts';

/** What a command needs of the world; tests hand in their own. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Whether a person can be asked. */
  readonly isInteractive: boolean;
  readonly ask: (question: string) => Promise<string>;
  readonly askSecret: (question: string) => Promise<string>;
  /** Everything on standard input, without the last line break. */
  readonly readInput: () => Promise<string>;
  /** Of what may last: how far it is, on standard error. */
  readonly progress: (what: string, total?: number) => Progress;
}

/** An end that needs no stack: its message says what to do. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  /** What `--json` answers beside the message. */
  readonly details: object;

  constructor(message: string, details: object = {}) {
    super(message);
    this.details = details;
  }
}

/** What was to be judged cannot be: pipelines must not take that for a bad verdict. */
export class UnreadableInput extends CommandFailure {}

export function terminal(): Terminal {
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    ask: async (message) => answered(await text({ message })),
    askSecret: async (message) => answered(await password({ message })),
    readInput: async () => (await readAll(process.stdin)).replace(/\r?\n$/, ''),
    progress: (what, total) => openProgress(process.stderr, what, total),
  };
}

function answered(answer: string | symbol): string {
  if (typeof answer === 'string') return answer;
  throw new CommandFailure('Nothing was done.');
}
