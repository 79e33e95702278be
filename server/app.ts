import type { Server } from 'node:http';
import { contract, tags } from '../contract/index.ts';
import type { AppRouter } from '../contract/kit/api.ts';
import { type Features, openFeatures } from './features.ts';
import { graphqlWay } from './graphql/endpoint.ts';
import { createDispatcher } from './http/dispatcher.ts';
import { closeServer, createHttpServer } from './http/server.ts';
import { directCalls, type PerformByName } from './operations/direct.ts';
import { type Brought, createOperations } from './operations/operations.ts';
import { mountPages } from './pages/pages.ts';
import type { Platform } from './platform/platform.ts';
import { introduce } from './worker/introduce.ts';

/** More nouns beside our own, behind the same doors. */
export interface Mounted {
  readonly contract: Readonly<Record<string, AppRouter>>;
  /** What each noun is about, for readers of the documentation. */
  readonly tags: Readonly<Record<string, string>>;
  readonly features: Readonly<Record<string, Brought>>;
}

export type Mount = (platform: Platform, features: Features) => Mounted;

export interface App {
  readonly http: Server;
  /** The way in without HTTP. */
  readonly perform: PerformByName;
  /**
   * Takes nothing new, and lets the requests and calls in flight finish. The platform stays open.
   */
  close(): Promise<void>;
}

/** The parts list of the service. Needs a migrated database with a signing key. */
export async function createApp(platform: Platform, mount?: Mount): Promise<App> {
  const own = openFeatures(platform);
  const more = mount?.(platform, own) ?? { contract: {}, tags: {}, features: {} };
  assertNew(more, own);
  const everything = { ...contract, ...more.contract };
  const features = { ...own, ...more.features };
  await introduce(platform, features);
  const operations = createOperations(platform, {
    contract: everything,
    features,
    schemes: own.auth.schemes,
  });
  await operations.start();
  const direct = directCalls(platform, operations);
  const listener = createDispatcher(platform, {
    contract: everything,
    operations,
    mountPages: mountPages(
      { contract: everything, tags: { ...tags, ...more.tags } },
      { perform: direct.perform, findOperation: (name) => operations.plans.get(name)?.operation },
      platform,
    ),
    ways: platform.config.graphql.isOn
      ? [graphqlWay(platform, { contract: everything, perform: direct.perform })]
      : [],
  });
  const http = createHttpServer(listener, platform);
  return {
    http,
    perform: direct.perform,
    close: async () => {
      platform.drain();
      platform.shut();
      await Promise.all([closeServer(http), direct.ended()]);
    },
  };
}

function assertNew(more: Mounted, own: Features): void {
  const names = new Set([...Object.keys(more.contract), ...Object.keys(more.features)]);
  const taken = [...names].filter((name) => name in own);
  if (taken.length > 0) throw new Error(`${taken.join(', ')} would replace a feature of ours`);
}
