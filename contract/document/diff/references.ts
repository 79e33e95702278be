import { isObject, listIn, objectIn, type Source } from './source.ts';

const schemas = '#/components/schemas/';
const annotations = ['title', 'summary', 'description', 'deprecated', 'readOnly', 'writeOnly'];
const examples = ['example', 'examples', 'externalDocs'];

/** A schema that is shared, and nothing beside it but words, or null. */
export interface Reference {
  readonly name: string;
  readonly hasNull: boolean;
}

/** As generators write it, too: `allOf` of one, which in 3.0 takes words and `nullable`; one shape or null. */
export function referenceIn(source: Source, schema: unknown): Reference | undefined {
  if (!isObject(schema)) return undefined;
  const { nullable, ...rest } = source.schema(schema);
  const words = Object.keys(rest).filter((key) => ![...annotations, ...examples].includes(key));
  const [word] = words;
  if (words.length !== 1 || word === undefined) return undefined;
  const hasNull = nullable === true;
  if (word === '$ref') {
    const { pointer = '' } = source.resolve(schema);
    if (!pointer.startsWith(schemas)) return undefined;
    return { name: pointer.slice(schemas.length), hasNull };
  }
  const options = listIn(rest[word]);
  const others = options.filter((option) => objectIn(option).type !== 'null');
  const isWrapper = word === 'allOf' || word === 'anyOf' || word === 'oneOf';
  if (!isWrapper || others.length !== 1) return undefined;
  const found = referenceIn(source, others[0]);
  return found && { ...found, hasNull: hasNull || found.hasNull || others.length < options.length };
}
