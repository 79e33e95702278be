import type { Credentials } from '../world/credentials.ts';
import { at, bearer, cookie, get, post } from './requests.ts';

// W8, the storm, and W9, GraphQL, are measured another way (`modes/storm.ts`, `modes/graphql.ts`).
export const workloadNames = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7', 'W10'] as const;
export type WorkloadName = (typeof workloadNames)[number];

export const titles: Record<WorkloadName, string> = {
  W1: 'constant JSON',
  W2: 'one row by id',
  W3: 'a page of 50 rows',
  W4: 'validated POST, INSERT',
  W5: 'bearer token, own row',
  W6: 'session cookie, own row',
  W7: 'invalid body',
  W10: 'API key, own row',
};

export interface Workload {
  readonly name: WorkloadName | 'W9';
  readonly title: string;
  /** The status of every answer; W7 is refused in each peer's own words. */
  readonly status: number;
  /** Sent in turn, over and over. */
  readonly requests: string[];
  /** The same work from few callers, whom a cache may remember. */
  readonly warm?: string[];
  /** Fields that differ from answer to answer. */
  readonly varying?: readonly string[];
}

const newPerson = {
  fullName: 'Grace Hopper',
  email: 'grace@example.com',
  city: 'New York',
  score: 512,
  isActive: true,
};

const invalidPerson = { ...newPerson, fullName: '', email: 'nowhere', score: -1, unknown: 1 };

const warmCallers = 100;

/** The workloads over these rows and credentials. */
export function workloadsOver(ids: readonly string[], credentials: Credentials): Workload[] {
  const byToken = credentials.tokens.map((token) => get(at('/mine'), bearer(token)));
  const byKey = credentials.apiKeys.map((key) => get(at('/mine'), bearer(key)));
  const byCookie = credentials.cookies.map((secret) => get(at('/mine'), cookie(secret)));
  return [
    { name: 'W1', title: titles.W1, status: 200, requests: [get(at('/constant'))] },
    {
      name: 'W2',
      title: titles.W2,
      status: 200,
      requests: ids.map((id) => get(at(`/people/${id}`))),
    },
    {
      name: 'W3',
      title: titles.W3,
      status: 200,
      requests: ids.map((id) => get(at(`/people?after=${id}`))),
    },
    {
      name: 'W4',
      title: titles.W4,
      status: 201,
      requests: [post(at('/people'), newPerson)],
      varying: ['id', 'createdAt'],
    },
    {
      name: 'W5',
      title: titles.W5,
      status: 200,
      requests: byToken,
      warm: byToken.slice(0, warmCallers),
    },
    {
      name: 'W6',
      title: titles.W6,
      status: 200,
      requests: byCookie,
      warm: byCookie.slice(0, warmCallers),
    },
    {
      name: 'W7',
      title: titles.W7,
      status: 422,
      requests: [post(at('/people'), invalidPerson)],
    },
    {
      name: 'W10',
      title: titles.W10,
      status: 200,
      requests: byKey,
      warm: byKey.slice(0, warmCallers),
    },
  ];
}
