import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { type Client, type Credentials, createClient } from '../../client/index.ts';
import { contract, tags } from '../../contract/index.ts';
import { mockConfig } from '../../server/cli/mock.ts';
import { closeServer } from '../../server/http/server.ts';
import { madeUp } from '../../server/mock/callers.ts';
import { createMock, type MockOptions } from '../../server/mock/mock.ts';
import { goodInput } from '../generated/good-input.ts';
import { document } from './document.ts';
import { assertDocumented } from './documented.ts';
import { operations, requestOf } from './operations.ts';

export interface Mock {
  readonly url: string;
  /** Every answer is checked against docs/openapi.json. */
  readonly fetch: typeof globalThis.fetch;
  client(credentials?: Credentials): Client;
  close(): Promise<void>;
}

/** What a mock answers is no proof that the service does, so that it counts as no provoked answer. */
const documentedFetch: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const response = await fetch(request);
  await assertDocumented(request, response.clone());
  return response;
};

export async function startMock(options: Partial<MockOptions> = {}): Promise<Mock> {
  const server = createMock({ contract, tags, document, config: mockConfig(4010), ...options });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    fetch: documentedFetch,
    client: (credentials) =>
      createClient({ baseUrl: url, fetch: documentedFetch, ...(credentials && { credentials }) }),
    close: async () => {
      server.closeAllConnections();
      await closeServer(server);
    },
  };
}

/** One for all tests of a file. */
export function useMock(options?: Partial<MockOptions>): Mock {
  const holder = {} as { mock: Mock };
  beforeAll(async () => {
    holder.mock = await startMock(options);
  });
  afterAll(() => holder.mock.close());
  return new Proxy({} as Mock, { get: (_, key: keyof Mock) => holder.mock[key] });
}

export const as = (token: string) => ({ Authorization: `Bearer ${token}` });

/** What an operation answers, asked with good input. */
export async function askMock(mock: Mock, name: string, headers: Record<string, string>) {
  const operation = operations.find((one) => one.name === name);
  if (!operation) throw new Error(`There is no ${name}`);
  // The one field of a token that the mock looks at.
  const input = goodInput(operation, {}, { refreshToken: madeUp.admin });
  const [path, init] = requestOf(operation, { ...input, headers });
  return mock.fetch(`${mock.url}${path}`, init);
}
