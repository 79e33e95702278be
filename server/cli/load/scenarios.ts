import { contract } from '../../../contract/index.ts';
import type { Caller } from './callers.ts';
import type { ScenarioName } from './run-file.ts';
import type { LoadRequest } from './sender.ts';

/** Who there is to send requests for. */
export interface Cast {
  readonly callers: readonly Caller[];
  readonly random: () => number;
}

interface Step {
  /** How often, beside the others. */
  readonly weight: number;
  readonly make: (cast: Cast) => LoadRequest;
}

const json = { accept: 'application/json' };

const read = (operation: string, path: string): Step['make'] => {
  return (cast) => {
    const { authorization } = oneOf(cast.callers, cast.random);
    const headers = { ...json, authorization };
    return { operation, method: 'GET', path, headers, expected: 200 };
  };
};

/** What a person's application asks while they look around. */
const browsing: readonly Step[] = [
  { weight: 5, make: read('me.get', contract.me.get.path) },
  { weight: 2, make: read('auth.session', contract.auth.session.path) },
  { weight: 2, make: read('sessions.list', contract.sessions.list.path) },
  { weight: 1, make: read('me.listActivity', `${contract.me.listActivity.path}?limit=20`) },
];

const signingIn: Step['make'] = ({ callers, random }) => {
  const { identifier, password } = oneOf(callers, random).account;
  const { method, path } = contract.auth.login;
  const body = JSON.stringify({ identifier, password, delivery: 'tokens' });
  return { operation: 'auth.login', method, path, headers: sending, body, expected: 200 };
};

/** Each time another name: a change that changes nothing would cost nothing. */
const changing: Step['make'] = ({ callers, random }) => {
  const { authorization } = oneOf(callers, random);
  const { method, path } = contract.me.update;
  const body = JSON.stringify({ fullName: `Load ${Math.floor(random() * 1e9)}` });
  const headers = { ...sending, authorization };
  return { operation: 'me.update', method, path, headers, body, expected: 200 };
};

const sending = { ...json, 'content-type': 'application/json' };

const scenarios: Readonly<Record<ScenarioName, readonly Step[]>> = {
  browse: browsing,
  'login-storm': [{ weight: 1, make: signingIn }],
  write: [{ weight: 1, make: changing }],
  // Of a hundred requests, 85 read, 14 change something, and one signs in.
  mixed: [
    ...browsing.map(({ weight, make }) => ({ weight: weight * 8.5, make })),
    { weight: 14, make: changing },
    { weight: 1, make: signingIn },
  ],
};

/** Draws the requests of a scenario, one after the other. */
export function requestsOf(name: ScenarioName, cast: Cast): () => LoadRequest {
  const steps = scenarios[name];
  const total = steps.reduce((sum, { weight }) => sum + weight, 0);
  return () => {
    let left = cast.random() * total;
    const step = steps.find(({ weight }) => {
      left -= weight;
      return left < 0;
    });
    return (step ?? (steps.at(-1) as Step)).make(cast);
  };
}

function oneOf<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
