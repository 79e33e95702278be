import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { draw, seedOf } from '../../contract/document/sample/draw.ts';
import type { AppRouter } from '../../contract/kit/api.ts';
import { type Operation, operationsOf } from '../../contract/kit/operations.ts';
import type { Config } from '../config/config.ts';
import { createDispatcher } from '../http/dispatcher.ts';
import { createHttpServer } from '../http/server.ts';
import { Files } from '../operations/files.ts';
import { CallLimits } from '../operations/limits.ts';
import { compilePlans, type Plans } from '../operations/plans.ts';
import { createRefusals } from '../operations/refusal.ts';
import { mountPages } from '../pages/pages.ts';
import { createGuard, type Guard } from '../platform/auth/guard.ts';
import { OriginCheck } from '../platform/auth/origin.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { createLog } from '../platform/observability/log.ts';
import { createTelemetry } from '../platform/observability/telemetry.ts';
import { problem } from '../platform/problem-error.ts';
import { answering } from './answers.ts';
import { mockSchemes } from './callers.ts';
import { Collections } from './collections.ts';
import { Described } from './described.ts';
import { onceInMemory } from './once.ts';
import { refuseIfAsked } from './preference.ts';

export interface MockOptions {
  readonly contract: AppRouter;
  readonly tags: Readonly<Record<string, string>>;
  readonly document: OpenApiDocument;
  /** Of which nothing is opened: no database, no Redis, no mail server. */
  readonly config: Config;
  readonly seed?: number;
  readonly latencyMs?: number;
  /** The share of calls that fail with 500 or 503, from 0 to 1. */
  readonly failures?: number;
  readonly isStateful?: boolean;
  readonly clock?: Clock;
  /** How often a stream of events tells one. */
  readonly eventEveryMs?: number;
}

/**
 * A server from the contract alone. A request takes the same walk as in the service, with the same
 * edge, guard, limits, schemas and refusals; what is made up are the callers and the answers.
 */
export function createMock(options: MockOptions): Server {
  const { contract, tags, document, config, clock = systemClock, seed = 0 } = options;
  const log = createLog({ level: 'silent', limitBytes: config.observability.logBufferBytes });
  const telemetry = createTelemetry({ sampleRatio: 0, log });
  const origins = new OriginCheck(config.http.publicUrl, config.http.corsOrigins);
  const guard = createGuard({ schemes: mockSchemes(clock, origins), origins, clock });
  const described = new Described(document, seed);
  const parts = {
    described,
    collections: new Collections(described, operationsOf(contract)),
    isStateful: options.isStateful ?? false,
    now: () => clock.now(),
    url: config.http.publicUrl,
    eventEveryMs: options.eventEveryMs ?? 3_000,
  };
  const limits = new CallLimits(config.limits, telemetry.limits);
  const plans = remembering(
    compilePlans({
      contract,
      handlers: handlersOf(contract, (operation) => answering(operation, parts)),
      guard: troubled(guard, options),
      limits,
      reads: { by: () => undefined as never, byAnybody: undefined as never },
      deprecations: {
        clock,
        publicUrl: config.http.publicUrl,
        metrics: telemetry.deprecations,
        ...config.deprecation,
      },
      // Nothing is kept in a database: `remembering` takes the place of that step.
      once: { answers: undefined as never, metrics: telemetry.idempotency },
    }),
  );
  const platform = { config, log, telemetry, stopping: new AbortController().signal };
  const listener = createDispatcher(platform, {
    contract,
    operations: {
      plans,
      limits,
      files: new Files(config.http.uploadLimitBytes, telemetry.uploads),
      refusals: createRefusals({
        constraints: {},
        publicUrl: config.http.publicUrl,
        onRefused: async () => {},
        log,
      }),
    },
    mountPages: mountPages(
      { contract, tags },
      { perform: nobody, findOperation: () => undefined },
      { config, origins, mailPreview: undefined },
    ),
  });
  return createHttpServer(listener, platform);
}

/** Only the pages of mails perform operations, and a mock has none. */
const nobody = () => {
  throw new Error('A mock performs nothing without HTTP');
};

type MakeHandler = (operation: Operation) => object;

function handlersOf(contract: AppRouter, make: MakeHandler): Record<string, object> {
  const nouns = Map.groupBy(operationsOf(contract), ({ noun }) => noun);
  const handlers = [...nouns].map(([noun, operations]) => {
    return [noun, Object.fromEntries(operations.map((one) => [one.verb, make(one)]))] as const;
  });
  return Object.fromEntries(handlers);
}

/** In front of the guard: what somebody asked for, how long it takes, and what fails. */
function troubled(guard: Guard, { latencyMs = 0, failures = 0, seed = 0 }: MockOptions): Guard {
  let count = 0;
  const mayFail = () => {
    count += 1;
    const chance = seedOf(seed, `call/${count}`);
    if (draw(chance, 1_000_000) >= failures * 1_000_000) return;
    throw problem(
      draw(seedOf(chance, 'which'), 2) === 0 ? 'internal_error' : 'service_unavailable',
      {
        detail: 'The mock was told to fail now and then.',
      },
    );
  };
  return (operation) => {
    const admission = guard(operation);
    return {
      authenticate: async (presented) => {
        if (latencyMs > 0) await wait(latencyMs);
        refuseIfAsked(operation, presented);
        mayFail();
        return admission.authenticate(presented);
      },
      authorize: (actor) => admission.authorize(actor),
    };
  };
}

function remembering(plans: Plans): Plans {
  return new Map(
    [...plans].map(([name, plan]) => {
      const { idempotency } = plan.operation;
      return [name, { ...plan, once: idempotency && onceInMemory(idempotency) }];
    }),
  );
}
