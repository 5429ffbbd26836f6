import {
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  HTTPError,
  Options,
  type RequestMethod,
} from 'discord.js';
import { fail, ok } from '#shared/kernel/result.ts';
import type { DiscordFailure, DiscordRequest } from './discord-rest.ts';

/** The door to Discord: discord.js keeps the gateway's connection and Discord's limits; packets are read elsewhere. */
export type DiscordBot = {
  /** Resolves once a session is there, or tells why there can never be one with this token. */
  readonly start: () => Promise<DiscordFailure | undefined>;
  readonly request: DiscordRequest;
  readonly stop: () => Promise<void>;
};

export type DiscordBotOptions = Readonly<{
  token: string;
  /** Another place than Discord's own: `http://127.0.0.1:4000/api`. */
  api?: string | undefined;
  /** Every packet of the gateway, `READY` and `RESUMED` among them, in their order. */
  onPacket: (packet: unknown) => void;
  onState: (state: DiscordState) => void;
}>;

export type DiscordState =
  | { readonly type: 'connected' }
  | { readonly type: 'reconnecting'; readonly words: string }
  /** It will not connect again by itself. */
  | { readonly type: 'ended'; readonly words: string };

const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.MessageContent,
] as const;

/** What the library needs to know that it is connected. */
const LIBRARY_EVENTS = new Set(['READY', 'RESUMED', 'GUILD_CREATE', 'GUILD_DELETE']);

/** As the library passes it on: it looks at the same object afterwards. */
type Packet = { t: string | null; readonly d: unknown };

/** What is read here, the library need not understand as well: it throws on shapes that are new to it. */
const hideFromLibrary = (packet: Packet): void => void Object.assign(packet, { t: null });

export function createDiscordBot({ token, api, onPacket, onState }: DiscordBotOptions): DiscordBot {
  const client = new Client({
    intents: INTENTS,
    // What is read is kept in the inbox and nowhere else.
    makeCache: Options.cacheWithLimits({
      ...{ MessageManager: 0, GuildMemberManager: 0, UserManager: 1, PresenceManager: 0, ReactionManager: 0 },
      ...{ ThreadMemberManager: 0, GuildEmojiManager: 0, GuildStickerManager: 0, VoiceStateManager: 0 },
    }),
    allowedMentions: { parse: [] },
    rest: { ...(api === undefined ? {} : { api }), timeout: 15_000, retries: 2 },
  });
  client.on('raw', (packet: Packet) => {
    onPacket({ ...packet });
    if (packet.t !== null && !LIBRARY_EVENTS.has(packet.t)) hideFromLibrary(packet);
  });
  client.on(Events.ShardReady, () => onState({ type: 'connected' }));
  client.on(Events.ShardResume, () => onState({ type: 'connected' }));
  client.on(Events.ShardReconnecting, () =>
    onState({ type: 'reconnecting', words: 'The line to Discord broke.' }),
  );
  client.on(Events.ShardError, (error) => onState({ type: 'reconnecting', words: error.message }));
  client.on(Events.Error, (error) => onState({ type: 'reconnecting', words: error.message }));
  client.on(Events.ShardDisconnect, ({ code }) =>
    onState({ type: 'ended', words: `Discord closed for good (${code}).` }),
  );
  client.on(Events.Invalidated, () =>
    onState({ type: 'ended', words: 'Discord ended the session for good.' }),
  );
  return {
    start: () => client.login(token).then(() => undefined, readError),
    request: async (method, path, { query, body } = {}) => {
      try {
        const answer = await client.rest.request({
          method: method as RequestMethod,
          fullRoute: path,
          ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
          ...(body === undefined ? {} : { body }),
        });
        return ok(answer);
      } catch (error) {
        return fail(readError(error));
      }
    },
    stop: () => client.destroy(),
  };
}

function readError(error: unknown): DiscordFailure {
  const words = error instanceof Error ? error.message : String(error);
  const status = error instanceof DiscordAPIError || error instanceof HTTPError ? error.status : 0;
  if (status === 401 || (error instanceof Error && 'code' in error && error.code === 'TokenInvalid'))
    return { reason: 'unauthorized', words: 'Discord does not accept the token.' };
  if (status === 403) return { reason: 'forbidden', words };
  if (status === 404) return { reason: 'not-found', words };
  if (status >= 400 && status < 500 && status !== 429) return { reason: 'refused', words };
  return { reason: 'away', words };
}
