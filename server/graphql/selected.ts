import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** Whether a field is asked for below this one, as `pageInfo.endCursor`; `@skip` is not judged. */
export function selects(info: GraphQLResolveInfo, path: string): boolean {
  const names = path.split('.');
  return info.fieldNodes.some(({ selectionSet }) => holds(selectionSet, names, info));
}

function holds(
  selections: SelectionSetNode | undefined,
  [name, ...rest]: readonly string[],
  info: GraphQLResolveInfo,
): boolean {
  if (name === undefined) return true;
  return (selections?.selections ?? []).some((selection) => {
    if (selection.kind === 'Field') {
      return selection.name.value === name && holds(selection.selectionSet, rest, info);
    }
    const fragment =
      selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
    return holds(fragment?.selectionSet, [name, ...rest], info);
  });
}
