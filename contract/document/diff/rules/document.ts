import { docs, sdk, wire } from './rule.ts';

/** The document itself, what it tells to others, and its prose. */
export const documentRules = {
  'server-removed': wire.breaking(
    'Whoever calls this address reaches nobody. Let it lead to the new one, with 308.',
  ),
  'server-added': wire.safe('Nobody is hurt: there is one more address.'),
  'webhook-removed': wire.breaking(
    'Receivers wait in vain for what they act on. Go on sending it beside the new one.',
  ),
  'webhook-added': wire.safe(
    'Nobody is hurt who passes over kinds that they do not know: receivers must answer 2xx to them.',
  ),
  'version-went-back': sdk.risky(
    'Whoever compares versions takes the newer contract for the older one. Count upwards.',
  ),
  'oas-version-changed': docs.safe(
    'Whoever reads it with tools of the old version of OpenAPI. Make sure that theirs know the new one.',
  ),
  'prose-changed': docs.safe('Nobody: words and examples only.'),
} as const;
