import type { AnyAnswer, NotModified } from './answer.ts';

type Good<Answer> = Extract<Answer, { readonly ok: true }>;

/**
 * Reads something, and changes it unless somebody else did meanwhile: then it is read and changed
 * anew, three times at most. What refuses at last is the answer.
 *
 *     readThenChange(
 *       () => charter.roles.get({ roleId }),
 *       ({ body, etag }) => charter.roles.update({ roleId, ifMatch: etag, body: { name: `${body.name}!` } }),
 *     )
 */
export async function readThenChange<Read extends AnyAnswer, Changed extends AnyAnswer>(
  read: () => Promise<Read>,
  change: (known: Good<Read>) => Promise<Changed>,
): Promise<Changed | Exclude<Read, { readonly ok: true }>> {
  for (let left = 2; ; left -= 1) {
    const known = await read();
    if (!known.ok) return known as Exclude<Read, { readonly ok: true }>;
    const changed = await change(known as Good<Read>);
    if (changed.status !== 412 || left <= 0) return changed;
  }
}

/**
 * Asks whether what is known still is the same, and gives it where it is: nothing is sent twice.
 *
 *     const role = remembered((ifNoneMatch) => charter.roles.get({ roleId, ifNoneMatch }));
 *     const answer = await role();
 */
export function remembered<Answer extends AnyAnswer>(
  read: (ifNoneMatch: string | undefined) => Promise<Answer>,
): () => Promise<Exclude<Answer, NotModified>> {
  type Told = Exclude<Answer, NotModified>;
  let known: Told | undefined;
  return async () => {
    const before = known;
    const answer = await read(before?.etag);
    if (answer.status === 304 && before) return before;
    if (answer.ok) known = answer as Told;
    return answer as Told;
  };
}
