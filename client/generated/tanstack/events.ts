// Generated from the contract by `npm run generate`. Do not edit.

import { type Key, keyOf } from '../../runtime/queries.ts';

/** Everything that was asked of `events`. */
export const eventsKey: Key = keyOf('events');
