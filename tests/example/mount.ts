import type { Mount } from '../../server/app.ts';
import { startApp, type TestApp } from '../kit/app.ts';
import { projects } from './contract.ts';
import { projectsFeature } from './feature.ts';
import { up } from './migration.ts';

/**
 * A noun beside our own, in files as docs/adding-a-feature.md places them. What is mounted cannot
 * add to the closed catalogues of permissions and problems: `users:manage` and `role_name_taken`
 * stand in for its own. And it leaves the names `projects` and `tasks` to whoever adds them.
 */
const mount: Mount = (platform) => ({
  contract: { exampleProjects: projects },
  tags: { exampleProjects: 'Projects, and the tasks that belong to them.' },
  features: { exampleProjects: projectsFeature(platform) },
});

export async function startExample(): Promise<TestApp> {
  const app = await startApp({}, { mount });
  await up(app.db);
  return app;
}
