import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  type SelectionNode,
  type ValidationContext,
} from 'graphql';

const conditions = new Set(['skip', 'include']);

/**
 * A subscription has one field at its root, and whether it is there is no question of a variable: what
 * executes it falls over a root without one (GraphQL, September 2025, 5.2.4.1).
 */
export function unconditionalSubscription(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: ({ operation, selectionSet }) => {
      if (operation !== 'subscription') return;
      for (const node of atRoot(selectionSet.selections, context, new Set())) {
        const found = node.directives?.find(({ name }) => conditions.has(name.value));
        if (!found) continue;
        const says = `@${found.name.value} cannot be used at the root of a subscription.`;
        context.reportError(new GraphQLError(says, { nodes: found }));
      }
    },
  };
}

/** What stands there, and what is spread there; each fragment once. */
function atRoot(
  selections: readonly SelectionNode[],
  context: ValidationContext,
  seen: Set<FragmentDefinitionNode>,
): SelectionNode[] {
  return selections.flatMap((node) => {
    if (node.kind === 'Field') return [node];
    if (node.kind === 'InlineFragment') {
      return [node, ...atRoot(node.selectionSet.selections, context, seen)];
    }
    const fragment = context.getFragment(node.name.value);
    if (!fragment || seen.has(fragment)) return [node];
    seen.add(fragment);
    return [node, ...atRoot(fragment.selectionSet.selections, context, seen)];
  });
}
