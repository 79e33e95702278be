import { fitting } from './layout.ts';
import { literal, pascal } from './names.ts';
import { isConditionalRead, type Operation } from './operations.ts';

/** The names of everything that is written for an operation. */
export function namesOf({ name }: Operation) {
  return {
    input: `${pascal(name)}Input`,
    answer: `${pascal(name)}Answer`,
    /** Of whoever has it, and asks whether it changed. */
    ifChanged: `${pascal(name)}IfChanged`,
  };
}

/** Those of an operation whose answer repeats what was asked for: `AuthLoginTokensAnswer`. */
export function echoNames({ name }: Operation, { value }: { value: string }) {
  return { input: `${pascal(name, value)}Input`, answer: `${pascal(name, value)}Answer` };
}

export function isInputRequired({ parameters }: Operation): boolean {
  return parameters.some(({ isRequired }) => isRequired);
}

/** `(input: UsersGetInput, options?: CallOptions)`, as the client's methods have it. */
export function parametersOf(
  operation: Operation,
  input = namesOf(operation).input,
  options = operation.uploads ? 'UploadOptions' : 'CallOptions',
): [string, string] {
  const optional = isInputRequired(operation) ? '' : '?';
  return [`input${optional}: ${input}`, `options?: ${options}`];
}

/** What the runtime needs to know: where it is needed, as a name for each would cost bytes of its own. */
function operationLiteral(operation: Operation): string {
  const { method, path, replies, source, parameters } = operation;
  const answers = replies.map(({ status, schema, streams }) => {
    const [type = schema ? 'json' : 'empty', ...more] = streams ?? [];
    const types = [type, ...more].map(literal).join(', ');
    return `${status}: ${more.length > 0 ? `[${types}]` : types}`;
  });
  const credentials = source['x-credentials'];
  const headers = parameters.flatMap(({ name, header }) =>
    header ? [`${name}: ${literal(header.toLowerCase())}`] : [],
  );
  const lines = [
    `method: ${literal(method)},`,
    `path: ${literal(path)},`,
    ...answersLines(answers),
    ...(headers.length > 0 ? [`headers: { ${headers.join(', ')} },`] : []),
    ...(credentials ? [`credentials: ${literal(credentials)},`] : []),
  ];
  const body = lines.map((line) => `      ${line}\n`).join('');
  return `{\n${body}    }`;
}

function answersLines(answers: string[]): string[] {
  const flat = `answers: {${answers.length > 0 ? ` ${answers.join(', ')} ` : ''}},`;
  if (flat.length <= 94) return [flat];
  return ['answers: {', ...answers.map((each) => `  ${each},`), '},'];
}

export function callFunction(operation: Operation): string {
  const given = ['connection', operationLiteral(operation), 'input', 'options'];
  const args = [...given, ...handedIn(operation)];
  const call = `  return call(\n${args.map((each) => `    ${each},\n`).join('')}  );\n`;
  const heads = signaturesOf(operation).map((each) => headOf(operation.name, each));
  if (heads.length === 1) return `export function ${heads[0]} {\n${call}}\n`;
  const declared = heads.map((head) => `export function ${head};\n`).join('');
  const whole = headOf(operation.name, wholeOf(operation));
  return `${declared}export function ${whole} {\n${call}}\n`;
}

/** How it is sent, where that is another way than most. */
function handedIn({ takesKey, uploads, isForm }: Operation): string[] {
  const sender = uploads ? 'upload' : 'form';
  if (uploads || isForm) return [takesKey ? 'keyed' : 'undefined', sender];
  return takesKey ? ['keyed'] : [];
}

export interface Signature {
  parameters: string[];
  result: string;
}

/**
 * What an operation takes and answers. One that may be asked for unless it still is the same has two:
 * who does not ask so gets no answer without a body. One whose answer repeats what was asked for has one
 * for each that may be. The usual one comes last, as types see it.
 */
export function signaturesOf(operation: Operation): Signature[] {
  const { answer, ifChanged } = namesOf(operation);
  const usual = { parameters: parametersOf(operation), result: `Promise<${answer}>` };
  if (operation.echo) {
    const told = operation.echo.values.map((each) => echoNames(operation, each));
    return [...told.map((names) => signatureOf(operation, names)), usual];
  }
  if (!isConditionalRead(operation)) return [usual];
  const parameters = [`input: ${ifChanged}Input`, 'options?: CallOptions'];
  return [{ parameters, result: `Promise<${ifChanged}Answer>` }, usual];
}

function signatureOf(operation: Operation, names: { input: string; answer: string }): Signature {
  const parameters = parametersOf(operation, names.input);
  return { parameters, result: `Promise<${names.answer}>` };
}

/** The one behind all of them. */
function wholeOf(operation: Operation): Signature {
  const { input, answer, ifChanged } = namesOf(operation);
  if (operation.echo) return signatureOf(operation, { input, answer });
  const optional = isInputRequired(operation) ? '' : '?';
  const given = `input${optional}: ${input} | ${ifChanged}Input`;
  return { parameters: [given, 'options?: CallOptions'], result: `Promise<${ifChanged}Answer>` };
}

/** The async iterator over all items of a list. */
export function pagesFunction(operation: Operation, item: string): string {
  const head = headOf(`${operation.name}All`, pagesSignature(operation, item));
  const call = `${operation.name}(connection, { ...input, ...next }, options)`;
  const text = fitting(
    `  return itemsOf((next) => ${call}, options);\n`,
    `  return itemsOf(\n    (next) => ${call},\n    options,\n  );\n`,
  );
  return `export function ${head} {\n${text}}\n`;
}

export function pagesSignature(operation: Operation, item: string): Signature {
  const parameters = parametersOf(operation, undefined, 'ListOptions');
  return { parameters, result: `AsyncGenerator<${item}, void, undefined>` };
}

function headOf(name: string, { parameters: own, result }: Signature): string {
  const parameters = ['connection: Connection', ...own];
  const flat = `${name}(${parameters.join(', ')}): ${result}`;
  const broken = `${name}(\n${parameters.map((each) => `  ${each},\n`).join('')}): ${result}`;
  // `export function ` and ` {` share the line.
  return `export function ${flat} {`.length <= 100 ? flat : broken;
}
