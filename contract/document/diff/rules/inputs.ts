import { docs, wire } from './rule.ts';

/** What callers send: it may become more, and never less. */
export const inputRules = {
  'input-field-added-required': wire.breaking(
    'Every caller of today leaves it out and is refused. Make it optional, and do without it as until now.',
  ),
  'input-field-became-required': wire.breaking(
    'Callers who leave it out are refused. Let it stay optional, or ask for it in a new operation.',
  ),
  'input-field-removed': wire.breaking(
    'Whoever sends it is refused, or is not told that it does nothing any more. Keep taking it, mark it deprecated, and drop it in the next version of the API.',
  ),
  'input-type-changed': wire.breaking(
    'What was right until now is refused. Take the old type beside the new one, or put the new one into a field of its own.',
  ),
  'input-null-refused': wire.breaking(
    'Whoever sends null is refused. Go on taking null as it was meant.',
  ),
  'input-values-removed': wire.breaking(
    'Whoever sends a value that is gone is refused. Go on taking it, and do what comes nearest.',
  ),
  'input-bound-tightened': wire.breaking(
    'What was just within the bound is refused, also what is stored and sent back. Keep the bound, or refuse later and say so.',
  ),
  'input-pattern-added': wire.breaking(
    'What does not fit is refused, also what is stored and sent back. Clean it up on the server instead.',
  ),
  'input-pattern-changed': wire.risky(
    'Whether the new pattern takes all that the old one took cannot be told: where it does not, callers are refused. Try it on what is stored.',
  ),
  'input-format-changed': wire.breaking(
    'What is written in the old format is refused. Take both, or put the new one into a field of its own.',
  ),
  'input-format-added': wire.risky(
    'Where the format is checked, whoever wrote it another way is refused. Try it on what is stored.',
  ),
  'input-others-refused': wire.breaking(
    'Whoever sends more than what is listed is refused. Go on passing over it.',
  ),
  'input-variant-removed': wire.breaking(
    'Whoever sends this one of several shapes is refused. Go on taking it.',
  ),
  'input-default-changed': wire.breaking(
    'Whoever leaves it out gets something else than until now. Keep the default; who wants the other value can send it.',
  ),
  'input-default-removed': wire.risky(
    'Whoever leaves it out may get something else than until now. Keep saying what holds then.',
  ),
  'input-default-added': wire.risky(
    'Where it is not what held until now, whoever leaves it out gets something else. Make sure that it only says what was.',
  ),
  'input-condition-changed': wire.risky(
    'A condition changed that cannot be compared: where it takes less, callers are refused. Compare by hand.',
  ),
  'input-field-added': wire.safe('Nobody is hurt: callers of today leave it out.'),
  'input-field-became-optional': wire.safe('Nobody is hurt: whoever sends it may go on.'),
  'input-type-widened': wire.safe('Nobody is hurt: more is taken than before.'),
  'input-null-allowed': wire.safe('Nobody is hurt: more is taken than before.'),
  'input-values-added': wire.safe('Nobody is hurt: more is taken than before.'),
  'input-bound-loosened': wire.safe('Nobody is hurt: more is taken than before.'),
  'input-pattern-removed': wire.safe('Nobody is hurt: more is taken than before.'),
  'input-format-removed': wire.safe('Nobody is hurt: more is taken than before.'),
  'input-others-allowed': wire.safe('Nobody is hurt: more is taken than before.'),
  'input-variant-added': wire.safe('Nobody is hurt: more is taken than before.'),
  'field-deprecated': docs.safe(
    'Nobody is hurt yet: it works as before. Say what to use instead, and until when it stays.',
  ),
  'field-undeprecated': docs.safe('Nobody is hurt: it stays.'),
} as const;
