import type { InputError } from '../../contract/kit/problems.ts';
import { shownPath } from './shown-path.ts';

/** Where a part of the input holds text that PostgreSQL cannot store: NUL, lone surrogates. */
export function unstorableText(part: InputError['in'], value: unknown): InputError[] {
  const errors: InputError[] = [];
  // A list of what is still to see, not recursion: nesting must not exhaust the stack.
  const pending: { value: unknown; path: string }[] = [{ value, path: '' }];
  for (let item = pending.pop(); item; item = pending.pop()) {
    if (isUnstorable(item.value)) errors.push(inputError(part, item.path));
    if (typeof item.value !== 'object' || item.value === null) continue;
    for (const [key, child] of Object.entries(item.value)) {
      if (isUnstorable(key)) errors.push(inputError(part, item.path));
      else pending.push({ value: child, path: item.path ? `${item.path}.${key}` : key });
    }
  }
  return errors;
}

function isUnstorable(value: unknown): boolean {
  return typeof value === 'string' && (value.includes('\0') || !value.isWellFormed());
}

function inputError(part: InputError['in'], path: string): InputError {
  return {
    in: part,
    path: shownPath(path),
    code: 'invalid_text',
    message: 'NUL, unpaired surrogates and broken UTF-8 are not text',
  };
}
