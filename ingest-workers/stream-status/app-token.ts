import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { noAnswer, type NoAnswer } from './reading.ts';
import { readJson } from './read-json.ts';
import { readTrouble } from './read-trouble.ts';
import type { RouteTools } from './status-route.ts';

/** What a platform gave to this installation; never logged. */
export type AppCredentials = Readonly<{ clientId: string; clientSecret: string }>;

/** A token for the program itself (OAuth client credentials), asked for when needed and kept while it holds. */
export type AppToken = {
  readonly get: () => Promise<Result<string, NoAnswer>>;
  /** The platform refused it: the next `get` asks for another. */
  readonly forget: () => void;
};

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().default(3600),
});

/** A token is renewed this long before it ends. */
const MARGIN_MS = 60_000;

export function createAppToken(
  tools: RouteTools,
  who: string,
  address: string,
  { clientId, clientSecret }: AppCredentials,
): AppToken {
  let held: { readonly token: string; readonly untilMs: number } | undefined;
  let asking: Promise<Result<string, NoAnswer>> | undefined;

  const ask = async (): Promise<Result<string, NoAnswer>> => {
    const body = new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'client_credentials',
    });
    const outcome = await tools.fetch({
      url: address,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
      maxBytes: 64 * 1024,
    });
    if (outcome.ok && outcome.value.status >= 400 && outcome.value.status < 404)
      return fail(noAnswer('key', `${who} does not accept our key.`, `HTTP ${outcome.value.status}`));
    const trouble = readTrouble(outcome, who);
    if (trouble !== undefined || !outcome.ok)
      return fail(trouble ?? noAnswer('unreachable', `${who} gave no token.`, ''));
    const read = TokenAnswer.safeParse(readJson(outcome.value.text));
    if (!read.success) return fail(noAnswer('odd-answer', `${who} gave no token.`, outcome.value.text));
    held = { token: read.data.access_token, untilMs: tools.clock.nowMs() + read.data.expires_in * 1000 };
    return ok(held.token);
  };

  return {
    get() {
      if (held !== undefined && tools.clock.nowMs() < held.untilMs - MARGIN_MS)
        return Promise.resolve(ok(held.token));
      asking ??= ask().finally(() => (asking = undefined));
      return asking;
    },
    forget: () => (held = undefined),
  };
}
