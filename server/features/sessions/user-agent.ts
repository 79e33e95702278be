/** The first that fits: each of these names the ones below it as well. */
const browsers = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;

const systems = [
  [/\bWindows\b/, 'Windows'],
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

/**
 * The kind of program behind a `User-Agent`, without what every update changes: `Firefox on Linux`,
 * or the name of a program that is no browser.
 */
export function familyOf(userAgent: string | null): string {
  if (!userAgent) return 'unknown program';
  const find = (table: typeof browsers | typeof systems) =>
    table.find(([pattern]) => pattern.test(userAgent))?.[1];
  const program = find(browsers) ?? /^[^\s/(]{1,40}/.exec(userAgent)?.[0] ?? 'unknown program';
  const system = find(systems);
  return system === undefined ? program : `${program} on ${system}`;
}
