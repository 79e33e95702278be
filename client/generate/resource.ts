import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { answerType } from './answers.ts';
import {
  callFunction,
  echoNames,
  namesOf,
  pagesFunction,
  pagesSignature,
  type Signature,
  signaturesOf,
} from './functions.ts';
import { importsOf } from './imports.ts';
import { aliasOf, field as fieldNamed, indented, interfaceOf, name, type Type } from './layout.ts';
import { camel, key, literal, pascal } from './names.ts';
import { addressOf, deprecationOf, sentence } from './operation-prose.ts';
import { condition, isConditionalRead, type Operation, type Parameter } from './operations.ts';
import { itemNameOf } from './pages.ts';
import { jsdoc } from './prose.ts';
import { fieldOf, recordOf, union } from './types.ts';

/** `users.ts`: types and functions of each operation, and the client that gathers them. */
export function resourceFile(document: OpenApiDocument, operations: Operation[]): string {
  const written = operations.map((operation) => operationText(document, operation));
  return [importsOf(document, operations), ...written, clientText(document, operations)].join('\n');
}

function operationText(document: OpenApiDocument, operation: Operation): string {
  const { input, answer } = namesOf(operation);
  const item = itemNameOf(document, operation);
  const comment = commentOf(operation);
  return [
    inputType(operation, input),
    ...(isConditionalRead(operation) ? [ifChangedInput(operation)] : []),
    answerType(operation, answer),
    ...(isConditionalRead(operation) ? [ifChangedAnswer(operation)] : []),
    ...echoTypes(operation),
    comment + callFunction(operation),
    ...(item ? [allComment(operation) + pagesFunction(operation, item)] : []),
  ].join('\n');
}

/** An operation without inputs has an input that takes none, so that options cannot slip into it. */
function inputType(operation: Operation, inputName: string): string {
  const parameters = isConditionalRead(operation)
    ? operation.parameters.filter((each) => each.name !== condition)
    : operation.parameters;
  if (parameters.length === 0) {
    return aliasOf(inputName, recordOf(name('never')));
  }
  return interfaceOf(inputName, parameters.map(fieldOfInput));
}

function fieldOfInput({ name, schema, description, isRequired }: Parameter) {
  return fieldOf(name, { ...schema, description: description ?? schema.description }, isRequired);
}

/** The key must be there, so that no other input is taken for it; undefined asks for it anyhow. */
function ifChangedInput(operation: Operation): string {
  const fields = operation.parameters.map((each) => {
    const field = fieldOfInput(each);
    return each.name === condition ? { ...field, name: condition } : field;
  });
  return interfaceOf(`${namesOf(operation).ifChanged}Input`, fields);
}

function ifChangedAnswer(operation: Operation): string {
  const { answer, ifChanged } = namesOf(operation);
  return aliasOf(`${ifChanged}Answer`, union([name(answer), name('NotModified')]));
}

/** Input and answer for each value that the answer repeats. */
function echoTypes(operation: Operation): string[] {
  const { echo, parameters, replies } = operation;
  if (!echo) return [];
  return echo.values.flatMap(({ value, schema }) => {
    const names = echoNames(operation, { value });
    const fields = parameters.map((each) => {
      const field = fieldOfInput(each);
      if (each.place !== 'body') return field;
      const asked: Type = {
        kind: 'object',
        fields: [fieldNamed(echo.field, name(literal(value)))],
      };
      return { ...field, type: { kind: 'intersection' as const, of: [field.type, asked] } };
    });
    const told = replies.map((each) => (each.status === echo.status ? { ...each, schema } : each));
    return [
      interfaceOf(names.input, fields),
      answerType({ ...operation, replies: told }, names.answer),
    ];
  });
}

function commentOf(operation: Operation): string {
  const { summary, description } = operation.source;
  const text = sentence(summary);
  return jsdoc(text, description, addressOf(operation), deprecationOf(operation));
}

function allComment(operation: Operation): string {
  const { summary } = operation.source;
  return jsdoc(
    `${summary}: all items, page by page, fetched as they are asked for.`,
    'A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends it.',
  );
}

function clientText(document: OpenApiDocument, operations: Operation[]): string {
  const tag = operations[0]?.tag as string;
  const clientName = `${pascal(tag)}Client`;
  const prose = document.tags.find((each) => each.name === tag)?.description;
  const members = operations.flatMap((operation) => membersOf(document, operation));
  const signatures = members.map(({ signature }) => indented(signature)).join('\n');
  const entries = members.map(({ entry }) => indented(entry, '    ')).join('');
  return [
    `${jsdoc(prose)}export interface ${clientName} {\n${signatures}}\n`,
    `${jsdoc(prose)}export function ${camel(tag)}Client(connection: Connection): ${clientName} {\n  return bound<${clientName}>(connection, {\n${entries}  });\n}\n`,
  ].join('\n');
}

/** `get(input, options)` in the client's interface, and the line that calls the function. */
function membersOf(document: OpenApiDocument, operation: Operation) {
  const item = itemNameOf(document, operation);
  const signatures = signaturesOf(operation);
  const one = memberOf(operation, '', signatures, commentOf(operation));
  if (!item) return [one];
  const all = pagesSignature(operation, item);
  return [one, memberOf(operation, 'All', [all], allComment(operation))];
}

function memberOf(
  operation: Operation,
  suffix: 'All' | '',
  signatures: Signature[],
  comment: string,
) {
  const method = key(operation.verb + suffix);
  const texts = signatures.map((each) => signatureText(method, each));
  return {
    signature: texts.map((text) => comment + text).join(''),
    entry: `${method}: ${operation.name}${suffix},\n`,
  };
}

function signatureText(method: string, { parameters, result }: Signature): string {
  const flat = `${method}(${parameters.join(', ')}): ${result};\n`;
  const broken = `${method}(\n${parameters.map((each) => `  ${each},\n`).join('')}): ${result};\n`;
  return flat.length <= 99 ? flat : broken;
}
