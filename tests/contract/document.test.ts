import { expect, it } from 'vitest';
import { openApiDocument } from '../../contract/openapi.ts';
import { useApp } from '../kit/app.ts';
import { document } from '../kit/document.ts';

const app = useApp();

it('is published as the contract generates it', async () => {
  expect(document).toEqual(JSON.parse(JSON.stringify(await openApiDocument())));
});

it('is served as it is published, to anyone', async () => {
  const answer = await app.request('/api/v1/openapi.json');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await answer.json()).toEqual(document);
});
