const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** A span as a reader would say it: `10 minutes`, `24 hours`, `7 days`. */
export function inWords(seconds: number, locale = 'en'): string {
  // A whole day is still told in hours: "24 hours" leaves no doubt about when it ends.
  const fitting = units.find(([, size]) => seconds % size === 0 && seconds / size > 1);
  const [unit, size] = fitting ?? ['minute', 60];
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.max(1, Math.round(seconds / size)));
}

/** An instant as its reader's clock shows it: `21 November 2026 at 13:00 (Europe/Vienna)`. */
export function instantInWords(instant: string, timeZone: string | null, locale = 'en-GB'): string {
  const zone = timeZone ?? 'UTC';
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: zone } as const;
  return `${new Intl.DateTimeFormat(locale, format).format(new Date(instant))} (${zone})`;
}
