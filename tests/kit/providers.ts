import type { Clock } from '../../server/platform/clock.ts';
import { ConfiguredProviders } from '../../server/platform/identity-providers/configured-providers.ts';
import type { IdentityProvider } from '../../server/platform/identity-providers/identity-provider.ts';
import { createTelemetry } from '../../server/platform/observability/telemetry.ts';
import { recordingLog, testConfig } from './app.ts';
import { TestClock } from './clock.ts';

/** The providers of these settings, with what they log. They live by the clock that is given. */
export function openProviders(
  settings: Readonly<Record<string, string>>,
  clock: Clock = new TestClock(),
) {
  const { identityProviders } = testConfig('postgres://nowhere.invalid/charter', {
    IDENTITY_PROVIDER_TIMEOUT_MS: '60000',
    ...settings,
  });
  const { log, logs } = recordingLog();
  const telemetry = createTelemetry({ sampleRatio: 0, log });
  const providers = new ConfiguredProviders(identityProviders, {
    ...{ clock, log },
    metrics: telemetry.providers,
  });
  const getProvider = (name: string): IdentityProvider => {
    const provider = providers.find(name);
    if (!provider) throw new Error(`There is no provider ${name}`);
    return provider;
  };
  return { providers, getProvider, logs };
}
