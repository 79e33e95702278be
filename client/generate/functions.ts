import { fitting } from './layout.ts';
import { literal, pascal } from './names.ts';
import { formIn, type Operation } from './operations.ts';

/** The names of everything that is written for an operation. */
export function namesOf({ name }: Operation) {
  return {
    input: `${pascal(name)}Input`,
    answer: `${pascal(name)}Answer`,
    constant: `${name}Operation`,
  };
}

export function isInputRequired({ parameters }: Operation): boolean {
  return parameters.some(({ isRequired }) => isRequired);
}

/** `(input: UsersGetInput, options?: CallOptions)`, as the client's methods have it. */
export function parametersOf(operation: Operation): [string, string] {
  const optional = isInputRequired(operation) ? '' : '?';
  return [`input${optional}: ${namesOf(operation).input}`, 'options?: CallOptions'];
}

/** What the runtime needs to know, as a constant: free of effects, so bundlers can drop it. */
export function operationConstant(operation: Operation): string {
  const { method, path, replies, source, parameters } = operation;
  const answers = replies.map(
    ({ status, schema, streams }) => `${status}: '${streams ?? (schema ? 'json' : 'empty')}'`,
  );
  const credentials = source['x-credentials'];
  const headers = parameters.filter(({ place }) => place === 'header');
  const lines = [
    `method: ${literal(method)},`,
    `path: ${literal(path)},`,
    `answers: {${answers.length > 0 ? ` ${answers.join(', ')} ` : ''}},`,
    ...(source.requestBody && formIn(source.requestBody) ? ['isForm: true,'] : []),
    ...(headers.length > 0
      ? [`headers: [${headers.map(({ name }) => literal(name)).join(', ')}],`]
      : []),
    ...(credentials ? [`credentials: ${literal(credentials)},`] : []),
  ];
  const body = lines.map((line) => `  ${line}\n`).join('');
  return `const ${namesOf(operation).constant}: Operation = {\n${body}};\n`;
}

export function callFunction(operation: Operation): string {
  const { answer, constant } = namesOf(operation);
  const head = headOf(operation.name, operation, `Promise<${answer}>`);
  const call = callText('return call', ['connection', constant, 'input', 'options']);
  return `export function ${head} {\n${call}}\n`;
}

/** The async iterator over all items of a list. */
export function pagesFunction(operation: Operation, item: string): string {
  const head = headOf(`${operation.name}All`, operation, iteratorOf(item));
  const call = `${operation.name}(connection, { ...input, ...next }, options)`;
  const text = fitting(
    `  return itemsOf((next) => ${call});\n`,
    `  return itemsOf((next) =>\n    ${call},\n  );\n`,
  );
  return `export function ${head} {\n${text}}\n`;
}

export function iteratorOf(item: string): string {
  return `AsyncGenerator<${item}, void, undefined>`;
}

function headOf(name: string, operation: Operation, result: string): string {
  const parameters = ['connection: Connection', ...parametersOf(operation)];
  const flat = `${name}(${parameters.join(', ')}): ${result}`;
  const broken = `${name}(\n${parameters.map((each) => `  ${each},\n`).join('')}): ${result}`;
  // `export function ` and ` {` share the line.
  return `export function ${flat} {`.length <= 100 ? flat : broken;
}

function callText(callee: string, args: string[]): string {
  const broken = args.map((each) => `    ${each},\n`).join('');
  return fitting(`  ${callee}(${args.join(', ')});\n`, `  ${callee}(\n${broken}  );\n`);
}
