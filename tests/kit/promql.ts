/** A metric that an expression reads, and the labels that it looks for there. */
export interface Reading {
  readonly name: string;
  readonly labels: readonly string[];
}

const words = new Set(['and', 'or', 'unless', 'bool', 'offset']);

/** What an expression of PromQL reads. */
export function readingsOf(expression: string): Reading[] {
  const plain = expression
    .replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, '')
    .replace(/\[[^\]]*\]/g, '');
  const found = plain.matchAll(/\b([a-z_:][\w:]*)\s*(?:\{([^}]*)\})?(?!\w|\s*\()/gi);
  return [...found]
    .filter(([, name = '']) => !words.has(name))
    .map(([, name = '', matchers = '']) => ({
      name,
      labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label = '']) => label),
    }));
}

/** The labels that it groups by. */
export function groupsOf(expression: string): string[] {
  const clauses = [...expression.matchAll(/\b(?:by|without)\s*\(([^)]*)\)/g)];
  return clauses.flatMap(([, list = '']) => list.split(',').map((label) => label.trim()));
}

/** What a scrape holds: each series by its name, with the labels that it can have. */
export function seriesIn(lines: readonly string[]): Map<string, Set<string>> {
  const series = new Map<string, Set<string>>();
  for (const line of lines) {
    const [, name = '', labels = ''] = /^([\w:]+)(?:\{(.*)\})? /.exec(line) ?? [];
    const known = series.get(name) ?? new Set<string>();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    series.set(name, known);
  }
  return series;
}

/** The metric that a series belongs to: a histogram has three. */
export function metricOf(series: string): string {
  return series.replace(/_(bucket|sum|count)$/, '');
}
