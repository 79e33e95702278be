import { statusOf } from '../../contract/kit/facets/errors.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import { isValid } from '../kit/document.ts';
import {
  type Body,
  boundary,
  encoded,
  type Field,
  type Input,
  inputsOf,
  type Json,
  multipartType,
  part,
  tinyPicture,
} from '../kit/operations.ts';
import { markedNumber, marker } from './marker.ts';

/** Input that must be refused. */
export interface Bad {
  readonly what: string;
  readonly input: Input;
  readonly status: number;
  /** The first part of the places that the refusal must name. */
  readonly places?: readonly string[];
}

const formType = 'application/x-www-form-urlencoded';

export function badBodies(operation: Operation): Bad[] {
  const { body } = inputsOf(operation);
  if (!body) return [];
  return [...wrongTypes(body), ...badContents(operation, body)];
}

function badContents(operation: Operation, body: Body): Bad[] {
  if (body.type === multipartType) return badParts(body);
  return body.type === formType ? badForms(operation, body) : badJson(body);
}

/** What is wrong with parts, and with the file among them. */
function badParts(body: Body): Bad[] {
  const good = encoded(body, body.example);
  const [file = ''] = body.fields
    .filter(({ schema }) => schema.format === 'binary')
    .map(({ name }) => name);
  const picture = part(`name="${file}"; filename="x"`, tinyPicture);
  const end = `--${boundary}--\r\n`;
  const typed = (type: string) => ({ headers: { 'Content-Type': type } });
  return [
    bad(400, 'without a boundary', { body: good, ...typed(multipartType) }),
    bad(400, 'with another boundary', {
      body: good,
      ...typed(`${multipartType}; boundary=${marker}`),
    }),
    bad(400, 'with too long a boundary', {
      body: good,
      ...typed(`${multipartType}; boundary=${'x'.repeat(71)}`),
    }),
    bad(400, 'that is empty', { body: '' }),
    bad(400, 'that breaks off', { body: good.slice(0, -end.length - 4) }),
    bad(400, 'whose part has no name', { body: part('x="y"', marker) + picture + end }),
    bad(400, 'whose part has no headers', {
      body: `--${boundary}\r\n\r\n${marker}\r\n${picture}${end}`,
    }),
    bad(400, 'whose headers do not end', { body: `--${boundary}\r\n${'x: y\r\n'.repeat(9_000)}` }),
    bad(400, 'whose part is named twice', {
      body: good.replace(
        'Content-Disposition',
        'Content-Disposition: form-data; name="a"\r\nContent-Disposition',
      ),
    }),
    bad(413, 'of too many parts', { body: part('name="a"', '').repeat(1_100) + end }),
    bad(413, 'of a field that is too long', {
      body: part('name="a"', marker.repeat(20_000)) + picture + end,
    }),
    bad(415, 'with a file of text', {
      body: part(`name="${file}"; filename="x.png"`, marker) + end,
    }),
    bad(415, 'with a drawing', {
      body:
        part(`name="${file}"; filename="x.png"`, '<svg xmlns="http://www.w3.org/2000/svg"/>') + end,
    }),
    bad(422, 'without a file', { body: end }, [file]),
    bad(422, 'with an empty file', { body: part(`name="${file}"; filename=""`, '') + end }, [file]),
    bad(422, 'with two files', { body: picture + picture + end }, [file]),
    bad(422, 'with a field after the file', { body: picture + part('name="a"', marker) + end }),
    ...[marker, '__proto__', 'constructor', ''].map((name) =>
      bad(422, `with a field ${name}`, { body: part(`name="${name}"`, marker) + picture + end }),
    ),
    // No header holds one (RFC 9110, 5.5).
    bad(400, 'with a NUL in a name', { body: part('name="a\0"', marker) + picture + end }),
    bad(422, 'with parts in a part', {
      body: `${part('name="a"\r\nContent-Type: multipart/mixed; boundary=inner', `--inner\r\n\r\n${marker}\r\n--inner--`)}${picture}${end}`,
    }),
    ...body.fields
      .filter(({ name }) => name !== file)
      .flatMap(({ name }) => [
        bad(
          422,
          `with NUL in ${name}`,
          { body: part(`name="${name}"`, `${marker}\0`) + picture + end },
          [name],
        ),
        bad(
          422,
          `with ${name} twice`,
          { body: part(`name="${name}"`, marker).repeat(2) + picture + end },
          [name],
        ),
        bad(
          422,
          `with broken UTF-8 in ${name}`,
          {
            body: Buffer.from(part(`name="${name}"`, `${marker}\xff`) + picture + end, 'latin1'),
          },
          [name],
        ),
      ]),
  ];
}

function wrongTypes(body: Body): Bad[] {
  const good = encoded(body, body.example);
  const other = body.type === formType ? 'application/json' : formType;
  const types = ['text/plain', `${body.type}; charset=utf-16`, 'nonsense', other];
  return [
    ...types.map((type) =>
      bad(415, `as ${type}`, { body: good, headers: { 'Content-Type': type } }),
    ),
    bad(415, 'without a type', {
      body: new TextEncoder().encode(good),
      headers: { 'Content-Type': undefined },
    }),
    bad(415, 'packed', { body: good, headers: { 'Content-Encoding': 'gzip' } }),
    bad(413, 'of 3 MB', { body: `"${marker.repeat(270_000)}"` }),
    bad(400, 'that is not UTF-8', { body: Uint8Array.from([0x22, 0xff, 0xfe, 0x22]) }),
  ];
}

