import { fitting } from './layout.ts';
import { literal, pascal } from './names.ts';
import { formIn, type Operation } from './operations.ts';

/** The names of everything that is written for an operation. */
export function namesOf({ name }: Operation) {
  return {
    input: `${pascal(name)}Input`,
    answer: `${pascal(name)}Answer`,
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

/** What the runtime needs to know: where it is needed, as a name for each would cost bytes of its own. */
function operationLiteral(operation: Operation): string {
  const { method, path, replies, source, parameters } = operation;
  const answers = replies.map(({ status, schema, streams }) => {
    const [type = schema ? 'json' : 'empty', ...more] = streams ?? [];
    const types = [type, ...more].map(literal).join(', ');
    return `${status}: ${more.length > 0 ? `[${types}]` : types}`;
  });
  const credentials = source['x-credentials'];
  const headers = parameters.filter(({ place }) => place === 'header');
  const lines = [
    `method: ${literal(method)},`,
    `path: ${literal(path)},`,
    ...answersLines(answers),
    ...(source.requestBody && formIn(source.requestBody) ? ['isForm: true,'] : []),
    ...(headers.length > 0
      ? [`headers: [${headers.map(({ name }) => literal(name)).join(', ')}],`]
      : []),
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
  const { answer } = namesOf(operation);
  const head = headOf(operation.name, operation, `Promise<${answer}>`);
  const args = ['connection', operationLiteral(operation), 'input', 'options'];
  const call = `  return call(\n${args.map((each) => `    ${each},\n`).join('')}  );\n`;
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
