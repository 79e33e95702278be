import { progress } from '@clack/prompts';

export interface Progress {
  step(message: string): void;
  stop(message: string): void;
}

/** A bar on a terminal, a line per message elsewhere. */
export function startProgress(steps: number, message: string): Progress {
  if (!process.stdout.isTTY) return plainLines(message);
  const bar = progress({ max: steps, style: 'heavy' });
  bar.start(message);
  return { step: (text) => bar.advance(1, text), stop: (text) => bar.stop(text) };
}

function plainLines(first: string): Progress {
  let last = first;
  process.stdout.write(`${first}\n`);
  return {
    step: (message) => {
      if (message !== last) process.stdout.write(`${message}\n`);
      last = message;
    },
    stop: (message) => process.stdout.write(`${message}\n`),
  };
}
