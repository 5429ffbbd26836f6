import type { Result } from '#shared/kernel/result.ts';
import type { FetchAnswer, FetchFailure } from '../safe-fetch/fetch-types.ts';
import { createAppToken, type AppCredentials } from './app-token.ts';
import { noAnswer, type NoAnswer } from './reading.ts';
import type { RouteTools } from './status-route.ts';

/**
 * Asks an interface that wants a program's token. An outcome of the fetch is handed back as it is; a NoAnswer says that no
 * token was to be had. A token that is refused is renewed once.
 */
export type AskWithKey = (url: string) => Promise<Result<FetchAnswer, FetchFailure> | NoAnswer>;

export function createAskWithKey(
  tools: RouteTools,
  who: string,
  tokenAddress: string,
  credentials: AppCredentials,
): AskWithKey {
  const token = createAppToken(tools, who, tokenAddress, credentials);
  const ask = async (url: string, isSecondTry: boolean): ReturnType<AskWithKey> => {
    const held = await token.get();
    if (!held.ok) return held.error;
    const outcome = await tools.fetch({
      url,
      headers: { 'client-id': credentials.clientId, authorization: `Bearer ${held.value}` },
      maxHops: 0,
    });
    if (!outcome.ok || outcome.value.status !== 401) return outcome;
    token.forget();
    return isSecondTry ? noAnswer('key', `${who} does not accept our key.`, 'HTTP 401') : ask(url, true);
  };
  return (url) => ask(url, false);
}
