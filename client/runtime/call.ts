import { type AnyAnswer, answerOf } from './answer.ts';
import type { CallOptions, Connection, Operation, Proof } from './connection.ts';
import { NetworkError } from './errors.ts';
import { requestOf, signalOf } from './request.ts';

/**
 * Every call goes through here. The result type is the caller's word: the generated functions
 * name the union that the contract declares, and the server checks its own answers against it.
 */
export async function call<Answer>(
  connection: Connection,
  operation: Operation,
  input: object = {},
  options: CallOptions = {},
): Promise<Answer> {
  const { credentials } = connection;
  const { url, headers: own, body } = requestOf(connection, operation, input);
  const signal = signalOf(connection, options);
  const send = ({ headers, ...proof }: Proof = {}) =>
    answered(connection, operation, url, {
      method: operation.method,
      // fetch names the type of form fields by itself.
      headers: {
        ...(typeof body === 'string' && { 'content-type': 'application/json' }),
        ...own,
        ...headers,
      },
      ...proof,
      ...(body && { body }),
      ...(signal && { signal }),
    });
  const answer = credentials ? credentials({ connection, operation, signal, send }) : send();
  return answer as Promise<Answer>;
}

async function answered(
  connection: Connection,
  operation: Operation,
  url: string,
  init: RequestInit,
): Promise<AnyAnswer> {
  // Browsers refuse their fetch as a method of another object.
  const fetchAlone = connection.fetch ?? fetch;
  let response: Response;
  let text: string;
  try {
    response = await fetchAlone(url, init);
    text = await response.text();
  } catch (cause) {
    if (init.signal?.aborted) throw init.signal.reason;
    const what = `${operation.method} ${operation.path}: no answer from ${connection.baseUrl}`;
    throw new NetworkError(what, { cause });
  }
  return answerOf(operation, response, text);
}
