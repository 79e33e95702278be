/** The headers of a request that came in: `Headers`, or those of a request in Node. */
export type ReceivedHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** One of them, by its name in small letters. */
export function headerOf(headers: ReceivedHeaders, name: string): string | undefined {
  if (typeof headers.get === 'function') return headers.get(name) ?? undefined;
  const record = headers as Readonly<Record<string, string | readonly string[] | undefined>>;
  const found = record[name] ?? record[Object.keys(record).find(isNamed(name)) ?? name];
  return typeof found === 'string' ? found : found?.[0];
}

const isNamed = (name: string) => (given: string) => given.toLowerCase() === name;
