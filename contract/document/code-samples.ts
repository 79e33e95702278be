import type { Json } from '../kit/json.ts';
import { isPageOperation, type Operation } from '../kit/operations.ts';
import { service } from '../service.ts';
import { type Expression, raw, written } from './typescript.ts';

/** After Redocly's `x-codeSamples`, which most viewers show. */
export interface CodeSample {
  readonly lang: 'TypeScript';
  readonly label: string;
  readonly source: string;
}

/** What a sample is made of: an operation as the document has it. */
interface Documented {
  readonly security: readonly object[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: Json }[];
  readonly requestBody?: { readonly content: Record<string, Json> };
  readonly responses: Readonly<Record<string, Json>>;
}

/** Where samples call; the served document says where the service is. */
export const sampleUrl = 'https://api.example.com';

/** How the client calls an operation, with the examples of the document: it compiles as it stands. */
export function codeSample(operation: Operation, documented: Documented): CodeSample {
  const source = operation.isLive ? following(documented) : calling(operation, documented);
  return { lang: 'TypeScript', label: service.clientPackage, source };
}

function calling(operation: Operation, documented: Documented): string {
  const { noun, verb } = operation;
  const name = `client.${camel(noun)}.${verb}${isPageOperation(operation) ? 'All' : ''}`;
  const input = inputOf(operation, documented);
  const call = `${name}(${Object.keys(input).length > 0 ? written(input) : ''})`;
  const isGood = Object.keys(documented.responses).some((status) => status.startsWith('2'));
  const credentials = credentialsOf(documented, operation);
  const imported = ['createClient', ...(credentials ? [credentials.name] : [])];
  if (isGood && !isPageOperation(operation)) imported.push('unwrap');
  return [
    `import { ${imported.sort().join(', ')} } from '${service.clientPackage}';\n`,
    `const client = createClient(${written(connectionOf(credentials))});`,
    ...(isPageOperation(operation) ? overItems(call) : oneCall(call, documented, isGood)),
  ].join('\n');
}

function overItems(call: string): string[] {
  return [`for await (const item of ${call}) {`, '  console.log(item);', '}'];
}

/** The body of a good answer; where none is promised, as where one is sent on, the answer itself. */
function oneCall(call: string, { responses }: Documented, isGood: boolean): string[] {
  if (!isGood) return [`const answer = await ${call};`, 'console.log(answer.status);'];
  const isSilent = !Object.entries(responses).some(
    ([status, { content }]) => status.startsWith('2') && content,
  );
  if (isSilent) return [`await unwrap(${call});`];
  return [`const answer = await unwrap(${call});`, 'console.log(answer);'];
}

/** What comes without an end is read by a function of its own. */
function following(documented: Documented): string {
  const credentials = credentialsOf(documented);
  return [
    `import { ${credentials?.name} } from '${service.clientPackage}';`,
    `import { eventStream } from '${service.clientPackage}/events';\n`,
    `const connection = ${written(connectionOf(credentials))};`,
    'for await (const event of eventStream(connection)) {',
    '  console.log(event.type);',
    '}',
  ].join('\n');
}

interface Held {
  readonly name: 'apiKey' | 'cookie';
  readonly expression: Expression;
}

/** A key where programs may call, else the cookie; nothing where it makes no difference. */
function credentialsOf({ security }: Documented, operation?: Operation): Held | undefined {
  if (security.some((scheme) => 'apiKey' in scheme)) {
    return { name: 'apiKey', expression: raw(`apiKey('${service.keyPrefix}_…')`) };
  }
  const isAsked = security.length > 0 || operation?.credentials !== undefined;
  return isAsked ? { name: 'cookie', expression: raw('cookie()') } : undefined;
}

function connectionOf(held: Held | undefined): Json {
  return { baseUrl: sampleUrl, ...(held && { credentials: held.expression }) };
}

/** What must be given: parameters flat, the body beside them. */
function inputOf({ upload }: Operation, { parameters = [], requestBody }: Documented): Json {
  const needed = parameters.filter((each) => each.required && each.name !== 'Idempotency-Key');
  const given = needed.map(({ name, in: place, schema }) => {
    return [place === 'header' ? camel(name) : name, exampleOf(schema)];
  });
  const [media] = Object.values(requestBody?.content ?? {});
  if (!media) return Object.fromEntries(given);
  const [named] = Object.values((media['examples'] ?? {}) as Record<string, { value: Json }>);
  const body = (media['example'] ?? named?.value) as Json;
  const file = upload && raw(`new Blob(['…'], { type: '${upload.mediaTypes[0]}' })`);
  const filled = file ? { ...body, [upload.field]: file } : body;
  return { ...Object.fromEntries(given), body: filled };
}

/** The schema's own, else something that can be told apart from a value. */
function exampleOf(schema: Json): unknown {
  const { examples, enum: values, type } = schema as Record<string, unknown[] | undefined>;
  const [known] = examples ?? values ?? [];
  if (known !== undefined) return known;
  if (String(type) === 'boolean') return true;
  return ['integer', 'number'].includes(String(type)) ? 1 : '…';
}

/** `ifMatch` of `If-Match`, as the client names it. */
function camel(name: string): string {
  const joined = name.replace(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}
