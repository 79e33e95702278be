import type { AppRouter } from '../../contract/kit/api.ts';
import { createGuard, type Scheme } from '../platform/auth/guard.ts';
import type { ConstraintProblems } from '../platform/db/database-problems.ts';
import type { Follower } from '../platform/events/followers.ts';
import type { Subscriber } from '../platform/events/subscriber.ts';
import { KeptAnswers } from '../platform/idempotency/kept-answers.ts';
import type { Work } from '../platform/jobs/job.ts';
import type { Translation } from '../platform/mail/mail-kind.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import type { Platform } from '../platform/platform.ts';
import type { AfterRestore } from '../platform/restored.ts';
import type { SealedColumn } from '../platform/secrets/sealed-values.ts';
import { Files } from './files.ts';
import { CallLimits } from './limits.ts';
import { compilePlans, type Plans } from './plans.ts';
import { createRefusals, type Refusals } from './refusal.ts';

/** What every way in stands on. */
export interface Operations {
  readonly plans: Plans;
  readonly limits: CallLimits;
  readonly files: Files;
  readonly refusals: Refusals;
  /** Runs every feature's `start`, then begins to follow revocations. */
  start(): Promise<void>;
}

/** What a feature brings, of a noun of the contract or of none. */
export interface Brought {
  /** By verb; the compiler has held them to the contract (`handlers.ts`). */
  readonly handlers?: object;
  /** Constraints of its tables → the problem that breaking one means. */
  readonly constraints?: ConstraintProblems;
  /** The jobs that it does, and what the clock makes it do. */
  readonly jobs?: readonly Work[];
  /** The events that it hears of. */
  readonly subscribers?: readonly Subscriber[];
  /** What it does with all events, where jobs are worked off. */
  readonly followers?: readonly Follower[];
  /** Its mails in further languages. */
  readonly translations?: readonly Translation[];
  /** What it keeps sealed by `SECRET_KEYS`. */
  readonly sealed?: readonly SealedColumn[];
  /** What it holds of accounts. */
  readonly personalData?: readonly PersonalData[];
  /** What of it is not true any more once a dump has been restored. */
  readonly afterRestore?: readonly AfterRestore[];
  /** What it loads before the service takes work. */
  readonly start?: () => Promise<void>;
  /** Whatever else it returns is for other features. */
  readonly [other: string]: unknown;
}

/** What the feature of a noun brings to its operations. */
export interface Noun extends Brought {
  readonly handlers: object;
}

export interface OperationsOptions {
  readonly contract: AppRouter;
  readonly features: Readonly<Record<string, Brought>>;
  readonly schemes: readonly Scheme[];
}

export function createOperations(
  platform: Platform,
  { contract, features, schemes }: OperationsOptions,
): Operations {
  const { clock, origins, config, audit, log, reads, redis, revocations, telemetry } = platform;
  const { replica } = platform.databases;
  const brought = Object.values(features);
  const limits = new CallLimits(config.limits, telemetry.limits, redis);
  const handlers = Object.fromEntries(
    Object.entries(features).map(([name, feature]) => [name, feature.handlers ?? {}]),
  );
  const guard = createGuard({ schemes, origins, clock });
  return {
    plans: compilePlans({
      contract,
      handlers,
      guard,
      limits,
      reads,
      deprecations: {
        clock,
        publicUrl: config.http.publicUrl,
        metrics: telemetry.deprecations,
        ...config.deprecation,
      },
      once: { answers: new KeptAnswers(platform), metrics: telemetry.idempotency },
    }),
    limits,
    files: new Files(config.http.uploadLimitBytes, telemetry.uploads),
    refusals: createRefusals({
      constraints: Object.assign({}, ...brought.map(({ constraints }) => constraints)),
      publicUrl: config.http.publicUrl,
      onRefused: (call, refusal) => audit.recordRefusal(call, refusal),
      log,
    }),
    start: async () => {
      await redis?.start();
      if (replica) {
        await replica.start();
        telemetry.replica.watch(() => ({
          isUsed: !replica.trouble,
          lagSeconds: replica.lagSeconds,
        }));
      }
      await limits.start();
      await Promise.all(brought.map(async ({ start }) => start?.()));
      await revocations.start();
    },
  };
}
