import { resolve } from 'node:path';
import express, { Router, type Express } from 'express';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { Accounts } from '../accounts/create-accounts.ts';
import type { Quotas } from '../accounts/quotas.ts';
import type { RequestMeter } from '../accounts/request-meter.ts';
import type { ServerConfig } from '../config.ts';
import type { AdminInsides } from './admin/admin-parts.ts';
import { adminRoutes } from './admin/admin-routes.ts';
import type { ActOnWall } from './admin/document-routes.ts';
import { auditRequests } from './audit-requests.ts';
import { answerErrors, answerNotFound } from './answer-errors.ts';
import { controlPages } from './control-pages.ts';
import { healthRoutes, type HealthParts } from './health-routes.ts';
import { holdWrites } from './hold-writes.ts';
import { createHttpDoor } from './http-door.ts';
import { invitePage } from './invite-page.ts';
import { inviteRoutes } from './invite-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { logInRoutes } from './log-in-routes.ts';
import { meRoutes } from './me-routes.ts';
import { plainAddress, readPlainJson } from './plain-input.ts';
import { createRefreshCookie } from './refresh-cookie.ts';
import { createRestApi, type RestApiParts } from './rest-v1/create-rest-api.ts';
import { logRequests, type RequestWatch } from './request-log.ts';
import { allowOrigins, securityHeaders } from './security-headers.ts';
import { sessionRoutes } from './session-routes.ts';
import { signUpRoutes } from './sign-up-routes.ts';
import { userAccessRoutes } from './user-access-routes.ts';
import { userRoutes } from './user-routes.ts';

export type HttpConfig = Pick<
  ServerConfig,
  'tls' | 'publicUrl' | 'mayAnybodySignUp' | 'corsOrigins' | 'proxies'
>;

export type HttpParts = Pick<HealthParts, 'examine' | 'metrics'> & {
  readonly config: HttpConfig;
  readonly accounts: Accounts;
  readonly quotas: Quotas;
  /** Counts requests by person and key. */
  readonly meter: RequestMeter;
  readonly insides: AdminInsides;
  /** The catalogue over HTTP; undefined where there are no tables for it. */
  readonly rest: RestApiParts | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watch: RequestWatch;
  /** Where the server listens, for links; known once it does. */
  readonly ownUrl: () => string;
};

const MAX_BODY = '256kb';
/** Where the build puts the control room for browsers. */
const CONTROL_PAGES = resolve(import.meta.dirname, '../../out/web');

/** Everything that the server says over HTTP. */
export function createHttpApp(parts: HttpParts): Express {
  const { config, accounts, quotas, meter, insides, clock, logger, watch } = parts;
  const { flags } = insides;
  const isHttps = config.tls !== undefined || (config.publicUrl?.startsWith('https:') ?? false);
  const door = createHttpDoor({
    ...{ signIn: accounts.signIn, meter, quotas, clock },
    pauseOf: (actor) => flags.pauseOf(actor),
  });
  const cookie = createRefreshCookie(isHttps, config.publicUrl === undefined ? [] : [config.publicUrl]);
  const linkTo = (token: string): string => `${config.publicUrl ?? parts.ownUrl()}/invite/${token}`;
  const routeParts = { accounts, door, cookie, clock, logger };

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.proxies);
  app.use(logRequests(logger, clock, watch), securityHeaders(isHttps));
  app.use(healthRoutes({ ...parts, clock }));
  app.use(
    holdWrites(
      () => flags.maintenance(),
      () => clock.nowMs(),
    ),
  );
  app.use(auditRequests(insides.audit, door));
  app.use(invitePage(routeParts));

  const rest = parts.rest && createRestApi(parts.rest, door);
  if (rest !== undefined) app.use(rest.pages);
  const api = Router();
  api.use(allowOrigins(config.corsOrigins));
  if (rest !== undefined) api.use(rest.api);
  api.use(plainAddress, readPlainJson(MAX_BODY));
  api.use(logInRoutes(routeParts), sessionRoutes(routeParts), meRoutes({ ...routeParts, quotas }));
  api.use(signUpRoutes({ ...routeParts, mayAnybodySignUp: config.mayAnybodySignUp }));
  api.use(userRoutes(routeParts), userAccessRoutes(routeParts));
  api.use(inviteRoutes({ ...routeParts, linkTo }), keyRoutes(routeParts));
  const actOnWall = parts.rest && actOn(parts.rest);
  api.use(adminRoutes({ ...insides, door, clock, examine: parts.examine, actOnWall, catalogue: parts.rest }));
  app.use('/api/v1', api);

  app.use(controlPages(CONTROL_PAGES));
  app.use(answerNotFound);
  app.use(answerErrors((error, requestId) => logger.error('a request failed', { requestId, error })));
  return app;
}

/** Restoring is an edit like any other: of the streams on a wall that turned out to be one, the one that is shown comes back. */
const actOn =
  ({ walls, desk }: Pick<RestApiParts, 'walls' | 'desk'>): ActOnWall =>
  async (wall, account, command) =>
    walls.act(wall, account, command, await desk.write(account, (pen) => pen.catalogue.view().resolve));
