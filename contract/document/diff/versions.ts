/** `0.9.1` is older than `0.10.0`. What is no version of three numbers cannot be told. */
export function isOlder(version: string, than: string): boolean {
  const [from, to] = [numbersOf(version), numbersOf(than)];
  if (!from || !to) return false;
  const at = from.findIndex((number, index) => number !== to[index]);
  return at !== -1 && Number(from[at]) < Number(to[at]);
}

function numbersOf(version: string): readonly number[] | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return found ? found.slice(1).map(Number) : undefined;
}
