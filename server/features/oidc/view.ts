import type { LoggedOut } from './logout.ts';
import type { Started } from './start.ts';

export function viewProviders(list: readonly { readonly name: string; readonly title: string }[]) {
  return { items: list.map(({ name, title }) => ({ name, title })) };
}

/** Where to go; what ties the sign-in to its browser or program is in a cookie, or in the answer. */
export function startedReply({ url, binding, cookie, expiresInSeconds }: Started) {
  return {
    status: 200 as const,
    cookies: cookie === undefined ? [] : [cookie],
    body: { url, expiresInSeconds, ...(binding !== undefined && { binding }) },
  };
}

export function loggedOutReply({ url, cookie }: LoggedOut) {
  const cookies = cookie === undefined ? [] : [cookie];
  return { status: 200 as const, cookies, body: { url: url ?? null } };
}
