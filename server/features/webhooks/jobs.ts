import * as z from 'zod';
import { job } from '../../platform/jobs/job.ts';

const Turn = z.object({ endpointId: z.uuid(), turnId: z.uuid() });

// Longer than what a turn may begin, and the longest attempt.
const terms = { timeoutSeconds: 120, retrySeconds: 5 };

/** A turn of an endpoint whose last delivery arrived. */
export const deliver = job('webhooks.deliver', Turn, { ...terms, atOnce: 4 });

/**
 * A turn of one whose last delivery did not. Places of its own: however many hang, those that answer do
 * not wait for them.
 */
export const deliverAgain = job('webhooks.deliver-again', Turn, { ...terms, atOnce: 2 });

/** Looks for events, and for endpoints whose turn got lost. */
export const fanOut = job('webhooks.fan-out', z.object({}).strict(), { timeoutSeconds: 120 });

export const purgeDeliveries = job('webhooks.purge', z.object({}).strict());
