import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { schemaName } from './names.ts';
import type { Operation } from './operations.ts';
import { componentOf, type JsonSchema, schemaBehind } from './types.ts';

/** The type of a page's items; nothing for an operation that is not paged (`x-page`). */
export function itemNameOf(document: OpenApiDocument, operation: Operation): string | undefined {
  if (!operation.source['x-page']) return undefined;
  const page = operation.replies.find(({ status }) => status === 200)?.schema;
  const item = arrayItem(schemaBehind(document, page).properties?.items);
  if (!item?.$ref) throw new Error(`${operation.name}: the items of a page need a named schema`);
  return schemaName(componentOf(item.$ref));
}

function arrayItem(items: JsonSchema | undefined): JsonSchema | undefined {
  return typeof items?.items === 'object' ? items.items : undefined;
}
