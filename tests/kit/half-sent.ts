import { once } from 'node:events';
import { Agent, request } from 'node:http';

/** A sign-in whose body is half sent, on a connection that the client would keep. */
export function beginLogin(url: string) {
  const body = JSON.stringify({ identifier: 'nobody', password: 'x', delivery: 'tokens' });
  const call = request(`${url}/api/v1/auth/login`, {
    agent: new Agent({ keepAlive: true }),
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      Expect: '100-continue',
    },
  });
  const answered = once(call, 'response').then(([answer]) => {
    answer.resume();
    return answer.statusCode as number;
  });
  // Whoever does not finish it does not mind how it ends.
  answered.catch(() => {});
  call.flushHeaders();
  return {
    // The server has seen the request when it asks for the body.
    isOpen: once(call, 'continue'),
    finish: () => {
      call.end(body);
      return answered;
    },
  };
}
