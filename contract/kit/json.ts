/** An object of JSON, such as a part of the OpenAPI document. */
export type Json = Record<string, unknown>;
