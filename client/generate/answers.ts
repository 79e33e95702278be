import { aliasOf, field, name, type Type } from './layout.ts';
import { literal } from './names.ts';
import {
  isConditionalRead,
  notModified,
  type Operation,
  type Refusal,
  type Reply,
} from './operations.ts';
import { typeOf, union } from './types.ts';

/** `UsersGetAnswer`: a union over the declared statuses, written out. */
export function answerType(operation: Operation, answerName: string): string {
  const isTold = isConditionalRead(operation);
  const replies = operation.replies.filter(({ status }) => !isTold || status !== notModified);
  const members = [...replies.map(reply), ...operation.refusals.map(refusal)];
  return aliasOf(answerName, union(members));
}

function reply({ status, schema, streams, isTagged }: Reply): Type {
  const bytesOrNothing = name(streams ? 'AnswerStream' : 'undefined');
  return {
    kind: 'object',
    fields: [
      field('ok', name(String(status < 300))),
      field('status', name(String(status))),
      field('body', schema ? typeOf(schema) : bytesOrNothing),
      field('problem?', name('undefined')),
      field('headers', name('AnswerHeaders')),
      ...(isTagged ? [field('etag', union([name('string'), name('undefined')]))] : []),
    ],
  };
}

function refusal({ status, codes }: Refusal): Type {
  const code = union(codes.map((each) => name(literal(each))));
  return { kind: 'reference', text: 'Refused', of: [name(String(status)), code] };
}
