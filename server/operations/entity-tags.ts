import { hash } from 'node:crypto';
import { problem } from '../platform/problem-error.ts';

/** What a call says of the state that it depends on, by the names of HTTP's headers. */
export interface Preconditions {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
}

/** A strong tag (RFC 9110, 8.8.3): other bytes, another tag. */
export function tagOf(text: string): string {
  return `"${hash('sha256', text, 'base64url')}"`;
}

/** The tags that a header names; `*`: whatever there is. */
export type Tags = '*' | ReadonlySet<string>;

// RFC 9110, 8.8.3 and 5.6.1: a comma may stand in a tag, and elements of a list may be empty.
const tag = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;
const eachTag = new RegExp(tag, 'g');
const tagList = new RegExp(String.raw`^[\t ,]*(?:${tag}[\t ]*(?:,[\t ,]*|$))+$`);

/**
 * Who misspells a condition must not be taken for one who makes none.
 * @throws a problem `malformed_request`.
 */
export function readTags(header: string | undefined): Tags | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (text === '*') return '*';
  if (!tagList.test(text)) {
    const detail = 'If-Match and If-None-Match take tags in double quotes, or `*`.';
    throw problem('malformed_request', { detail });
  }
  return new Set(text.match(eachTag));
}

/** RFC 9110, 13.1.1. Ours are strong, and no weak one is the same as a strong one. */
export function matches(tags: Tags, current: string): boolean {
  return tags === '*' || tags.has(current);
}

/** RFC 9110, 13.1.2: compared weakly, so what a proxy has weakened still counts. */
export function matchesWeakly(tags: Tags, current: string): boolean {
  return matches(tags, current) || matches(tags, `W/${current}`);
}
