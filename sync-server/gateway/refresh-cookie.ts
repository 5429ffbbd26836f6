import type { Request, Response } from 'express';
import type { OpenedSession } from '../accounts/sessions.ts';
import { refusals } from './http-refusal.ts';

/**
 * Where a page keeps its refresh token: a cookie that no script can read, that is sent to nothing but the place that takes
 * it, and never from another site. Everything else needs a token in a header, so there is nothing to forge elsewhere.
 */
export type RefreshCookie = {
  readonly set: (response: Response, opened: OpenedSession) => void;
  /** Leaves it alone when a page of another site asks: nobody is signed out by a form there. */
  readonly clear: (response: Response) => void;
  /** @throws {HttpRefusal} when a page of another site asks */
  readonly read: (request: Request) => string | undefined;
  /** For forms that set the cookie. @throws {HttpRefusal} when a page of another site sends it */
  readonly refuseForeign: (request: Request) => void;
};

const NAME = 'streamwall_refresh';
const PATH = '/api/v1/tokens';

/** @param ownOrigins besides the address that was asked */
export function createRefreshCookie(isHttps: boolean, ownOrigins: readonly string[]): RefreshCookie {
  const options = { httpOnly: true, sameSite: 'strict', path: PATH, secure: isHttps } as const;
  const isForeign = (request: Request): boolean => {
    const origin = request.get('origin');
    const own = [`${request.protocol}://${request.get('host') ?? ''}`, ...ownOrigins];
    return origin !== undefined && !own.includes(origin);
  };
  const refuseForeign = (request: Request): void => {
    if (isForeign(request)) throw refusals.forbidden();
  };
  return {
    set: (response, { refreshToken, refreshExpiresAtMs }) => {
      response.cookie(NAME, refreshToken, { ...options, expires: new Date(refreshExpiresAtMs) });
    },
    clear: (response) => {
      if (!isForeign(response.req)) response.clearCookie(NAME, options);
    },
    read: (request) => {
      const [, value] = new RegExp(`(?:^|;\\s*)${NAME}=([^;]+)`).exec(request.get('cookie') ?? '') ?? [];
      if (value === undefined) return undefined;
      refuseForeign(request);
      return value;
    },
    refuseForeign,
  };
}
