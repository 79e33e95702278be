import DataLoader from 'dataloader';
import type * as z from 'zod';
import type { RelationPlan } from '../../contract/document/graphql/plan.ts';
import type { Performing } from './performing.ts';
import { errorOf } from './problems.ts';

type Loader = DataLoader<string, unknown>;

/** What the relations of one request load: each thing once, and what is wanted at once together. */
export class Loaders {
  readonly #known = new Map<string, Loader>();
  readonly #call: Performing;

  constructor(call: Performing) {
    this.#call = call;
  }

  /** @param key of the parent: one, or a list of them where the relation is to many. */
  async load(plan: RelationPlan, key: unknown): Promise<unknown> {
    const loader = this.#loaderOf(plan);
    if (!plan.isMany) return isKey(plan, key) ? loader.load(key) : null;
    const found = await loader.loadMany((key as unknown[]).filter((one) => isKey(plan, one)));
    const failed = found.find((one) => one instanceof Error);
    if (failed) throw failed;
    // What the caller may not see is not there.
    return found.filter((one) => one !== null);
  }

  /** Forgets what was loaded. */
  clear(): void {
    this.#known.clear();
  }

  #loaderOf(plan: RelationPlan): Loader {
    const { name } = plan.operation;
    const known = this.#known.get(name) ?? loaderOf(plan, this.#call);
    this.#known.set(name, known);
    return known;
  }
}

function loaderOf({ operation, loads }: RelationPlan, { perform, caller }: Performing): Loader {
  return new DataLoader<string, unknown>(
    async (keys) => {
      const query = { [loads.keys]: keys.join(',') };
      const outcome = await perform(operation.name, { caller, input: { query } });
      if (outcome.status >= 400) throw errorOf(outcome);
      const { items } = outcome.body as { items: Record<string, unknown>[] };
      const byKey = new Map(items.map((item) => [item[loads.by], item]));
      return keys.map((key) => byKey.get(key) ?? null);
    },
    { maxBatchSize: loads.most },
  );
}

/** A field may hold what is no key, as the actor `anonymous`: one of those would spoil the batch. */
function isKey({ operation, loads }: RelationPlan, value: unknown): value is string {
  const { shape } = operation.route.query as z.ZodObject;
  return typeof value === 'string' && (shape[loads.keys] as z.ZodType).safeParse(value).success;
}
