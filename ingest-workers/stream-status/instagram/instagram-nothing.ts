import { noAnswer } from '../reading.ts';
import { sameForAll, type StatusRoute } from '../status-route.ts';

/** Instagram tells nobody without a login, and we have none: it is not asked, so that it need not turn us away. */
export const instagramNothing: StatusRoute = {
  name: 'Instagram (not asked)',
  hostOf: () => 'www.instagram.com',
  canRead: () => true,
  batchSize: 100,
  concurrency: 1,
  spacingMs: 0,
  read: (subjects) =>
    Promise.resolve(
      sameForAll(subjects, noAnswer('login', 'Instagram shows who is live only after a login.', 'not asked')),
    ),
};
