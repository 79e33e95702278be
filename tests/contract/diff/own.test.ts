import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareDocuments } from '../../../contract/document/diff/compare.ts';
import { isObject, objectIn } from '../../../contract/document/diff/source.ts';
import type { Json } from '../../../contract/kit/json.ts';

const methods = ['get', 'put', 'post', 'patch', 'delete'];
const read = () =>
  JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'));
const document = read();

/** Every part of a document, rewritten from the inside out. */
function rewritten(value: unknown, write: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => rewritten(part, write));
  if (!isObject(value)) return value;
  const parts = Object.entries(value).map(([key, part]) => [
    key,
    write(key, rewritten(part, write)),
  ]);
  return Object.fromEntries(parts);
}

/** The other way around, keys and lists that have no order. */
function turned(value: unknown): unknown {
  const unordered = [
    'required',
    'enum',
    'parameters',
    'security',
    'oneOf',
    'anyOf',
    'allOf',
    'type',
  ];
  if (Array.isArray(value)) return value.map(turned);
  if (!isObject(value)) return value;
  const parts = Object.entries(value).map(([key, part]) => {
    const inside = turned(part);
    return [key, unordered.includes(key) && Array.isArray(inside) ? inside.toReversed() : inside];
  });
  return Object.fromEntries(parts.toReversed());
}

it('our own document in another order alarms nobody', () => {
  expect(compareDocuments(document, turned(document))).toEqual([]);
});

it('our own document in other words is words only', () => {
  const reworded = rewritten(document, (key, value) => {
    const isProse = ['description', 'summary'].includes(key) && typeof value === 'string';
    return isProse ? `${value} Indeed.` : value;
  });
  const rules = new Set(compareDocuments(document, reworded).map(({ rule }) => rule));
  expect([...rules]).toEqual(['prose-changed']);
});

it('nor with references written out, and with other names of what is only referred to', () => {
  const responses = objectIn(document.components.responses);
  const inlined = rewritten(document, (_key, value) => {
    const { $ref } = objectIn(value);
    const name = String($ref).replace('#/components/responses/', '');
    return Object.hasOwn(responses, name) ? responses[name] : value;
  });
  expect(compareDocuments(document, inlined)).toEqual([]);
  expect(compareDocuments(inlined, document)).toEqual([]);
});

it('every operation that is taken away is missed, and every one that comes is seen', () => {
  const head = read();
  const gone: string[] = [];
  const paths: Record<string, Json> = head.paths;
  Object.entries(paths).forEach(([path, item], at) => {
    for (const method of methods.filter((one, index) => one in item && (at + index) % 2 === 0)) {
      delete item[method];
      gone.push(`${method.toUpperCase()} ${path}`);
    }
  });
  expect(gone.length).toBeGreaterThan(20);
  const places = (rule: string, changes: ReturnType<typeof compareDocuments>) =>
    changes.filter((change) => change.rule === rule).map(({ at }) => at);
  expect(places('operation-removed', compareDocuments(document, head)).sort()).toEqual(gone.sort());
  expect(places('operation-added', compareDocuments(head, document)).sort()).toEqual(gone.sort());
});

it('a field that is taken from a shared schema breaks once, and says whom', () => {
  const head = read();
  const schemas: Record<string, Json> = head.components.schemas;
  const { properties, required } = schemas['User'] as { properties: Json; required: string[] };
  delete properties['email'];
  required.splice(required.indexOf('email'), 1);
  const breaking = compareDocuments(document, head).filter(
    ({ severity }) => severity === 'breaking',
  );
  const [first] = breaking;
  expect(first).toMatchObject({
    rule: 'answer-field-removed',
    at: expect.stringMatching(/^schema User in answers, email$/),
  });
  expect(first?.operations).toContain('GET /api/v1/users/{userId}');
});
