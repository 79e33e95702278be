import type { Log } from '../observability/log.ts';
import type {
  ProviderCall,
  ProviderMetrics,
  ProviderOutcome,
} from '../observability/provider-metrics.ts';
import { inPart } from '../observability/spans.ts';
import { type IdentityProvider, ProviderError } from './identity-provider.ts';
import type { Silence } from './silence.ts';

interface Parts {
  readonly log: Log;
  readonly metrics: ProviderMetrics;
  readonly silence: Silence;
}

/** The same provider, whose calls are counted, and whose failures are in the log. */
export function observed(
  provider: IdentityProvider,
  { log, metrics, silence }: Parts,
): IdentityProvider {
  const { name, title } = provider;
  const watch =
    <Given extends unknown[], Result>(
      call: ProviderCall,
      work: (...given: Given) => Promise<Result>,
    ) =>
    async (...given: Given): Promise<Result> => {
      const counted = metrics.begin(name, call);
      const end = (outcome: ProviderOutcome) => {
        counted(outcome);
        silence.note(name, call, outcome);
      };
      try {
        const result = await inPart(
          () => ({ name: `${name} ${call}` }),
          () => work(...given),
        );
        end('ok');
        return result;
      } catch (error) {
        const failure = error instanceof ProviderError ? error.failure : 'failed';
        end(failure);
        if (error instanceof ProviderError) {
          const reason = error.message;
          log.warn({ provider: name, call, failure, reason }, 'a sign-in provider failed');
        }
        throw error;
      }
    };
  const refresh = provider.refresh?.bind(provider);
  const readProfile = provider.readProfile?.bind(provider);
  const revoke = provider.revoke?.bind(provider);
  const logoutUrl = provider.logoutUrl?.bind(provider);
  const verifyLogoutToken = provider.verifyLogoutToken?.bind(provider);
  const rediscover = provider.rediscover?.bind(provider);
  return {
    name,
    title,
    authorizationUrl: watch('authorize', provider.authorizationUrl.bind(provider)),
    redeem: watch('redeem', provider.redeem.bind(provider)),
    ...(refresh && { refresh: watch('refresh', refresh) }),
    ...(readProfile && { readProfile: watch('profile', readProfile) }),
    ...(revoke && { revoke: watch('revoke', revoke) }),
    ...(logoutUrl && { logoutUrl: watch('logout', logoutUrl) }),
    ...(verifyLogoutToken && { verifyLogoutToken: watch('logout_token', verifyLogoutToken) }),
    ...(rediscover && { rediscover: watch('discover', rediscover) }),
  };
}
