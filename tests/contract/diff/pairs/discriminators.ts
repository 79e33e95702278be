import { answers, fields, one, type Pair, ref, shared, takes, text, whole } from '../documents.ts';

const pointer = (name: string) => `#/components/schemas/${name}`;
const told = (mapping?: Record<string, string>) => ({
  discriminator: { propertyName: 'kind', ...(mapping && { mapping }) },
});
const pet = (mapping?: Record<string, string>) => fields({ 'kind!': text }, told(mapping));
const heir = (own: object) => ({ allOf: [ref('Pet'), fields({ own: { ...own } })] });
const cat = { cat: pointer('Cat') };
const dog = { dog: pointer('Dog') };
const cats = shared({ Pet: pet(cat), Cat: heir(text) });
const both = shared({ Pet: pet({ ...cat, ...dog }), Cat: heir(text), Dog: heir(text) });
const unnamed = (own: object) => shared({ Pet: pet(), Cat: heir(own) });
const list = { type: 'array', items: ref('Pet') };
const shapes = { Cat: fields({ 'kind!': text }), Dog: fields({ 'kind!': text, bark: text }) };
const listed = (mapping?: Record<string, string>) => {
  return { oneOf: [ref('Cat'), ref('Dog')], ...told(mapping) };
};
const at = 'schema Pet in answers';
const here = 'POST /things: 200';

/** Shapes that a discriminator tells apart: listed by `oneOf`, or building on one another by `allOf`. */
export const discriminatorPairs: readonly Pair[] = [
  [
    'an heir that nobody knows',
    answers(ref('Pet'), cats),
    answers(ref('Pet'), both),
    `answer-variant-added at ${at}`,
  ],
  [
    'an heir less',
    answers(ref('Pet'), both),
    answers(ref('Pet'), cats),
    `answer-variant-removed at ${at}`,
  ],
  [
    'an heir that is not taken any more',
    takes(ref('Pet'), both),
    takes(ref('Pet'), cats),
    'input-variant-removed at schema Pet in what is sent',
  ],
  [
    'a field of an heir that nothing refers to',
    answers(list, unnamed(text)),
    answers(list, unnamed(whole)),
    'answer-type-widened at schema Cat in answers, own',
  ],
  [
    'an heir that says itself what it builds on',
    answers(list, unnamed(text)),
    answers(list, shared({ Pet: pet(), Cat: heir(text), Dog: heir(text) })),
    `answer-variant-added at ${at}`,
  ],
  [
    'another word for an heir',
    answers(ref('Pet'), cats),
    answers(ref('Pet'), shared({ Pet: pet({ kitty: pointer('Cat') }), Cat: heir(text) })),
    `answer-variant-added at ${at}`,
    `answer-variant-removed at ${at}`,
  ],
  [
    'another word for one that is listed',
    takes(listed({ ...cat, ...dog }), shared(shapes)),
    takes(listed({ kitty: pointer('Cat'), ...dog }), shared(shapes)),
    'input-variant-removed at POST /things: request (kitty)',
    'input-variant-added at POST /things: request (kitty)',
  ],
  [
    'words that change places',
    answers(listed({ ...cat, ...dog }), shared(shapes)),
    answers(listed({ dog: pointer('Cat'), cat: pointer('Dog') }), shared(shapes)),
    `answer-variant-added at ${here} (cat)`,
    `answer-variant-added at ${here} (dog)`,
    `answer-variant-removed at ${here} (cat)`,
    `answer-variant-removed at ${here} (dog)`,
  ],
  [
    'a second word for the same',
    answers(listed({ ...cat, ...dog }), shared(shapes)),
    answers(listed({ ...cat, ...dog, puppy: pointer('Dog') }), shared(shapes)),
    `answer-variant-added at ${here} (dog)`,
  ],
  [
    'the same words, said or not',
    answers(listed(), shared(shapes)),
    answers(listed({ Cat: pointer('Cat'), Dog: 'Dog' }), shared(shapes)),
  ],
  [
    'the same words, said or constant',
    answers({ oneOf: [fields({ kind: one('a') }), fields({ kind: one('b') })], ...told() }),
    answers({
      oneOf: [fields({ kind: { const: 'a' } }), fields({ kind: one('b') })],
      ...told(),
    }),
  ],
];
