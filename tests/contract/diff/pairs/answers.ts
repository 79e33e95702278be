import {
  answers,
  fields,
  old,
  one,
  type Pair,
  ref,
  refuses,
  shared,
  text,
  whole,
} from '../documents.ts';

const a = (schema: object) => answers(fields({ 'a!': { ...schema } }));
const at = 'POST /things: 200, a';
const cat = fields({ 'kind!': one('cat'), lives: whole });
const dog = fields({ 'kind!': one('dog'), barks: whole });
const told = (by: string) => ({ discriminator: { propertyName: by } });
const pets = { Cat: cat, Dog: dog };

export const answerPairs: readonly Pair[] = [
  ['a field that is gone', a(text), answers(fields({})), `answer-field-removed at ${at}`],
  [
    'a field that only callers send from now on',
    a(text),
    a({ ...text, writeOnly: true }),
    `answer-field-removed at ${at}`,
  ],
  [
    'a field that may be missing',
    a(text),
    answers(fields({ a: text })),
    `answer-field-became-optional at ${at}`,
  ],
  [
    'a field that is always there',
    answers(fields({ a: text })),
    a(text),
    `answer-field-became-required at ${at}`,
  ],
  ['a field more', answers(fields({})), a(text), `answer-field-added at ${at}`],
  [
    'a field more, where nothing else was to be expected',
    answers(fields({}, { additionalProperties: false })),
    answers(fields({ a: text }, { additionalProperties: false })),
    `answer-field-added at ${at}`,
  ],
  ['another type', a(text), a(whole), `answer-type-widened at ${at}`],
  ['a type less', a({ type: ['string', 'integer'] }), a(text), `answer-type-narrowed at ${at}`],
  ['null', a(text), a({ type: ['string', 'null'] }), `answer-null-added at ${at}`],
  [
    'null, by a shape',
    a(text),
    a({ anyOf: [text, { type: 'null' }] }),
    `answer-null-added at ${at}`,
  ],
  [
    'null, in the words of 3.0',
    old(a(text)),
    old(a({ ...text, nullable: true })),
    `answer-null-added at ${at}`,
  ],
  [
    'null, after a reference of 3.0',
    old(answers(fields({ 'a!': { allOf: [ref('T')] } }), shared({ T: text }))),
    old(answers(fields({ 'a!': { allOf: [ref('T')], nullable: true } }), shared({ T: text }))),
    `answer-null-added at ${at}`,
  ],
  ['no null any more', a({ type: ['string', 'null'] }), a(text), `answer-null-removed at ${at}`],
  ['a value that nobody knows', a(one('x')), a(one('x', 'y')), `answer-values-added at ${at}`],
  [
    'a value that was announced',
    a({ ...one('x'), 'x-may-grow': true }),
    a({ ...one('x', 'y'), 'x-may-grow': true }),
    `answer-values-grown at ${at}`,
  ],
  ['any value', a(one('x')), a(text), `answer-values-added at ${at}`],
  ['a value less', a(one('x', 'y')), a(one('x')), `answer-values-removed at ${at}`],
  [
    'a constant',
    a({ const: 'v1' }),
    a({ const: 'v2' }),
    `answer-values-added at ${at}`,
    `answer-values-removed at ${at}`,
  ],
  [
    'a reason for a refusal',
    refuses(fields({ code: one('x') })),
    refuses(fields({ code: one('x', 'y') })),
    'refusal-values-added at POST /things: 409, code',
  ],
  [
    'a longer text',
    a({ ...text, maxLength: 20 }),
    a({ ...text, maxLength: 40 }),
    `answer-bound-loosened at ${at}`,
  ],
  [
    'a shorter text',
    a({ ...text, maxLength: 20 }),
    a({ ...text, maxLength: 10 }),
    `answer-bound-tightened at ${at}`,
  ],
  [
    'another pattern',
    a({ ...text, pattern: '^a' }),
    a({ ...text, pattern: '^b' }),
    `answer-pattern-changed at ${at}`,
  ],
  [
    'no pattern any more',
    a({ ...text, pattern: '^a' }),
    a(text),
    `answer-pattern-changed at ${at}`,
  ],
  ['a pattern', a(text), a({ ...text, pattern: '^a' }), `answer-pattern-added at ${at}`],
  [
    'another format',
    a({ ...text, format: 'date-time' }),
    a({ ...text, format: 'date' }),
    `answer-format-changed at ${at}`,
  ],
  ['no format any more', a({ ...text, format: 'date' }), a(text), `answer-format-removed at ${at}`],
  ['a format', a(text), a({ ...text, format: 'date' }), `answer-format-added at ${at}`],
  [
    'more bits',
    a({ ...whole, format: 'int32' }),
    a({ ...whole, format: 'int64' }),
    `answer-bound-loosened at ${at}`,
  ],
  [
    'names of their own that are gone',
    answers(fields({}, { additionalProperties: text })),
    answers(fields({}, { additionalProperties: false })),
    'answer-others-removed at POST /things: 200',
  ],
  [
    'more than what is listed',
    answers(fields({}, { additionalProperties: false })),
    answers(fields({})),
    'answer-others-added at POST /things: 200',
  ],
  [
    'one shape more',
    answers({ oneOf: [ref('Cat'), whole] }, shared(pets)),
    answers({ oneOf: [ref('Dog'), ref('Cat'), whole] }, shared(pets)),
    'answer-variant-added at POST /things: 200',
  ],
  [
    'a second shape',
    answers(ref('Cat'), shared(pets)),
    answers({ oneOf: [ref('Cat'), ref('Dog')] }, shared(pets)),
    'answer-variant-added at POST /things: 200',
  ],
  [
    'a shape less',
    answers({ oneOf: [ref('Cat'), ref('Dog')] }, shared(pets)),
    answers(ref('Cat'), shared(pets)),
    'answer-variant-removed at POST /things: 200',
  ],
  [
    'a shape of refusals',
    refuses({ oneOf: [cat, whole] }),
    refuses({ oneOf: [cat, whole, dog] }),
    'refusal-variant-added at POST /things: 409',
  ],
  [
    'inside of one of the shapes',
    answers({ oneOf: [cat, dog] }),
    answers({ oneOf: [dog, fields({ 'kind!': one('cat') })] }),
    'answer-field-removed at POST /things: 200 (kind cat), lives',
  ],
  ['a condition', a({ ...text, not: one('x') }), a(text), `answer-condition-changed at ${at}`],
  [
    'what tells shapes apart',
    answers({ oneOf: [ref('Cat'), ref('Dog')], ...told('kind') }, shared(pets)),
    answers({ oneOf: [ref('Cat'), ref('Dog')], ...told('lives') }, shared(pets)),
    'discriminator-changed at POST /things: 200',
  ],
  [
    'that nothing tells shapes apart',
    answers({ oneOf: [ref('Cat'), ref('Dog')], ...told('kind') }, shared(pets)),
    answers({ oneOf: [ref('Cat'), ref('Dog')] }, shared(pets)),
    'discriminator-removed at POST /things: 200',
  ],
  [
    'that something tells shapes apart',
    answers({ oneOf: [ref('Cat'), ref('Dog')] }, shared(pets)),
    answers({ oneOf: [ref('Cat'), ref('Dog')], ...told('kind') }, shared(pets)),
    'discriminator-added at POST /things: 200',
  ],
  [
    'the name of a type',
    answers(ref('Cat'), shared(pets)),
    answers(ref('Tom'), shared({ Tom: cat })),
    'type-name-changed at schema Cat, now Tom, in answers',
  ],
];
