import { type AnyAnswer, answerOf } from './answer.ts';
import type { CallOptions, Connection, Send } from './connection.ts';
import { NetworkError } from './errors.ts';
import type { Keyed } from './keyed.ts';
import type { MediaType, Operation } from './operation.ts';
import type { AnswerHeaders, FetchInit, FetchResponse } from './platform.ts';
import { requestOf, signalOf } from './request.ts';
import type { Upload } from './upload.ts';

/**
 * Every call goes through here. What takes an `Idempotency-Key`, or a file, hands in how it is sent:
 * whoever calls nothing of the kind loads none of it. The result type is the caller's word: the generated functions
 * name the union that the contract declares, and the server checks its own answers against it.
 */
export async function call<Answer>(
  connection: Connection,
  operation: Operation,
  input: object = {},
  options: CallOptions = {},
  keyed?: Keyed,
  upload?: Upload,
): Promise<Answer> {
  const { credentials } = connection;
  const { url, headers: own, ...text } = requestOf(connection, operation, input);
  const sending = await upload?.(input as { body: object }, options, connection.fetch);
  const signal = signalOf(connection, options);
  const plain: Send = ({ headers, credentials: mode } = {}) => {
    const { type, ...content } = sending?.content() ?? text;
    return answered({ ...connection, ...sending }, operation, url, {
      method: operation.method,
      headers: { ...(type && { 'content-type': type }), ...own, ...headers },
      ...(mode && { credentials: mode }),
      ...content,
      ...(signal && { signal }),
    });
  };
  const send = keyed?.(plain, options.idempotencyKey, signal) ?? plain;
  const answer = credentials ? credentials({ connection, operation, signal, send }) : send();
  return answer as Promise<Answer>;
}

async function answered(
  connection: Connection,
  operation: Operation,
  url: string,
  init: FetchInit,
): Promise<AnyAnswer> {
  // Browsers refuse their fetch as a method of another object.
  const fetchAlone = connection.fetch ?? fetch;
  let response: FetchResponse;
  let text: string;
  try {
    response = await fetchAlone(url, init);
    const { ok, status, headers, body } = response;
    const type = headers.get('content-type') as MediaType;
    if ([operation.answers[status]].flat().includes(type)) {
      const etag = headers.get('etag') ?? undefined;
      return { ok, status, body, headers: headers as AnswerHeaders, etag };
    }
    text = await response.text();
  } catch (cause) {
    if (init.signal?.aborted) throw init.signal.reason;
    const what = `${operation.method} ${operation.path}: no answer from ${connection.baseUrl}`;
    throw new NetworkError(what, { cause });
  }
  return answerOf(operation, response, text);
}
