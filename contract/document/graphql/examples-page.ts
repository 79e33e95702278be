import type { GraphQLSchema } from 'graphql';
import { exampleOf, type Root } from './example.ts';
import { planOf } from './plan.ts';

const head = `<!-- Generated from the contract by \`npm run generate\`. Do not edit. -->

# GraphQL, field by field

Every field of \`Query\` and \`Mutation\` with a document that asks for it, made of the examples of the contract; a
test runs each, with ids of things that are there in place of those that are invented here. What they mean is told in
[GraphQL](graphql.md), and the whole schema is [schema.graphql](schema.graphql). Subscriptions: [live events](live-events.md#over-graphql).
`;

/** The page of examples. */
export function examplesPage(schema: GraphQLSchema): string {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const;
  return head + roots.map(([root, type]) => sectionsOf(root, type)).join('');
}

function sectionsOf(root: Root, type: ReturnType<GraphQLSchema['getQueryType']>): string {
  const fields = Object.values(type?.getFields() ?? {}).toSorted((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  const sections = fields.flatMap((field) => {
    const found = planOf(field.extensions);
    if (found?.kind !== 'operation') return [];
    const { operation } = found.plan;
    const { query, variables } = exampleOf(root, field, found.plan);
    const hasVariables = Object.keys(variables).length > 0;
    const json = hasVariables ? fenced('json', JSON.stringify(variables, null, 2)) : '';
    const title = `### ${field.name}\n\n${operation.route.summary}: \`${operation.name}\`.`;
    return [`\n${title}\n\n${fenced('graphql', query)}${json}`];
  });
  return `\n## ${root === 'query' ? 'Queries' : 'Mutations'}\n${sections.join('')}`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}
