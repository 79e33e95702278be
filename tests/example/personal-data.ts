import type { PersonalData } from '../../server/platform/personal-data.ts';
import { Task } from './model.ts';

/** Which tasks somebody was to do. They stay when the account goes, for somebody else. */
export const taskData: PersonalData = {
  name: 'tasks',
  tables: ['example_tasks'],
  read: async (db, userId) => {
    const own = await Task.query(db).where({ assigneeId: userId }).orderBy('id');
    return own.map(({ title, dueAt, finishedAt }) => ({ title, dueAt, finishedAt }));
  },
  erase: async (tx, userId) => {
    const own = () => Task.query(tx).where({ assigneeId: userId });
    // In the order in which everybody locks several.
    await own().orderBy('id').forNoKeyUpdate();
    await own().patch({ assigneeId: null });
  },
};
