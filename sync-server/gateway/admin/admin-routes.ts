import { Router } from 'express';
import type { AdminParts } from './admin-parts.ts';
import { auditRoutes } from './audit-routes.ts';
import { bringBackRoutes, type CatalogueParts } from './bring-back-routes.ts';
import { documentRoutes, type ActOnWall } from './document-routes.ts';
import { flagRoutes } from './flag-routes.ts';
import { overviewRoutes } from './overview-routes.ts';
import { makeRoleTable } from './role-table.ts';
import { snapshotRoutes } from './snapshot-routes.ts';

/** @property catalogue, actOnWall undefined where nothing can be written over HTTP */
type Parts = AdminParts & {
  readonly actOnWall: ActOnWall | undefined;
  readonly catalogue: CatalogueParts | undefined;
};

/** Everything that the admin's pages ask for, beside accounts, keys and the catalogue. */
export function adminRoutes(parts: Parts): Router {
  const { door, auditStore, names } = parts;
  const router = Router();
  router.use(overviewRoutes(parts), flagRoutes(parts));
  router.use(documentRoutes(parts), snapshotRoutes(parts), bringBackRoutes(parts));
  router.use(auditRoutes({ door, names, audit: auditStore }));

  /** Whoever is in may know what the roles are. */
  router.get('/roles', async (request, response) => {
    await door.signedIn(request);
    response.json({ rows: makeRoleTable() });
  });
  return router;
}
