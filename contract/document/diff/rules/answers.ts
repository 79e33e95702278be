import { sdk, wire } from './rule.ts';

/** What callers get: it may become less in kinds, and must not become anything unheard of. */
export const answerRules = {
  'answer-field-removed': wire.breaking(
    'Whoever reads it finds nothing. Keep answering it, mark it deprecated, and drop it in the next version of the API.',
  ),
  'answer-field-became-optional': wire.breaking(
    'Whoever relies on it fails when it is missing. Keep answering it always, with a value that says that there is none.',
  ),
  'answer-type-widened': wire.breaking(
    'Whoever reads it gets a type that their code does not know. Answer the old type, and the new one in a field of its own.',
  ),
  'answer-null-added': wire.breaking(
    'Whoever reads it without looking fails on null. Answer an empty value of the old type, or use a new field.',
  ),
  'answer-values-added': wire.breaking(
    'Whoever tells all values apart meets one that they do not know. Answer the nearest old value and put the new one into a field of its own, or say with `x-may-grow` from the beginning that more will come.',
  ),
  'refusal-values-added': wire.risky(
    'Whoever tells all refusals apart meets one that they do not know. Make sure that its status says enough.',
  ),
  'answer-bound-loosened': wire.risky(
    'Whoever made room for the old bound (a column, a list, a number type) may have too little. Tell them first.',
  ),
  'answer-pattern-changed': wire.risky(
    'Whoever takes it apart by the old pattern may fail. Keep what can be told from it.',
  ),
  'answer-format-changed': wire.breaking(
    'Whoever reads it in the old format fails. Answer the new one in a field of its own.',
  ),
  'answer-format-removed': wire.risky(
    'Whoever reads it in the old format may fail. Go on writing it so.',
  ),
  'answer-others-removed': wire.breaking(
    'Whoever looks up names of their own in it finds nothing. Keep answering them.',
  ),
  'answer-variant-added': wire.breaking(
    'Whoever tells all shapes apart meets one that they do not know. Answer it where it is asked for only: by a parameter or a new operation.',
  ),
  'refusal-variant-added': wire.risky(
    'Whoever reads refusals meets a shape that they do not know. Make sure that its status says enough.',
  ),
  'answer-condition-changed': wire.risky(
    'A condition changed that cannot be compared: where it lets more through, readers may fail. Compare by hand.',
  ),
  'answer-field-added': wire.safe(
    'Nobody is hurt who passes over fields that they do not know. Whoever checks answers by the old document needs the new one.',
  ),
  'answer-others-added': wire.safe('Nobody is hurt who passes over fields that they do not know.'),
  'answer-field-became-required': wire.safe('Nobody is hurt: it is there more often than before.'),
  'answer-type-narrowed': wire.safe(
    'Nobody is hurt: less is answered than what was to be expected.',
  ),
  'answer-null-removed': wire.safe('Nobody is hurt: null does not come any more.'),
  'answer-values-removed': wire.safe('Nobody is hurt: a value does not come any more.'),
  'answer-values-grown': wire.safe(
    'Nobody is hurt who believed `x-may-grow`: it was said that more will come.',
  ),
  'answer-bound-tightened': wire.safe(
    'Nobody is hurt: less is answered than what was to be expected.',
  ),
  'answer-pattern-added': wire.safe(
    'Nobody is hurt: less is answered than what was to be expected.',
  ),
  'answer-format-added': wire.safe('Nobody is hurt: it only says more exactly what comes.'),
  'answer-variant-removed': wire.safe('Nobody is hurt: a shape does not come any more.'),
  'discriminator-changed': sdk.breaking(
    'Generated code tells the shapes apart by another field than the one it was made for. Keep the field, and the value of each shape.',
  ),
  'discriminator-removed': sdk.risky(
    'Generated code has to try the shapes one after the other. Keep saying which field tells them apart.',
  ),
  'discriminator-added': sdk.safe('Nobody is hurt: generated code tells shapes apart more easily.'),
  'type-name-changed': sdk.risky(
    'Whoever imports the type by its name does not compile after generating anew. Keep the old name.',
  ),
} as const;
