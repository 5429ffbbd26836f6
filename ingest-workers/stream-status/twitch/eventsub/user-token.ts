import { z } from 'zod';
import { readJson } from '../../read-json.ts';
import type { RouteTools } from '../../status-route.ts';
import type { AppCredentials } from '../../app-token.ts';

/** A token that a person gave to this installation. EventSub's WebSockets take no other. Never logged. */
export type UserToken = {
  readonly get: () => string;
  /** It was refused. @returns whether there is another now */
  readonly renew: () => Promise<boolean>;
};

const Renewed = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });

/** `refreshToken`: with it a token that ended is renewed; without, a person has to bring another. */
export function createUserToken(
  { fetch }: RouteTools,
  app: AppCredentials,
  token: string,
  refreshToken: string | undefined,
): UserToken {
  let held = { token, refreshToken };
  return {
    get: () => held.token,
    async renew() {
      if (held.refreshToken === undefined) return false;
      const body = new URLSearchParams({
        ...{ client_id: app.clientId, client_secret: app.clientSecret },
        ...{ grant_type: 'refresh_token', refresh_token: held.refreshToken },
      });
      const outcome = await fetch({
        ...{ url: 'https://id.twitch.tv/oauth2/token', method: 'POST', maxBytes: 64 * 1024 },
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
      const read = Renewed.safeParse(outcome.ok ? readJson(outcome.value.text) : undefined);
      if (!read.success) return false;
      held = {
        token: read.data.access_token,
        refreshToken: read.data.refresh_token ?? held.refreshToken,
      };
      return true;
    },
  };
}
