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
  const { url, body } = requestOf(connection, operation, input);
  const signal = signalOf(connection, options);
  const send = async ({ headers, ...proof }: Proof = {}): Promise<AnyAnswer> => {
    const fetchNow = connection.fetch ?? fetch;
    let response: Response;
    let text: string;
    try {
      response = await fetchNow(url, {
        method: operation.method,
        headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
        ...proof,
        ...(body && { body }),
        ...(signal && { signal }),
      });
      text = await response.text();
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      const what = `${operation.method} ${operation.path}: no answer from ${connection.baseUrl}`;
      throw new NetworkError(what, { cause });
    }
    return answerOf(operation, response, text);
  };
  const answer = credentials ? credentials({ connection, operation, signal, send }) : send();
  return answer as Promise<Answer>;
}
