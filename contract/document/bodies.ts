import * as z from 'zod';
import type { AppRoute } from '../kit/api.ts';
import type { Json } from '../kit/json.ts';

/** What OpenAPI says about a body: ts-rest's part, described and with the schema's examples. */
export function described(schema: unknown, content: Record<string, Json>, route: AppRoute) {
  const body = schema as z.ZodType;
  const { description, examples } = (body.meta() ?? {}) as {
    description?: string;
    examples?: readonly Json[];
  };
  if (!description || !examples?.length) {
    throw new Error(
      `Each body of ${route.method} ${route.path} needs a description and an example`,
    );
  }
  const shown = shownAs(examples, namesOf(body));
  const media = Object.entries(content).map(([type, { schema }]) => [type, { schema, ...shown }]);
  return {
    description,
    content: Object.fromEntries(media) as Record<string, { schema: Json }>,
  };
}

/** One example as it is; of several, each has a name, so that a mock can be asked for it. */
function shownAs(examples: readonly Json[], names: readonly string[]): Json {
  const [example] = examples;
  if (examples.length === 1) return { example };
  if (new Set(names).size !== examples.length) {
    throw new Error(`Examples need names that differ (exampleNames): ${JSON.stringify(examples)}`);
  }
  const named = examples.map((value, at) => [names[at], { summary: wordsOf(names[at]), value }]);
  return { examples: Object.fromEntries(named) };
}

/** What a schema calls its examples (`exampleNames`); those of a union are called as they are told apart. */
function namesOf(schema: z.ZodType): string[] {
  const { examples = [], exampleNames = [] } = (schema.meta() ?? {}) as {
    examples?: readonly Json[];
    exampleNames?: string[];
  };
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return exampleNames;
  return examples.map((example) => String(example[schema.def.discriminator]));
}

/** `Recovery code` of `recoveryCode`. */
function wordsOf(name = ''): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
