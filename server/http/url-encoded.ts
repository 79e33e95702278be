import { parse } from 'node:querystring';

/** No text, so that the check of texts refuses it: Node's own decoder would make U+FFFD of it. */
export const undecodable = '\ud800';

/** What a query or a form says, values that come twice as lists. `100%` stays as it is written. */
export function parseUrlEncoded(
  text: string,
  { maxKeys = 1_000 }: { maxKeys?: number } = {},
): Readonly<Record<string, unknown>> {
  return parse(text, '&', '=', { maxKeys, decodeURIComponent: decode });
}

function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return undecodable;
    }
  });
}
