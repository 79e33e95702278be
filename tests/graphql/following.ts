import { createClient } from 'graphql-sse';
import { onTestFinished } from 'vitest';
import type { TestApp } from '../kit/app.ts';

export interface Following {
  /** What was told: the data of each result. */
  readonly told: readonly Record<string, unknown>[];
  /** The problems that the results carried instead. */
  readonly problems: readonly unknown[];
  /** Whether the service has said that nothing more comes. */
  readonly isComplete: boolean;
  leave(): void;
}

/** Subscribes with a client that others wrote for the protocol, and keeps what it hears until the test ends. */
export function follow(
  { url }: Pick<TestApp, 'url'>,
  headers: Record<string, string>,
  query: string,
  variables: Record<string, unknown> = {},
): Following {
  const client = createClient({ url: `${url}/graphql`, headers, retryAttempts: 0 });
  onTestFinished(() => client.dispose());
  const told: Record<string, unknown>[] = [];
  const problems: unknown[] = [];
  const state = { isComplete: false };
  const leave = client.subscribe<Record<string, unknown>>(
    { query, variables },
    {
      next: ({ data, errors = [] }) => {
        if (data) told.push(data);
        problems.push(...errors.map(({ extensions }) => extensions));
      },
      error: (error) => problems.push(error),
      complete: () => {
        state.isComplete = true;
      },
    },
  );
  return {
    told,
    problems,
    get isComplete() {
      return state.isComplete;
    },
    leave,
  };
}
