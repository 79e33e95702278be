import * as z from 'zod';

/** What a section may look at beside its own settings. */
export interface Mode {
  readonly isProduction: boolean;
  /** Whether a mail reaches somebody: its reader, or a developer who looks at the preview. */
  readonly hasMail: boolean;
}

/**
 * The settings of one part of the service: how each is written in the environment, and where the
 * code reads it. Nothing else maps a setting.
 */
export interface Section<Shape extends z.ZodRawShape, Built> {
  readonly settings: Shape;
  /** All of them. Made once: zod compiles an object when it first reads with it. */
  readonly schema: z.ZodObject<Shape>;
  readonly build: (given: z.output<z.ZodObject<Shape>>, mode: Mode) => Built;
  /** What is wrong together, wherever the service runs. It sees what `refuse` sees. */
  readonly disagree?: (given: Partial<z.output<z.ZodObject<Shape>>>) => string[];
  /**
   * What is wrong in production though it is well written: `SETTING: what to do`. It sees the
   * settings that are well written, so that a mistake in one hides none in another.
   */
  readonly refuse?: (given: Partial<z.output<z.ZodObject<Shape>>>, mode: Mode) => string[];
  /** What works but deserves a look. */
  readonly warn?: (built: Built, mode: Mode) => string[];
}

/** Keeps the types of a section. */
export function section<const Shape extends z.ZodRawShape, Built>(
  parts: Omit<Section<Shape, Built>, 'schema'>,
): Section<Shape, Built> {
  return { ...parts, schema: z.object(parts.settings) };
}

/** `[text]` where the condition holds, else nothing: for lists of mistakes and warnings. */
export function when(condition: boolean, text: string): string[] {
  return condition ? [text] : [];
}
