// Domain names in e-mail addresses. The platform's URL maps an international name to ASCII, but
// takes one that is in ASCII already as it is: whether `xn--…` means anything is asked here.

/** An international domain in ASCII, after the mapping of the platform (UTS 46). */
export function asciiDomain(domain: string): string {
  if (/^[a-z0-9.-]*$/.test(domain)) return domain;
  // A domain with URL syntax in it is none.
  if (/[/?#:@\\[\]%\s]/.test(domain)) return domain;
  return hostOf(domain) ?? domain;
}

/** Whether each label that announces an international one is its only ASCII form (RFC 5891, 4.4). */
export function hasGoodLabels(domain: string): boolean {
  return domain.split('.').every((label) => !label.startsWith('xn--') || isInternational(label));
}

function isInternational(label: string): boolean {
  const meant = fromPunycode(label.slice('xn--'.length));
  return meant !== undefined && hostOf(meant) === label;
}

function hostOf(domain: string): string | undefined {
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : undefined;
}

// RFC 3492, 5.
const [base, minThreshold, maxThreshold, skew, damp] = [36, 1, 26, 38, 700];
const [initialBias, initialCodePoint] = [72, 128];
const digits = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** RFC 3492, 6.2; undefined for what nobody encoded. */
export function fromPunycode(text: string): string | undefined {
  const end = text.lastIndexOf('-');
  const decoded = end > 0 ? Array.from(text.slice(0, end)) : [];
  let rest = Array.from(text.slice(end + 1));
  let [codePoint, bias, at, isFirst] = [initialCodePoint, initialBias, 0, true];
  while (rest.length > 0) {
    const read = readNumber(rest, bias);
    if (!read) return undefined;
    const places = decoded.length + 1;
    bias = adapted(read.value, places, isFirst);
    isFirst = false;
    codePoint += Math.floor((at + read.value) / places);
    if (codePoint > 0x10_ff_ff) return undefined;
    at = (at + read.value) % places;
    decoded.splice(at, 0, String.fromCodePoint(codePoint));
    at += 1;
    rest = read.rest;
  }
  return decoded.join('');
}

/** A number of variable length: digits up to the first one below its threshold. */
function readNumber(text: readonly string[], bias: number) {
  let [value, weight] = [0, 1];
  for (const [index, character] of text.entries()) {
    const digit = digits.indexOf(character);
    if (digit === -1) return undefined;
    value += digit * weight;
    const position = base * (index + 1) - bias;
    const threshold = Math.min(Math.max(position, minThreshold), maxThreshold);
    if (digit < threshold) return { value, rest: text.slice(index + 1) };
    weight *= base - threshold;
  }
  return undefined;
}

function adapted(delta: number, places: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? damp : 2));
  rest += Math.floor(rest / places);
  let steps = 0;
  for (; rest > ((base - minThreshold) * maxThreshold) / 2; steps += base) {
    rest = Math.floor(rest / (base - minThreshold));
  }
  return steps + Math.floor(((base - minThreshold + 1) * rest) / (rest + skew));
}
