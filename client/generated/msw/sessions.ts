// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  SessionsEndAllAnswer,
  SessionsEndAllInput,
  SessionsEndAnswer,
  SessionsEndInput,
  SessionsEndOthersAnswer,
  SessionsEndOthersInput,
  SessionsListAnswer,
  SessionsListInput,
} from '../sessions.ts';
import * as examples from './examples.ts';

/** Handlers of `sessions`. */
export interface SessionsMock<Handler> {
  /**
   * List the own sessions.
   *
   * `GET /api/v1/sessions`. Needs a sign-in.
   */
  list(reply?: Reply<SessionsListInput, SessionsListAnswer>): Handler;
  /**
   * End one of the own sessions.
   *
   * `DELETE /api/v1/sessions/{sessionId}`. Needs a sign-in.
   */
  end(reply?: Reply<SessionsEndInput, SessionsEndAnswer>): Handler;
  /**
   * End the other own sessions.
   *
   * `POST /api/v1/sessions/end-others`. Needs a sign-in.
   */
  endOthers(reply?: Reply<SessionsEndOthersInput, SessionsEndOthersAnswer>): Handler;
  /**
   * End all own sessions.
   *
   * `POST /api/v1/sessions/end-all`. Needs a sign-in.
   */
  endAll(reply?: Reply<SessionsEndAllInput, SessionsEndAllAnswer>): Handler;
}

export const sessionsSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/sessions',
    status: 200,
    examples: [examples.OwnSessions],
  },
  end: {
    method: 'delete',
    path: '/api/v1/sessions/:sessionId',
    status: 204,
  },
  endOthers: {
    method: 'post',
    path: '/api/v1/sessions/end-others',
    status: 200,
    examples: [examples.SessionsEnded],
  },
  endAll: {
    method: 'post',
    path: '/api/v1/sessions/end-all',
    status: 200,
    examples: [examples.SessionsEnded],
  },
};
