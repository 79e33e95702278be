import { functionName, type Place, quoted, type Word } from './completion-places.ts';

export function zshScript(name: string, places: readonly Place[]): string {
  const own = functionName(name);
  const known = places.filter(({ at }) => at !== '').map(({ at }) => quoted(at));
  return `#compdef ${name}
# zsh completion for ${name}. In ~/.zshrc, behind compinit: source <(${name} completion zsh)
${own}() {
  local at= i
  local -a commands flags
  for ((i = 2; i < CURRENT; i++)); do
    case "$at $words[i]" in
      ${known.join(' | ')}) at="$at $words[i]" ;;
    esac
  done
  case "$at $words[CURRENT-1]" in
${places.flatMap(behindFlags).join('\n')}
  esac
  case "$at" in
${places.map(here).join('\n')}
  esac
  (( $#commands )) && _describe command commands
  if [[ $#commands -eq 0 || $PREFIX == -* ]]; then _describe -o flag flags; fi
}
if [[ $funcstack[1] == ${own} ]]; then ${own} "$@"; else compdef ${own} ${name}; fi
`;
}

function here({ at, words, flags }: Place): string {
  return `    ${quoted(at)}) commands=(${list(words)}) flags=(${list(flags)}) ;;`;
}

/** `_describe` takes word:meaning. */
function list(items: readonly Word[]): string {
  return items
    .map(({ text, means }) => quoted(`${text.replaceAll(':', '\\:')}:${means}`))
    .join(' ');
}

function behindFlags({ at, flags }: Place): string[] {
  return flags.flatMap(({ text, takes }) => {
    if (takes === undefined) return [];
    const place = `    ${quoted(`${at} ${text}`)})`;
    if (takes === 'text') return [`${place} return ;;`];
    if (takes === 'file') return [`${place} _files; return ;;`];
    return [`${place} compadd -- ${takes.map(quoted).join(' ')}; return ;;`];
  });
}
