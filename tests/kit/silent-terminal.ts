import type { Terminal } from '../../server/cli/terminal.ts';

/** For looking at the commands themselves: nobody is asked, and nothing is heard. */
export const silentTerminal: Terminal = {
  out: () => {},
  err: () => {},
  isInteractive: false,
  ask: async () => '',
  askSecret: async () => '',
  readInput: async () => '',
  progress: () => ({ at: () => {}, end: () => {} }),
};
