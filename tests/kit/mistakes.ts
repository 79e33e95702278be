import { ConfigError, readConfig } from '../../server/config/config.ts';

/** What is wrong with these settings, all of it; nothing, where a service would start with them. */
export function mistakesOf(
  settings: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  try {
    readConfig({}, settings);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}
