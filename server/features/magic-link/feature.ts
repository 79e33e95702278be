import type { Platform } from '../../platform/platform.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import type { VerificationFeature } from '../verification/feature.ts';
import { LinkRequests } from '../verification/requests.ts';
import { magicLinkHandlers } from './handlers.ts';
import { MagicLink } from './service.ts';

interface Others {
  readonly auth: AuthFeature;
  readonly oneTimeTokens: OneTimeTokensFeature;
  readonly verification: VerificationFeature;
}

export function magicLinkFeature(
  platform: Platform,
  { auth, oneTimeTokens, verification }: Others,
) {
  const service = new MagicLink(platform, {
    tokens: oneTimeTokens.service,
    mailboxes: verification.mailboxes,
    signIn: auth.signIn,
  });
  const requests = new LinkRequests(platform, 'magic-link.request', (tx, user) =>
    service.send(tx, user),
  );
  return { handlers: magicLinkHandlers(service, requests), jobs: [requests.work()] };
}
