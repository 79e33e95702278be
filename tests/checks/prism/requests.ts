import { sampleOf } from '../../../contract/document/sample/sample.ts';
import type { Json } from '../../../contract/kit/json.ts';
import { madeUp } from '../../../server/mock/callers.ts';
import { requestOf } from '../../conformance/drive.ts';
import { bodyOf, type Draft, type Target, targetsOf, textOf } from '../../conformance/good.ts';
import { published } from '../../kit/document.ts';
import { tinyPicture } from '../../kit/operations.ts';

/** Every operation of the document. */
export const targets = targetsOf(published);

const caller = { Authorization: `Bearer ${madeUp.admin}` };

/** What the document gives as an example of a call, and nothing that may be left out. */
export function exampleOf(url: string, target: Target, prefer?: string): Request {
  const headers: Record<string, string> = prefer === undefined ? {} : { Prefer: prefer };
  const request = requestOf(url, { draft: { ...draftOf(target), headers }, caller });
  if (bodyOf(target.operation).type !== 'multipart/form-data') return request;
  // As browsers send a file: Prism's reader of parts ends with one that has no type.
  const body = new FormData();
  body.append('file', new File([tinyPicture], 'picture.gif', { type: 'image/gif' }));
  const { method } = request;
  return new Request(request.url, { method, body, headers: { ...headers, ...caller } });
}

function draftOf(target: Target): Draft {
  const { operation } = target;
  const { schemas } = published.document.components;
  const parameters = (operation.parameters ?? []).map((one) => published.pointed(one));
  const needed = (place: string) => {
    const given = parameters.filter((one) => one.in === place && one.required === true);
    return Object.fromEntries(
      given.map(({ name, schema }) => [name, textOf(sampleOf(schema, { schemas, seed: 1 }))]),
    );
  };
  const { type, schema } = bodyOf(operation);
  const fields = schema && (sampleOf(schema, { schemas, seed: 1 }) as Json);
  return {
    target,
    params: needed('path'),
    query: needed('query'),
    headers: {},
    type,
    // The one token that our mock looks at.
    fields: fields && {
      ...fields,
      ...('refreshToken' in fields && { refreshToken: madeUp.admin }),
    },
  };
}
