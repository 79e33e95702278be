import { docs, sdk, wire } from './rule.ts';

/** Operations, their parameters, bodies, answers and who may call. */
export const operationRules = {
  'operation-removed': wire.breaking(
    'Every caller gets 404 or 405. Keep it, deprecate it with a date, and remove it when its metric counts no callers.',
  ),
  'operation-ended': wire.risky(
    'It was deprecated, and its last day has passed: callers were told. Look at the metric of those who still call it.',
  ),
  'sunset-hastened': wire.breaking(
    'Whoever planned by the old last day is too late. Keep the day that was told.',
  ),
  'sunset-postponed': wire.safe('Nobody is hurt: there is more time.'),
  'operation-added': wire.safe('Nobody is hurt: nobody calls it yet.'),
  'operation-deprecated': docs.safe(
    'Nobody is hurt yet: it works as before. Say what to use instead, and until when it stays.',
  ),
  'operation-undeprecated': docs.safe('Nobody is hurt: it stays.'),
  'operation-id-changed': sdk.breaking(
    'The function of generated clients has another name, so whoever generates anew does not compile. Keep the id.',
  ),
  'operation-id-added': sdk.safe('Nobody is hurt: generated clients get a better name.'),
  'tag-changed': sdk.risky(
    'Generators that group by the first tag move the function to another class. Keep the first tag.',
  ),
  'parameter-removed': wire.breaking(
    'Whoever sends it is refused, or is not told that it does nothing any more. Keep taking it, and mark it deprecated.',
  ),
  'parameter-added-required': wire.breaking(
    'Every caller of today leaves it out and is refused. Make it optional, and do without it as until now.',
  ),
  'parameter-added': wire.safe('Nobody is hurt: callers of today leave it out.'),
  'parameter-became-required': wire.breaking(
    'Callers who leave it out are refused. Let it stay optional.',
  ),
  'parameter-became-optional': wire.safe('Nobody is hurt: whoever sends it may go on.'),
  'parameter-renamed': sdk.breaking(
    'The address is the same, but the argument of generated clients has another name. Keep the name.',
  ),
  'parameter-style-changed': wire.breaking(
    'What callers write is read another way (`style`, `explode`, `content`). Keep it, or add another parameter.',
  ),
  'body-removed': wire.breaking('What callers send is passed over or refused. Keep taking it.'),
  'body-added-required': wire.breaking(
    'Every caller of today sends none and is refused. Make it optional.',
  ),
  'body-added': wire.safe('Nobody is hurt: callers of today send none.'),
  'body-became-required': wire.breaking('Callers who send none are refused. Let it stay optional.'),
  'body-became-optional': wire.safe('Nobody is hurt: whoever sends it may go on.'),
  'input-media-type-removed': wire.breaking(
    'Whoever sends it gets 415. Go on taking it beside the new one.',
  ),
  'input-media-type-added': wire.safe('Nobody is hurt: more is taken than before.'),
  'answer-media-type-removed': wire.breaking(
    'Whoever asks for it or reads it gets something else, or 406. Go on answering it where it is asked for.',
  ),
  'answer-media-type-added': wire.safe(
    'Nobody is hurt, as long as whoever asks for nothing gets the old one.',
  ),
  'answer-status-added': wire.breaking(
    'Whoever looks for the old status takes a success for a failure. Answer the old status, or the new one where it is asked for only.',
  ),
  'answer-status-removed': wire.breaking(
    'Whoever waits for this status waits in vain. Keep answering it.',
  ),
  'refusal-status-added': wire.risky(
    'Whoever tells all refusals apart meets a status that they do not know; typed clients get one more case. Make sure that old callers can do something about it.',
  ),
  'refusal-status-removed': sdk.risky(
    'The status does not come any more; code that compares with it may not compile after generating anew. Leave it declared until the next version.',
  ),
  'header-removed': wire.breaking('Whoever reads it finds nothing. Keep sending it.'),
  'header-became-optional': wire.risky(
    'Whoever relies on it fails when it is missing. Keep sending it always.',
  ),
  'header-became-required': wire.safe('Nobody is hurt: it is there more often than before.'),
  'header-added': wire.safe('Nobody is hurt: whoever does not know it passes over it.'),
  'link-removed': sdk.risky(
    'Tools that follow links between operations do not find this one. Keep it.',
  ),
  'link-added': docs.safe('Nobody is hurt.'),
  'authentication-added': wire.breaking(
    'Whoever calls without credentials gets 401. Leave it open, or protect a new operation.',
  ),
  'authentication-removed': wire.breaking(
    'Whoever proves who they are in this way gets 401. Go on taking it beside the others.',
  ),
  'scope-added': wire.breaking(
    'Tokens and keys without the scope get 403. Take the old scope as well, or give the new one to whoever has the old one first.',
  ),
  'authentication-allowed': wire.safe('Nobody is hurt: there is one more way to prove who calls.'),
  'authentication-dropped': wire.safe(
    'No caller is hurt: it answers without credentials now. Make sure that this is meant.',
  ),
  'scheme-changed': wire.breaking(
    'Credentials are sent where nobody looks for them (another header, cookie, scheme or address). Read both for a while.',
  ),
} as const;
