import { docs, sdk, wire } from './rule.ts';

/** What our own extensions say, of operations and of webhooks. */
export const markRules = {
  'permission-added': wire.breaking(
    'Callers who lack the permission get 403. Grant it to every role that could call until now, in a migration, and say so.',
  ),
  'permission-dropped': wire.safe(
    'No caller is hurt: fewer rights are asked for. Make sure that this is meant.',
  ),
  'stricter-sign-in': wire.breaking(
    'Whoever signed in a while ago, or acts for somebody, gets 401 or 403. Frontends must ask for the password again: tell them first.',
  ),
  'looser-sign-in': wire.safe(
    'No caller is hurt: less is asked for. Make sure that this is meant.',
  ),
  'limit-tightened': wire.breaking(
    'Callers within the old limit get 429. Keep the limit, or tell those who are near it first.',
  ),
  'limit-loosened': wire.safe('Nobody is hurt: more calls are answered.'),
  'idempotency-removed': wire.breaking(
    'A request that is sent again is done twice. Go on taking the key.',
  ),
  'idempotency-changed': wire.risky(
    'Whoever sends again is answered another way (`replays`: the answer again, `once`: 409). Tell whoever waits for the other.',
  ),
  'idempotency-added': wire.safe('Nobody is hurt: whoever sends no key is served as before.'),
  'key-became-required': wire.breaking(
    'Callers without an `Idempotency-Key` are refused. Let it stay optional.',
  ),
  'key-became-optional': wire.safe('Nobody is hurt: whoever sends a key may go on.'),
  'conditions-removed': wire.risky(
    'Whoever sends `If-Match` or `If-None-Match` is not protected any more. Keep the tags.',
  ),
  'conditions-added': wire.safe('Nobody is hurt: whoever sends no tag is served as before.'),
  'keeping-changed': wire.risky(
    'Answers are kept for another time, or by others (`x-cache`): callers may see older ones. Make sure that they can.',
  ),
  'staleness-added': wire.risky(
    'Answers may be some seconds old (`x-staleness`): who waits for what others do sees it later. Make sure that they can.',
  ),
  'staleness-removed': wire.safe('Nobody is hurt: answers are what holds now.'),
  'pages-removed': sdk.breaking(
    'Generated clients do not go through the pages any more. Keep `items`, `cursor` and `nextCursor`.',
  ),
  'pages-added': sdk.safe('Nobody is hurt: generated clients can go through the pages.'),
  'refusals-reshaped': wire.breaking(
    'Refusals look another way (`x-errors`), so nobody who reads them understands. Keep their shape.',
  ),
  'credentials-reshaped': sdk.breaking(
    'Generated clients keep or forget credentials where they did not (`x-credentials`). Keep it as it was.',
  ),
  'streaming-changed': sdk.breaking(
    'Generated clients read a stream as JSON, or JSON as a stream. Offer the other in an operation of its own.',
  ),
  'audience-changed': wire.breaking(
    'Whoever was told of this event by the old permission hears nothing any more. Tell the holders of both.',
  ),
  'extension-changed': docs.safe(
    'Nobody that we know of: the extension is none of ours. Look at whoever reads it.',
  ),
} as const;
