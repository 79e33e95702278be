import DataLoader from 'dataloader';
import type * as z from 'zod';
import type { RelationPlan } from '../../contract/document/graphql/plan.ts';
import type { Performing } from './performing.ts';
import { errorOf } from './problems.ts';

/** What the relations of one request load: each thing once, and what is wanted at once together. */
export class Loaders {
  readonly #known = new Map<string, Batch>();
  readonly #call: Performing;

  constructor(call: Performing) {
    this.#call = call;
  }

  /** @param key of the parent: one, or a list of them where the relation is to many. */
  load(plan: RelationPlan, key: unknown): Promise<unknown> | null {
    const batch = this.#batchOf(plan);
    return plan.isMany ? batch.many(key as unknown[]) : batch.one(key);
  }

  /** Forgets what was loaded. */
  clear(): void {
    this.#known.clear();
  }

  #batchOf(plan: RelationPlan): Batch {
    const { name } = plan.operation;
    const known = this.#known.get(name) ?? new Batch(plan, this.#call);
    this.#known.set(name, known);
    return known;
  }
}

/** Many parents lead to the same: each key is judged once, and each list of them put together once. */
class Batch {
  readonly #loader: DataLoader<string, unknown>;
  readonly #schema: z.ZodType;
  readonly #judged = new Map<unknown, boolean>();
  readonly #lists = new Map<string, Promise<unknown[]>>();

  constructor(plan: RelationPlan, call: Performing) {
    this.#loader = loaderOf(plan, call);
    const { shape } = plan.operation.route.query as z.ZodObject;
    this.#schema = shape[plan.loads.keys] as z.ZodType;
  }

  one(key: unknown): Promise<unknown> | null {
    return this.#isKey(key) ? this.#loader.load(key) : null;
  }

  many(keys: readonly unknown[]): Promise<unknown[]> {
    const name = keys.join();
    const known = this.#lists.get(name) ?? this.#listOf(keys);
    this.#lists.set(name, known);
    return known;
  }

  async #listOf(keys: readonly unknown[]): Promise<unknown[]> {
    const found = await this.#loader.loadMany(keys.filter((key) => this.#isKey(key)));
    const failed = found.find((one) => one instanceof Error);
    if (failed) throw failed;
    // What the caller may not see is not there.
    return found.filter((one) => one !== null);
  }

  /** A field may hold what is no key, as the actor `anonymous`: one of those would spoil the batch. */
  #isKey(key: unknown): key is string {
    const judged =
      this.#judged.get(key) ?? (typeof key === 'string' && this.#schema.safeParse(key).success);
    this.#judged.set(key, judged);
    return judged;
  }
}

function loaderOf(
  { operation, loads }: RelationPlan,
  { perform, caller }: Performing,
): DataLoader<string, unknown> {
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
