import {
  BreakingChangeType,
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLFieldMap,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  print,
} from 'graphql';
import { type Change, Report, type Spot } from '../diff/change.ts';
import type { RuleName } from '../diff/rules.ts';
import { canonical, UnreadableDocument } from '../diff/source.ts';

const breaks = BreakingChangeType;
const required: readonly string[] = [
  breaks.REQUIRED_ARG_ADDED,
  breaks.REQUIRED_INPUT_FIELD_ADDED,
  breaks.REQUIRED_DIRECTIVE_ARG_ADDED,
];
const changed: readonly string[] = [
  breaks.TYPE_CHANGED_KIND,
  breaks.FIELD_CHANGED_KIND,
  breaks.ARG_CHANGED_KIND,
];
const optional: readonly string[] = [
  DangerousChangeType.OPTIONAL_ARG_ADDED,
  DangerousChangeType.OPTIONAL_INPUT_FIELD_ADDED,
];
/** Found the other way around: what would be removed has come. */
const added: readonly string[] = [
  breaks.FIELD_REMOVED,
  breaks.TYPE_REMOVED,
  breaks.DIRECTIVE_REMOVED,
];

/** What changed between two schemas in SDL: graphql-js is the judge. @throws UnreadableDocument */
export function compareSchemas(before: string, after: string): Change[] {
  const [old, now] = [schemaOf(before, 'base'), schemaOf(after, 'head')];
  const report = new Report();
  const tell = (rule: RuleName, description: string) => {
    report.add(rule, spotOf(description.replace(/\.$/, '')), description);
  };
  for (const { type, description } of found(findBreakingChanges(old, now))) {
    tell(breakingRule(type), description);
  }
  for (const { type, description } of findDangerousChanges(old, now)) {
    tell(dangerousRule(type), description);
  }
  for (const { type, description } of found(findBreakingChanges(now, old))) {
    const isInput = isInputObjectType(now.getType(description.split('.')[0] ?? ''));
    const isNew = added.includes(type) && !(isInput && type === breaks.FIELD_REMOVED);
    if (isNew) tell('graphql-added', description.replace('was removed', 'is new'));
  }
  compareFields(report, old, now);
  return report.changes();
}

/** Without the scalars that every schema has, whether it names them or not. */
function found<Found extends { readonly description: string }>(changes: readonly Found[]): Found[] {
  return changes.filter(({ description }) => !description.startsWith('Standard scalar'));
}

function schemaOf(text: string, name: string): GraphQLSchema {
  try {
    return buildSchema(text);
  } catch (error) {
    throw new UnreadableDocument(`The schema of the ${name}: ${(error as Error).message}`);
  }
}

function spotOf(description: string): Spot {
  const at = `GraphQL: ${description}`;
  return { at, owner: at, side: 'output' };
}

function breakingRule(type: string): RuleName {
  if (required.includes(type)) return 'graphql-required-added';
  return changed.includes(type) ? 'graphql-type-changed' : 'graphql-removed';
}

function dangerousRule(type: string): RuleName {
  if (optional.includes(type)) return 'graphql-optional-added';
  const isDefault = type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE;
  return isDefault ? 'graphql-default-changed' : 'graphql-answer-widened';
}

/** What graphql-js passes over: who may use a field, and which ones are to go. */
function compareFields(report: Report, before: GraphQLSchema, after: GraphQLSchema): void {
  for (const [name, type] of Object.entries(before.getTypeMap())) {
    const now = after.getType(name);
    if (isInputObjectType(type) && isInputObjectType(now)) compareDefaults(report, type, now);
    if (!hasFields(type) || !hasFields(now) || name.startsWith('__')) continue;
    const fields: GraphQLFieldMap<unknown, unknown> = now.getFields();
    for (const [field, old] of Object.entries(type.getFields())) {
      const same = fields[field];
      if (same) compareField(report, `${name}.${field}`, old, same);
    }
  }
}

/** Of the fields of an input; graphql-js looks at those of arguments alone. */
function compareDefaults(report: Report, before: Input, after: Input): void {
  for (const [field, { defaultValue: from }] of Object.entries(before.getFields())) {
    const same = after.getFields()[field];
    const to = same?.defaultValue;
    if (!same || from === undefined || canonical([from]) === canonical([to])) continue;
    const what = to === undefined ? 'It has no default any more.' : 'It has another default.';
    report.add('graphql-default-changed', spotOf(`${before.name}.${field}`), what);
  }
}

type Input = GraphQLInputObjectType;

function hasFields(type: unknown) {
  return isObjectType(type) || isInterfaceType(type);
}

type Field = GraphQLFieldMap<unknown, unknown>[string];

function compareField(report: Report, name: string, before: Field, after: Field): void {
  const spot = spotOf(name);
  const [from, to] = [accessOf(before), accessOf(after)];
  if (from !== to && to === '') report.add('graphql-access-dropped', spot, `It was \`${from}\`.`);
  else if (from !== to) {
    report.add('graphql-access-changed', spot, `\`${from || 'nothing'}\` → \`${to}\`.`);
  }
  if (before.deprecationReason == null && after.deprecationReason != null) {
    report.add('graphql-deprecated', spot, `It is deprecated now: ${after.deprecationReason}.`);
  }
}

/** What `@auth` says of a field. */
function accessOf({ astNode }: Field): string {
  const access = astNode?.directives?.find(({ name }) => name.value === 'auth');
  if (!access) return '';
  // Arguments have no order.
  const args = (access.arguments ?? []).toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1));
  return print({ ...access, arguments: args });
}
