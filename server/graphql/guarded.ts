import {
  type ExecutionArgs,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphqlConfig } from '../config/graphql.ts';
import type { GraphqlMetrics } from '../platform/observability/graphql-metrics.ts';
import type { GraphqlContext } from './context.ts';
import { costOf } from './cost.ts';
import { costExcess, excessOf, parseWithin } from './limits.ts';
import { unconditionalSubscription } from './subscription-root.ts';
import type { Telling } from './told.ts';

interface Guarded {
  readonly config: Pick<GraphqlConfig, 'isOpen' | 'limits'>;
  readonly metrics: GraphqlMetrics;
  readonly tell: Telling;
}

/** What a reader of one answer can use; whoever sends more mistakes than that sends no honest document. */
const maxErrors = 10;

/**
 * What stands before an execution, the cheap before the dear: tokens while it is parsed, then the size
 * of what was parsed, then GraphQL's own rules, then the cost with the variables of this request.
 */
export function guarded({ config, metrics, tell }: Guarded): Plugin<GraphqlContext> {
  const { isOpen, limits } = config;
  const always = [...specifiedRules, unconditionalSubscription];
  const rules = isOpen ? always : [...always, NoSchemaIntrospectionCustomRule];
  const options = { maxErrors, hideSuggestions: !isOpen };

  function refused(args: ExecutionArgs): GraphQLError | undefined {
    const { schema, document, operationName, variableValues } = args;
    const operation = document.definitions.find((one) => one.kind === 'OperationDefinition');
    if (!operation || (operationName && operation.name?.value !== operationName)) {
      return new GraphQLError('The document has no operation of this name.');
    }
    const fragments = document.definitions.filter((one) => one.kind === 'FragmentDefinition');
    const cost = costOf({
      schema,
      operation,
      fragments: new Map(fragments.map((one) => [one.name.value, one])),
      variables: variableValues ?? {},
    });
    const excess = costExcess(cost, limits);
    if (!excess) metrics.recordCost(cost, operation.operation);
    return excess;
  }

  const stopExpensive = ({ args, setResultAndStopExecution: stop }: Stoppable) => {
    const error = refused(args);
    if (error) stop({ errors: [error] });
  };

  return {
    onParse: ({ setParseFn }) => {
      setParseFn((text) => parseWithin(text, limits));
    },
    onValidate: ({ params, setResult, setValidationFn }) => {
      const excess = excessOf(params.documentAST, limits);
      if (excess) setResult([excess]);
      setValidationFn((schema, document) => validate(schema, document, rules, options));
    },
    onExecute: stopExpensive,
    onSubscribe: stopExpensive,
    onExecutionResult: (answered) => {
      const { result, context } = answered;
      if (!result || !('errors' in result) || !result.errors) return;
      const isWhole = !('data' in result);
      // It is the server's own (`server.ts`).
      const { requestId } = context as unknown as GraphqlContext;
      answered.setResult({ ...result, errors: tell(result.errors, { requestId, isWhole }) });
    },
  };
}

interface Stoppable {
  readonly args: ExecutionArgs;
  readonly setResultAndStopExecution: (result: { errors: GraphQLError[] }) => void;
}
