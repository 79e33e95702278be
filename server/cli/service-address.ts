import { CommandFailure } from './terminal.ts';

/**
 * Where a service is, as somebody has written it. What is wrong with it may be a password that stands in it:
 * it is never said again.
 * @param home where credentials belong instead, for whoever wrote them into the address.
 * @throws {CommandFailure} saying what to write.
 */
export function originOf(text: string, home: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new CommandFailure('That is no address: write https://api.example.com or http://….');
  }
  if (url.username !== '' || url.password !== '') {
    throw new CommandFailure(
      `The address holds credentials, which others can read there. They belong into ${home}, or into a file.`,
    );
  }
  if (url.pathname === '/' && url.search === '' && url.hash === '') return url.origin;
  throw new CommandFailure('Write the address of the service alone, without a path behind it.');
}
