import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { type FieldPlan, planOf } from '../../contract/document/graphql/plan.ts';
import { usualLimit } from '../../contract/kit/lists.ts';

/** What one request costs, in rows that are read for it and calls that read them. */
export interface Asked {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A change hashes, locks, audits and tells; it reads little. */
const changeCost = 10;
/** The whole schema may be told. */
const descriptionCost = 100;
/** What a list holds that says nowhere how much: most hold fewer. */
const usualItems = 20;
/** What a thing has of others. */
const usualRelated = 5;

/**
 * After the plans of the fields: a call costs one, each row of the page that it asks for another, and a
 * relation one for each thing it may load and for each batch of them. Plain fields come with their row.
 */
export function costOf(asked: Asked): number {
  const root = asked.schema.getRootType(asked.operation.operation);
  return root ? below(asked, asked.operation.selectionSet, root, 1) : 0;
}

/** @param things of this type there may be. */
function below(
  asked: Asked,
  set: SelectionSetNode | undefined,
  type: GraphQLNamedType,
  things: number,
): number {
  let cost = 0;
  for (const selection of set?.selections ?? []) {
    if (selection.kind === 'Field') {
      cost += fieldCost(asked, selection, type, things);
      continue;
    }
    const fragment =
      selection.kind === 'InlineFragment' ? selection : asked.fragments.get(selection.name.value);
    const condition = fragment?.typeCondition?.name.value;
    const narrowed = condition === undefined ? type : (asked.schema.getType(condition) ?? type);
    cost += below(asked, fragment?.selectionSet, narrowed, things);
  }
  return cost;
}

function fieldCost(asked: Asked, node: FieldNode, type: GraphQLNamedType, things: number): number {
  const name = node.name.value;
  if (name === '__schema' || name === '__type') return descriptionCost;
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (!field) return 0;
  const { own, each } = price(planOf(field.extensions), { asked, node, field, things });
  return own + below(asked, node.selectionSet, getNamedType(field.type), each);
}

interface Priced {
  readonly asked: Asked;
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
  readonly things: number;
}

/** What a field costs itself, and of how many things the fields below it tell. */
function price(plan: FieldPlan | undefined, { asked, node, field, things }: Priced) {
  if (!plan) return { own: 0, each: things };
  if (plan.kind === 'relation') {
    const { isMany, loads } = plan.plan;
    const each = things * (isMany ? usualRelated : 1);
    return { own: each + Math.ceil(each / loads.most), each };
  }
  // Each event is one thing, and comes when it happens.
  if (plan.kind === 'live') return { own: 1, each: 1 };
  const { answer, results } = plan.plan;
  if (results) return { own: changeCost, each: 1 };
  if (answer === 'one') return { own: 1, each: 1 };
  const rows = answer === 'page' ? rowsOf(asked, node, field) : usualItems;
  return { own: 1 + rows, each: rows };
}

/** What `first` says, whichever way; what it may not say is refused by the operation. */
function rowsOf(asked: Asked, node: FieldNode, field: Priced['field']): number {
  const takesFirst = field.args.some(({ name }) => name === 'first');
  const argument = node.arguments?.find(({ name }) => name.value === 'first');
  const given = takesFirst && argument ? numberIn(asked, argument.value) : undefined;
  return Math.max(0, given ?? usualLimit);
}

function numberIn({ operation, variables }: Asked, value: ValueNode): number | undefined {
  if (value.kind === 'IntValue') return Number(value.value);
  if (value.kind !== 'Variable') return undefined;
  const name = value.name.value;
  const given = variables[name];
  if (given !== undefined) return typeof given === 'number' ? given : undefined;
  const declared = operation.variableDefinitions?.find((one) => one.variable.name.value === name);
  const usual = declared?.defaultValue;
  return usual?.kind === 'IntValue' ? Number(usual.value) : undefined;
}
