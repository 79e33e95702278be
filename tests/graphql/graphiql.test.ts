import { expect, it, onTestFinished } from 'vitest';
import { startApp, useApp } from '../kit/app.ts';
import { graphqlOf } from '../kit/graphql.ts';

// In a browser: tests/browser/graphiql.ts.

const app = useApp();

async function appWith(settings: Record<string, string>) {
  const other = await startApp(settings);
  onTestFinished(() => other.close());
  return other;
}

it('has a page to try it on, from our own origin', async () => {
  const page = await app.request('/dev/graphiql');
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
  const sources = [...(await page.text()).matchAll(/(?:src|href)="([^"]*)"/g)].map(
    ([, one]) => one,
  );
  expect(sources).toHaveLength(7);
  const found = await Promise.all(sources.map((source) => app.request(source ?? '')));
  expect(found.map(({ status }) => status)).toEqual(sources.map(() => 200));
  expect((await app.request('/dev/graphiql/assets/package.json')).status).toBe(404);
});

it('has none where GraphQL is switched off', async () => {
  const without = await appWith({ GRAPHQL: 'false' });
  const paths = ['/graphql?query=%7B__typename%7D', '/dev/graphiql'];
  const answers = await Promise.all(paths.map((path) => without.request(path)));
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
});

it('has none in production, and tells its schema to nobody there', async () => {
  const production = await appWith({
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://charter.test',
    PASSWORD_HASH_MEMORY_KIB: '19456',
    MAGIC_LINK: 'false',
  });
  const paths = ['/dev/graphiql', '/dev/graphiql/', '/dev/graphiql/assets/graphiql.js'];
  const answers = await Promise.all(paths.map((path) => production.request(path)));
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  const ask = graphqlOf(production);
  expect((await ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  const { errors } = await ask('{ __schema { types { name } } }');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'invalid_document' });
});
