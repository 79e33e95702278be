import { type AnyAnswer, answerOf } from './answer.ts';
import type { Attempt, CallOptions, Connection, Layer, Send } from './connection.ts';
import { NetworkError } from './errors.ts';
import type { MediaType, Operation } from './operation.ts';
import type { FetchInit, FetchResponse } from './platform.ts';
import { requestOf, signalOf } from './request.ts';
import type { Sender } from './sending.ts';

/**
 * Every call goes through here. What takes an `Idempotency-Key`, a file or a form, hands in how it is sent:
 * whoever calls nothing of the kind loads none of it. The result type is the caller's word: the generated functions
 * name the union that the contract declares, and the server checks its own answers against it.
 */
export async function call<Answer>(
  connection: Connection,
  operation: Operation,
  input: object = {},
  options: CallOptions = {},
  keyed?: Layer,
  sender?: Sender,
): Promise<Answer> {
  const { url, headers: own, ...text } = requestOf(connection, operation, input, options);
  const sending = await sender?.(input as { body: object }, options, connection.fetch);
  const signal = signalOf(connection, options);
  const send: Send = ({ headers, more, credentials: mode } = {}) => {
    const { type, ...content } = sending?.content() ?? text;
    return answered({ ...connection, ...sending }, operation, url, {
      method: operation.method,
      headers: { ...more, ...own, ...(type && { 'content-type': type }), ...headers },
      // Followed, 307 and 308 would take the body along, wherever they lead.
      redirect: 'manual',
      ...(mode && { credentials: mode }),
      ...content,
      ...(signal && { signal }),
    });
  };
  const { credentials, hooks, retry } = connection;
  let attempt: Attempt = { connection, operation, options, url, signal, send };
  // From the wire outwards; credentials, which may send it twice, are the last.
  for (const layer of [hooks, keyed ?? retry]) {
    if (layer) attempt = { ...attempt, send: layer(attempt) };
  }
  return (credentials ? credentials(attempt) : attempt.send()) as Promise<Answer>;
}

async function answered(
  connection: Connection,
  operation: Operation,
  url: string,
  init: FetchInit,
): Promise<AnyAnswer> {
  // Browsers refuse their fetch as a method of another object.
  const fetchAlone = connection.fetch ?? fetch;
  let response: FetchResponse | undefined;
  let text: string | undefined;
  try {
    response = await fetchAlone(url, init);
    const type = response.headers.get('content-type') as MediaType;
    // Bytes are handed over as they come.
    if (![operation.answers[response.status]].flat().includes(type)) text = await response.text();
  } catch (cause) {
    if (init.signal?.aborted) throw init.signal.reason;
    const what = `${operation.method} ${operation.path}: no answer from ${connection.baseUrl}`;
    throw new NetworkError(what, { cause, headers: response?.headers });
  }
  return answerOf(operation, response, text);
}
