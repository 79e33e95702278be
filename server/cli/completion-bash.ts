import { functionName, type Place, quoted } from './completion-places.ts';

/**
 * Written for bash 3.2, too, which macOS has: no maps, no `mapfile`, and `eval`, as its `source <(…)` reads
 * nothing. Tried by bash 5.
 */
export function bashScript(name: string, places: readonly Place[]): string {
  const own = functionName(name);
  const known = places.filter(({ at }) => at !== '').map(({ at }) => quoted(at));
  return `# bash completion for ${name}. In ~/.bashrc: eval "$(${name} completion bash)"
${own}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local at= words= flags= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      ${known.join(' | ')}) at="$at \${COMP_WORDS[i]}" ;;
    esac
  done
  COMPREPLY=()
  case "$at $previous" in
${places.flatMap(behindFlags).join('\n')}
  esac
  case "$at" in
${places.map(here).join('\n')}
  esac
  if [[ -z $words || $current == -* ]]; then words="$words $flags"; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F ${own} ${name}
`;
}

function here({ at, words, flags }: Place): string {
  const list = (items: readonly { text: string }[]) =>
    quoted(items.map(({ text }) => text).join(' '));
  return `    ${quoted(at)}) words=${list(words)} flags=${list(flags)} ;;`;
}

/** What stands behind a flag is one of its choices, a file, or nothing that anybody could know. */
function behindFlags({ at, flags }: Place): string[] {
  return flags.flatMap(({ text, takes }) => {
    if (takes === undefined) return [];
    const place = `    ${quoted(`${at} ${text}`)})`;
    if (takes === 'text') return [`${place} return ;;`];
    if (takes !== 'file') {
      return [
        `${place} COMPREPLY=($(compgen -W ${quoted(takes.join(' '))} -- "$current")); return ;;`,
      ];
    }
    return [
      `${place} compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$current")); return ;;`,
    ];
  });
}
