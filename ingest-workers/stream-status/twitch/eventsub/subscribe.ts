import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { readJson } from '../../read-json.ts';
import type { RouteTools } from '../../status-route.ts';
import type { UserToken } from './user-token.ts';

/** Why a subscription was not made. `full`: no more may be made; `key`: none can, until a person does something. */
export type SubscribeFailure = Readonly<{ reason: 'full' | 'key' | 'trouble'; words: string }>;

/** Twitch's Helix, as far as EventSub needs it. */
export type Subscriber = {
  /** The numbers of channels that exist, by login. */
  readonly findUsers: (
    logins: readonly string[],
  ) => Promise<Result<ReadonlyMap<string, string>, SubscribeFailure>>;
  /** Both for a channel's beginnings and its ends. @returns whether there is room for another channel */
  readonly subscribe: (session: string, userId: string) => Promise<Result<boolean, SubscribeFailure>>;
};

const HELIX = 'https://api.twitch.tv/helix';
const Users = z.object({ data: z.array(z.object({ id: z.string(), login: z.string() })) });
const Made = z.object({
  total_cost: z.number().catch(0),
  max_total_cost: z.number().catch(Number.POSITIVE_INFINITY),
});
/** What one more channel may cost at most: its beginnings and its ends. */
const CHANNEL_COST = 2;
const KINDS = ['stream.online', 'stream.offline'];

/** Source: dev.twitch.tv/docs/api/reference#create-eventsub-subscription */
export function createSubscriber({ fetch }: RouteTools, clientId: string, token: UserToken): Subscriber {
  type Asked = Readonly<{ path: string; body?: unknown }>;
  const ask = async (asked: Asked, isSecondTry = false): Promise<Result<string, SubscribeFailure>> => {
    const { path, body } = asked;
    const outcome = await fetch({
      ...{ url: `${HELIX}/${path}`, maxHops: 0 },
      headers: {
        'client-id': clientId,
        authorization: `Bearer ${token.get()}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!outcome.ok) return fail({ reason: 'trouble', words: outcome.error.message });
    const { status, text } = outcome.value;
    if (status === 401 && !isSecondTry && (await token.renew())) return ask(asked, true);
    if (status === 401 || status === 403)
      return fail({ reason: 'key', words: 'Twitch does not accept the token for EventSub.' });
    // It is there already, and that is what was wanted.
    if (status === 409) return ok('{}');
    if (status === 429) return fail({ reason: 'full', words: 'Twitch allows no more subscriptions.' });
    if (status >= 200 && status < 300) return ok(text);
    return fail({ reason: 'trouble', words: `Twitch did not take a subscription (${status}).` });
  };
  return {
    async findUsers(logins) {
      const found = await ask({ path: `users?${logins.map((login) => `login=${login}`).join('&')}` });
      if (!found.ok) return found;
      const read = Users.safeParse(readJson(found.value));
      if (!read.success) return fail({ reason: 'trouble', words: 'Twitch answered oddly.' });
      return ok(new Map(read.data.data.map(({ login, id }) => [login.toLowerCase(), id])));
    },
    async subscribe(session, userId) {
      let hasRoom = true;
      for (const type of KINDS) {
        const condition = { broadcaster_user_id: userId };
        const transport = { method: 'websocket', session_id: session };
        const made = await ask({
          path: 'eventsub/subscriptions',
          body: { type, version: '1', condition, transport },
        });
        if (!made.ok) return made;
        const { data } = Made.safeParse(readJson(made.value));
        if (data !== undefined) hasRoom = data.total_cost + CHANNEL_COST <= data.max_total_cost;
      }
      return ok(hasRoom);
    },
  };
}
