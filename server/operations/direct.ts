import { randomUUIDv7 } from 'node:crypto';
import type { Presented } from '../platform/auth/guard.ts';
import { type CallOrigin, findCall, runInCall } from '../platform/observability/call-context.ts';
import type { Platform } from '../platform/platform.ts';
import { problem } from '../platform/problem-error.ts';
import type { Preconditions } from './entity-tags.ts';
import { InFlight } from './in-flight.ts';
import type { Operations } from './operations.ts';
import { parseInput, type RawInput } from './parse.ts';
import { type Call, perform } from './perform.ts';
import type { Plan } from './plans.ts';
import type { HandlerReply } from './reply.ts';

export interface DirectCall {
  readonly origin: Exclude<CallOrigin, 'http'>;
  /** Where it comes from: limits count by it, and so do guesses at passwords. */
  readonly address: string;
  /** The credentials of whoever calls, as HTTP's headers name them; nobody when left out. */
  readonly caller?: Presented;
  /** The parts that the operation takes, as the contract's input shapes them. */
  readonly input?: RawInput;
  readonly userAgent?: string | null;
  /** On which state of what it is about the call depends, as HTTP's headers say it. */
  readonly preconditions?: Preconditions;
}

/** The answer or the problem, whichever it was. */
export interface Outcome {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /** Of a refusal that is worth another try later. */
  readonly retryAfterSeconds: number | undefined;
}

/** Performs an operation by its name, such as `users.list`. */
export type PerformByName = (name: string, call: DirectCall) => Promise<Outcome>;

export interface DirectCalls {
  readonly perform: PerformByName;
  /** Lets the calls in flight end, as long as a request may take. */
  ended(): Promise<void>;
}

/**
 * The way in without HTTP: the same walk, and so the same guard, limits, audit, and checks; its
 * duration is counted by operation, and it has a span where somebody samples. A call that another
 * one makes has its id and stands in its trace.
 */
export function directCalls(
  { telemetry, stopping, config }: Pick<Platform, 'telemetry' | 'stopping' | 'config'>,
  { plans, refusals, files }: Pick<Operations, 'plans' | 'refusals' | 'files'>,
): DirectCalls {
  const inFlight = new InFlight();

  async function answer(plan: Plan, direct: DirectCall): Promise<Outcome> {
    const above = findCall();
    const { name } = plan.operation;
    const observed = telemetry.calls.begin(name, direct.origin, above);
    const call = { ...callOf(direct, observed, above?.id), errors: plan.operation.errors };
    const parse = () => parseInput(plan.operation, direct.input ?? {}, files);
    const walk = async () => {
      // What belongs to a call in hand ends with it.
      if (stopping.aborted && !above) {
        throw problem('service_unavailable', { detail: 'The service is stopping.' });
      }
      return perform(plan, call, parse);
    };
    let status = 500;
    try {
      const reply = await runInCall(call, () => walk().catch((error) => refusals(call, error)));
      status = reply.status;
      return toOutcome(reply);
    } finally {
      observed.end(status);
    }
  }

  return {
    perform: async (name, direct) => {
      const plan = plans.get(name);
      if (!plan) throw new Error(`The contract has no operation ${name}`);
      return inFlight.run(() => answer(plan, direct));
    },
    ended: () => inFlight.ended(config.http.requestTimeoutSeconds * 1000),
  };
}

function callOf(
  direct: DirectCall,
  { span, traceId }: Pick<Call, 'span' | 'traceId'>,
  id: string = randomUUIDv7(),
): Call {
  const { caller = {}, origin, address, userAgent = null, preconditions = {} } = direct;
  return {
    origin,
    id,
    address,
    userAgent,
    span,
    traceId,
    presented: caller,
    preconditions,
    addLimit: () => {},
  };
}

function toOutcome(
  reply: HandlerReply & { readonly retryAfterSeconds?: number | undefined },
): Outcome {
  const { status, body, headers = {}, cookies = [], retryAfterSeconds } = reply;
  return { status, body, headers, cookies, retryAfterSeconds };
}
