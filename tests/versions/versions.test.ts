import { describe, expect, it } from 'vitest';
import { generate } from '../../client/generate/generate.ts';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { compilePlans } from '../../server/operations/plans.ts';
import { startApp, useApp } from '../kit/app.ts';
import { quickProgram } from '../kit/quick-key.ts';
import { quickSession, type Wanted } from '../kit/quick-session.ts';
import { contract, mount, tags } from './mount.ts';
import { since, sunset } from './v1.ts';

const app = useApp({}, { mount });
const old = '/api/v1/example-parcels/P-1';
const permission: Wanted = { permissions: ['users:read'] };

/** Not by the client or `app.request`: docs/openapi.json does not know what is mounted. */
async function get(path: string, headers: HeadersInit, at = app) {
  const response = await fetch(`${at.url}${path}`, { headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Moves the clock of the app to the first instant of a day. */
function goTo(day: string, at = app): void {
  const ms = Date.parse(`${day}T00:00:00Z`) - at.clock.now().getTime();
  at.clock.advance({ seconds: Math.ceil(ms / 1_000) });
}

const document = await openApiDocument(contract, tags);

describe('two versions', () => {
  it('show one truth, each as it promised', async () => {
    const { headers } = await quickSession(app, permission);
    const { body: first } = await get(old, headers);
    const { body: second } = await get('/api/v2/example-parcels/P-1', headers);
    expect([first, second]).toEqual([
      { code: 'P-1', weight: '1.5 kg' },
      { code: 'P-1', weightGrams: 1_500 },
    ]);
  });

  it('have the same doors: access, limits, validation, and the same rule', async () => {
    const { headers } = await quickSession(app, permission);
    for (const version of ['v1', 'v2']) {
      const ask = (code: string, sent: HeadersInit) =>
        get(`/api/${version}/example-parcels/${code}`, sent);
      expect(await ask('P-1', {})).toMatchObject({ status: 401 });
      expect(await ask('nonsense', headers)).toMatchObject({ status: 422 });
      expect(await ask('P-9', headers)).toMatchObject({ status: 404 });
      const strange = await fetch(`${app.url}/api/${version}/no-such-thing`);
      expect(strange.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('stand in one document and one client', () => {
    expect(Object.keys(document.paths)).toEqual([
      '/api/v1/example-parcels/{code}',
      '/api/v1/example-parcels',
      '/api/v2/example-parcels/{code}',
    ]);
    const files = generate(document);
    for (const noun of ['example-parcels', 'example-parcels-v2']) {
      expect([...files.keys()]).toContain(`client/generated/${noun}.ts`);
    }
    const schemas = files.get('client/generated/schemas.ts') ?? '';
    expect(schemas).toMatch(/interface ExampleParcel \{[^}]*weight: string/);
    expect(schemas).toMatch(/interface ExampleParcelV2 \{[^}]*weightGrams: number/);
  });
});

describe('what is deprecated', () => {
  it('says so on every answer, refusals too, and what is not says nothing', async () => {
    const { headers } = await quickSession(app, permission);
    const told = {
      deprecation: `@${Date.parse(since) / 1_000}`,
      sunset: 'Mon, 01 Sep 2031 00:00:00 GMT',
      link: `<${app.config.http.publicUrl}/docs#/exampleParcels/exampleParcelsGet>; rel="deprecation"; type="text/html"`,
    };
    for (const answer of [await get(old, headers), await get(old, {})]) {
      expect(Object.fromEntries(answer.headers)).toMatchObject(told);
    }
    for (const path of ['/api/v1/example-parcels', '/api/v2/example-parcels/P-1']) {
      const answer = await get(path, headers);
      expect(answer.status).toBe(200);
      for (const name of Object.keys(told)) expect(answer.headers.has(name)).toBe(false);
    }
  });

  it('says so in the document, and to whoever programs against it', () => {
    const operation = document.paths['/api/v1/example-parcels/{code}']?.get;
    expect(operation).toMatchObject({
      deprecated: true,
      'x-deprecated': { since, sunset, use: 'exampleParcelsV2.get' },
    });
    expect(operation?.description).toContain(`gone on ${sunset}: use \`exampleParcelsV2.get\``);
    expect(operation?.responses).toHaveProperty('410');
    const { headers = {} } = (operation?.responses[200] ?? {}) as { headers?: object };
    const told = Object.keys(headers);
    expect(told).toEqual(expect.arrayContaining(['Deprecation', 'Sunset', 'Link']));
    const text = generate(document).get('client/generated/example-parcels.ts') ?? '';
    const tag = ` * @deprecated Gone on ${sunset}: use \`exampleParcelsV2.get\`.`;
    // Over the function, and over the method of the client.
    expect(text.split(tag)).toHaveLength(3);
  });

  it('takes no room in a document that deprecates nothing', async () => {
    const { exampleParcelsV2 } = contract;
    const plain = await openApiDocument({ exampleParcelsV2 }, tags);
    expect(JSON.stringify(plain.components)).not.toContain('"Sunset":');
  });

  it('counts who still calls: programs by name, people together, and no more than a few', async () => {
    const person = await quickSession(app, permission);
    await get(old, person.headers);
    const programs = [];
    for (let at = 0; at < 22; at += 1) programs.push(await quickProgram(app, ['users:read']));
    for (const { headers } of programs) expect((await get(old, headers)).status).toBe(200);
    const lines = (await app.scrape()).filter((line) =>
      /^charter_deprecated_calls_total/.test(line),
    );
    const callers = lines.map((line) => /caller="([^"]+)"/.exec(line)?.[1]);
    expect(callers).toContain('person');
    expect(callers).toContain(programs[0]?.apiKeyId);
    expect(lines.find((line) => line.includes('caller="other"'))).toMatch(/ 2$/);
    // Twenty programs, the others, and people.
    expect(lines).toHaveLength(22);
    expect(lines.join()).not.toContain('exampleParcelsV2');
  });
});

describe('after its last day', () => {
  it('it is gone, without HTTP as well; the others answer', async () => {
    const late = await startApp({}, { mount });
    goTo(sunset, late);
    const { headers } = await quickSession(late, permission);
    const gone = await get(old, headers, late);
    expect(gone).toMatchObject({ status: 410, body: { code: 'operation_gone' } });
    expect(gone.body.detail).toBe(
      `exampleParcels.get is gone since ${sunset}: use exampleParcelsV2.get.`,
    );
    expect(gone.headers.get('sunset')).toBe('Mon, 01 Sep 2031 00:00:00 GMT');
    // Whoever may not call it learns no more than before.
    expect(await get(old, {}, late)).toMatchObject({ status: 401 });
    const direct = await late.perform('exampleParcels.get', {
      origin: 'job',
      address: '127.0.0.1',
      caller: { authorization: headers.Authorization },
      input: { params: { code: 'P-1' } },
    });
    expect(direct).toMatchObject({ status: 410 });
    expect(await get('/api/v2/example-parcels/P-1', headers, late)).toMatchObject({ status: 200 });
    await late.close();
  });

  it('it answers on, where the operator says so', async () => {
    const patient = await startApp({ AFTER_SUNSET: 'served' }, { mount });
    goTo(sunset, patient);
    const { headers } = await quickSession(patient, permission);
    expect(await get(old, headers, patient)).toMatchObject({ status: 200 });
    await patient.close();
  });

  it('not an instant earlier', async () => {
    const early = await startApp({}, { mount });
    goTo(sunset, early);
    early.clock.advance({ seconds: -2 });
    const { headers } = await quickSession(early, permission);
    expect(await get(old, headers, early)).toMatchObject({ status: 200 });
    await early.close();
  });
});

describe('what is not well declared does not start', () => {
  const declared = contract.exampleParcels.get;
  const deprecating = (deprecated: object) => {
    const get = { ...declared, metadata: { ...declared.metadata, deprecated } };
    return { parcels: { get } } as never;
  };

  it.each([
    ['a day that is none', { since: '2031-02-30', sunset, use: 'a.b' }, /a day is written as/],
    ['an instant', { since, sunset: '2031-09-01T00:00:00Z', use: 'a.b' }, /a day is written as/],
    ['an end before its beginning', { since: sunset, sunset: since, use: 'a.b' }, /it ends before/],
    ['nothing to use instead', { since, sunset, use: 'see the docs' }, /`use` names an operation/],
  ])('%s', (_what, deprecated, says) => {
    expect(() => operationsOf(deprecating(deprecated))).toThrow(says);
  });

  it.each(['parcelsV3.get', 'parcels.get'])('%s to use instead', (use) => {
    const parts = { contract: deprecating({ since, sunset, use }) } as never;
    expect(() => compilePlans(parts)).toThrow(`use: '${use}', which is no other operation`);
  });
});

it('deprecates nothing of ours by accident', async () => {
  const { contract: ours } = await import('../../contract/index.ts');
  expect(operationsOf(ours).filter(({ deprecation }) => deprecation)).toEqual([]);
});
