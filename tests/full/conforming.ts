import { expect } from 'vitest';
import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { type Driven, drive } from '../conformance/drive.ts';
import { readDocument } from '../kit/document.ts';
import { openService } from '../kit/open-service.ts';

/** A process of the service, and so many requests made of the document that it hands out. */
export async function conform(
  requests: number,
  seed: number,
  onStep = (_done: number) => {},
): Promise<Driven> {
  const { url, process, callers } = await openService();
  const answer = await fetch(`${url}/api/v1/openapi.json`);
  const read = readDocument((await answer.json()) as OpenApiDocument);
  const driven = await drive({ url, read, requests, seed, callers, onStep });
  expect(process.child.exitCode).toBe(null);
  expect(process.output().match(/^.*("level":"fatal"|"status":5\d\d).*$/gm) ?? []).toEqual([]);
  return driven;
}