function badForms(operation: Operation, body: Body): Bad[] {
  const { errors } = operation;
  const required = body.fields.filter(({ isRequired }) => isRequired);
  const all = (value: string) => required.map(({ name }) => `${name}=${value}`).join('&');
  const names = required.map(({ name }) => name);
  // OAuth has one status, and one sentence for all places.
  const [status, places] = errors ? [statusOf('validation_failed', errors), []] : [422, names];
  return [
    bad(status, 'that is empty', { body: '' }, places),
    bad(status, 'with NUL', { body: all(`${marker}%00`) }, places),
    bad(status, 'with broken UTF-8', { body: all(`${marker}%ff`) }, places),
    bad(status, 'with everything twice', { body: `${all(marker)}&${all('x')}` }, places),
    ...(body.isOpen ? [] : unknownFields(all('x'), names[0])),
    bad(413, 'of too many fields', { body: `${marker}=1&`.repeat(2_000) }),
  ];
}

function unknownFields(known: string, name = ''): Bad[] {
  return [
    bad(422, 'with brackets', { body: `${known}&${name}[${marker}]=x` }),
    bad(422, 'with an unknown field', { body: `${known}&${marker}=${marker}` }),
  ];
}

function badJson(body: Body): Bad[] {
  return [...brokenJson, ...wrongFields(body), ...oddFields(body), ...missingFields(body)];
}

const brokenJson: Bad[] = [
  bad(400, 'that is empty', { body: '' }),
  bad(400, 'that breaks off', { body: `{"${marker}": "${marker}` }),
  bad(400, 'with a comma too many', { body: `{"a": "${marker}",}` }),
  bad(400, 'of two values', { body: `{} "${marker}"` }),
  ...['null', String(markedNumber), `"${marker}"`, `[{"${marker}": 1}]`].map((body) =>
    bad(422, `that is ${body}`, { body }),
  ),
  bad(422, 'of nested lists', { body: '['.repeat(10_000) + ']'.repeat(10_000) }),
  bad(422, 'of nested objects', { body: `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}` }),
];

const wrongValues = [
  String(markedNumber),
  '1e400',
  'true',
  'null',
  '""',
  `"${marker}\\u0007 "`,
  `["${marker}!", null]`,
  `{"${marker}": "${marker}"}`,
  '{"__proto__": {"isAdmin": true}}',
];

/** The same wrong value in every field; those whose schema refuses it must be named. */
function wrongFields({ fields }: Body): Bad[] {
  const inAll = (value: (field: Field) => string, what: string) => {
    const values = fields.map((field) => [field, value(field)] as const);
    const places = values
      .filter(([{ schema }, text]) => !isValid(schema, JSON.parse(text)))
      .map(([{ name }]) => name);
    const body = `{${values.map(([{ name }, text]) => `"${name}": ${text}`).join()}}`;
    return places.length > 0 ? [bad(422, what, { body }, places)] : [];
  };
  const tooLong = ({ schema: { maxLength = 0 } }: Field) =>
    JSON.stringify(marker.padEnd(Number(maxLength) + 1, 'x'));
  return [
    ...wrongValues.flatMap((value) => inAll(() => value, `with ${value} everywhere`)),
    ...inAll(tooLong, 'with texts that are too long'),
  ];
}

/** Text that no field takes, and fields that no operation knows. */
function oddFields({ fields, example }: Body): Bad[] {
  const rest = JSON.stringify(example).slice(1);
  const texts = fields.filter(({ schema }) => [schema.type].flat().includes('string'));
  const places = texts.map(({ name }) => name);
  const inTexts = (text: string) => `{${places.map((name) => `"${name}": "${text}"`).join()}}`;
  return [
    ...['\\u0000', '\\udc00\\ud800'].flatMap((text) => [
      ...(places.length > 0
        ? [bad(422, `with ${text} in every text`, { body: inTexts(`${marker}${text}`) }, places)]
        : []),
      bad(422, `with ${text} in a name`, { body: `{"${marker}${text}": 1, ${rest}` }),
    ]),
    ...[marker, '__proto__', 'constructor', ''].map((name) =>
      bad(422, `with a field ${name}`, { body: `{"${name}": {"${marker}": 1}, ${rest}` }),
    ),
  ];
}

function missingFields({ fields, example }: Body): Bad[] {
  const required = fields.filter(({ isRequired }) => isRequired);
  const none = required.length > 0 ? ['{}'] : [];
  return [
    ...none.map((body) =>
      bad(
        422,
        `that is '${body}'`,
        { body },
        required.map(({ name }) => name),
      ),
    ),
    ...required.map(({ name }) => {
      const { [name]: _, ...others } = example as Json;
      return bad(422, `without ${name}`, { body: JSON.stringify(others) }, [name]);
    }),
  ];
}

export function bad(status: number, what: string, input: Input, places: string[] = []): Bad {
  return { status, what, input, places };
}
