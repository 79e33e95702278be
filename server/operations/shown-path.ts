/** A place in an input. Its names are the caller's: shown without what would change the text around them. */
export function shownPath(path: string): string {
  const text = path.slice(0, 200).toWellFormed();
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
