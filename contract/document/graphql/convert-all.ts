import * as z from 'zod';
import type { Operation } from '../../kit/operations.ts';
import type { SchemaComponents } from '../components.ts';

/** Converts whatever operations take and answer: every component is known before types are made of them. */
export function convertAll(operations: readonly Operation[], schemas: SchemaComponents): void {
  for (const { route } of operations) {
    for (const response of Object.values(route.responses)) {
      if (response instanceof z.ZodType) schemas.convert(response, 'output');
    }
    if ('body' in route && route.body instanceof z.ZodType) schemas.convert(route.body, 'input');
  }
}
