/**
 * The bytes of a text in base64url, which has one form only (RFC 4648, 3.5 and 5): without padding,
 * foreign characters or bits that say nothing. Node's own decoding skips all of these, so that one
 * secret would have many spellings.
 */
export function fromBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
