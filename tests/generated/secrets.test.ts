import { describe, expect, it } from 'vitest';
import { recordingLog } from '../kit/app.ts';
import { printed, Secrets } from '../kit/secrets.ts';

const secrets = new Secrets();
const secret = secrets.make('secret');
const token = secrets.add('token', 'Zm9v.YmFy_QmF6-XX');

describe('the search for secrets', () => {
  it.each([
    ['as it is', secret],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 for addresses', Buffer.from(secret).toString('base64url')],
  ])('finds one %s', (_how, spelling) => {
    expect(secrets.foundIn(`{"a":"x${spelling}x"}`)).toEqual(['secret (0)']);
  });

  it('finds one that was made elsewhere, and nothing where nothing is', () => {
    expect(secrets.foundIn(`{"a":"${token}"}`)).toEqual(['token (0)']);
    expect(secrets.foundIn('{"a":"x"}')).toEqual([]);
  });

  it('takes none that is too short to be told from chance', () => {
    expect(() => secrets.add('token', 'abc')).toThrow('too short');
    expect(() => secrets.add('token')).toThrow('too short');
  });

  it('reads every line, the quiet ones included', () => {
    const { log, logs } = recordingLog();
    log.debug({ anything: [{ at: { all: secret } }] }, 'a line');
    expect(secrets.foundIn(JSON.stringify(logs))).toEqual(['secret (0)']);
  });

  it('reads all that an error carries', () => {
    const error = new Error('failed', { cause: { config: [{ password: secret }] } });
    expect(secrets.foundIn(printed(error))).toEqual(['secret (0)']);
    expect(secrets.foundIn(printed(new AggregateError([error])))).toEqual(['secret (0)']);
  });
});
