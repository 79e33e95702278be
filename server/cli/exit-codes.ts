/** What a command ends with: pipelines go by it. */
export const exitCodes = {
  done: { code: 0, means: 'Done; of what looks (`doctor`, `smoke`, `audit verify`): all is well.' },
  failed: {
    code: 1,
    means: 'Failed, or not well. The message on standard error says why, and what to do.',
  },
  usage: {
    code: 2,
    means: 'Wrong usage: an unknown command, flag or choice, or one too many or too few.',
  },
  unreadable: {
    code: 3,
    means:
      'What it was to judge cannot be read (`contract diff`), so that nothing is known of it, good or bad.',
  },
} as const;
