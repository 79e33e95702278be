import { serverAudits } from 'graphql-http';
import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';

const app = useApp();

// The audits of those who write "GraphQL over HTTP" (graphql.github.io/graphql-over-http), by their ids.
const audits = serverAudits({ url: () => `${app.url}/graphql` });

it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
  'the running app passes audit %s: %s',
  async (_id, _name, audit) => {
    const result = await audit.fn();
    const response = 'response' in result ? result.response : undefined;
    const why = 'reason' in result ? `${result.reason}: ${await response?.text()}` : '';
    expect([result.status, why]).toEqual(['ok', '']);
  },
);

it('there are as many of them as we say', () => {
  expect(audits).toHaveLength(61);
});
