import { type Flag, functionName, type Place } from './completion-places.ts';

export function fishScript(name: string, places: readonly Place[]): string {
  const isAt = `_${functionName(name)}_is_at`;
  const known = places.filter(({ at }) => at !== '').map(({ at }) => quoted(at));
  const lines = places.flatMap(({ at, words, flags }) => {
    const where = `complete -c ${name} -n ${quoted(`${isAt} ${quoted(at)}`)}`;
    return [
      ...words.map(({ text, means }) => `${where} -a ${quoted(text)} -d ${quoted(means)}`),
      ...flags.map((flag) => `${where} ${optionOf(flag)} -d ${quoted(flag.means)}`),
    ];
  });
  return `# fish completion for ${name}. Once: ${name} completion fish > ~/.config/fish/completions/${name}.fish
function ${isAt}
  set -l at ''
  for word in (commandline -opc)[2..-1]
    switch "$at $word"
      case ${known.join(' ')}
        set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
complete -c ${name} -f
${lines.join('\n')}
`;
}

function optionOf({ text, takes }: Flag): string {
  const long = `-l ${text.replace(/^--/, '')}`;
  if (takes === undefined) return long;
  if (takes === 'file') return `${long} -r -F`;
  return takes === 'text' ? `${long} -x` : `${long} -x -a ${quoted(takes.join(' '))}`;
}

/** fish knows two escapes in single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
