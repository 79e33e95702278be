/**
 * `attachment` with a name that is safe to save under (RFC 6266): the plain parameter for everybody,
 * and RFC 8187's for names beyond ASCII.
 */
export function attachment(fileName: string): string {
  const name = safeName(fileName);
  const plain = name.replaceAll(/[^ -~]/g, '_').replaceAll(/["\\%]/g, '_');
  const extended = plain === name ? '' : `; filename*=UTF-8''${encoded(name)}`;
  return `attachment; filename="${plain}"${extended}`;
}

/** No folder, nothing invisible, nothing that a file system or a shell gives a meaning. */
function safeName(fileName: string): string {
  const name = fileName
    .toWellFormed()
    // Control and format characters (a right-to-left override hides an ending), separators, wildcards.
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]/gu, '_')
    // A leading dot hides a file; trailing dots and spaces are dropped by Windows.
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  return Array.from(name).slice(0, 150).join('') || 'download';
}

/** RFC 8187, 3.2.1: what is no `attr-char` is percent-encoded, also where a URL would leave it. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
