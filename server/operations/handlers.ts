import type { AppRoute, ServerInferRequest, ServerInferResponses } from '@ts-rest/core';
import type { Actor } from '../platform/auth/actor.ts';
import type { Read } from '../platform/reads.ts';
import type { Expects } from './conditions.ts';
import type { LiveCall } from './live.ts';
import type { Call } from './perform.ts';

/** What a handler gets: validated input, who calls, and where the call comes from. */
export type HandlerInput<Route extends AppRoute> = Omit<ServerInferRequest<Route>, 'headers'> & {
  readonly call: Call;
} & CallerOf<Route> &
  ExpectationOf<Route> &
  ReadOf<Route> &
  LiveOf<Route>;

// An actor in a public handler does not compile: there is none.
type CallerOf<Route extends AppRoute> = Route['metadata'] extends { access: { kind: infer Kind } }
  ? Kind extends 'anyone'
    ? object
    : Kind extends 'anyoneKnown'
      ? { readonly actor: Actor | undefined }
      : { readonly actor: Actor }
  : never;

// Only a change that is conditional hears what its caller has seen.
type ExpectationOf<Route extends AppRoute> = Route extends {
  method: 'PUT' | 'PATCH' | 'DELETE';
  metadata: { conditional: true | 'required' };
}
  ? { readonly expects: Expects }
  : object;

// Only what may be late is read where it may be late.
type ReadOf<Route extends AppRoute> = Route extends { metadata: { staleness: 'bounded' } }
  ? { readonly read: Read }
  : object;

// Only an answer without an end asks who calls as long as it goes on.
type LiveOf<Route extends AppRoute> = Route['metadata'] extends { streams: { live: true } }
  ? { readonly live: LiveCall }
  : object;

/** What it answers: a declared status with its body; an undeclared one does not compile. */
export type Reply<Route extends AppRoute> = ServerInferResponses<Route> & HeadersOf<Route>;

// A header that the contract does not declare (`sends`) does not compile.
type HeadersOf<Route extends AppRoute> = Route['metadata'] extends {
  sends: readonly (infer Name extends string)[];
}
  ? {
      readonly headers?: { readonly [Header in Exclude<Name, 'Set-Cookie'>]?: string };
      /** `Set-Cookie` values, for the ways in that have cookies. */
      readonly cookies?: 'Set-Cookie' extends Name ? readonly string[] : never;
    }
  : { readonly headers?: never; readonly cookies?: never };

export type Handler<Route extends AppRoute> = (input: HandlerInput<Route>) => Promise<Reply<Route>>;

/** The handlers of one feature, typed against its own router. A missing key does not compile. */
export type Handlers<Router> = {
  readonly [Verb in keyof Router]: Router[Verb] extends AppRoute ? Handler<Router[Verb]> : never;
};
