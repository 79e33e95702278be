import { parseArgs } from 'node:util';
import { wholeNumber } from '../../server/cli/given.ts';

/** What the command line asks for. */
export interface Given {
  readonly address: string | undefined;
  /** The file of whoever calls. */
  readonly accounts: string | undefined;
  readonly requests: number;
  readonly seed: number;
  readonly json: boolean;
  readonly help: boolean;
  /** That the data of the deployment is nobody's. */
  readonly isAgreed: boolean;
}

/** @throws where a flag is unknown, or is no number: a run of nothing would find nothing wrong. */
export function givenBy(args: readonly string[]): Given {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      accounts: { type: 'string' },
      requests: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const requests = wholeNumber('--requests', values.requests) ?? 0;
  if (requests === 0) throw new Error('--requests takes a number from 1.');
  return {
    address: positionals[0],
    accounts: values.accounts,
    requests,
    seed: wholeNumber('--seed', values.seed) ?? 0,
    json: values.json,
    help: values.help,
    isAgreed: values.yes,
  };
}
