import type { Platform } from '../../server/platform/platform.ts';
import { projectsHandlers } from './handlers.ts';
import { projectConstraints } from './model.ts';
import { taskData } from './personal-data.ts';
import { Projects } from './service.ts';

export function projectsFeature(platform: Platform) {
  return {
    handlers: projectsHandlers(new Projects(platform)),
    constraints: projectConstraints,
    personalData: [taskData],
  };
}
