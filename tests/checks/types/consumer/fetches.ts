// The fetch of other packages, beside the types of Node.
import type { Connection, Fetch } from '@charter/client';
import nodeFetch from 'node-fetch';
import { Agent, fetch as undiciFetch } from 'undici';

const dispatcher: Agent = new Agent();

export const connections: readonly Connection[] = [
  { baseUrl: '', fetch: undiciFetch },
  { baseUrl: '', fetch: (url, init) => undiciFetch(url, { ...init, dispatcher }) },
  { baseUrl: '', fetch: nodeFetch },
];
export const fetches: readonly Fetch[] = [undiciFetch, nodeFetch];
