import tmi from 'tmi.js';
import type { PlatformState } from '../platform.ts';

/** The door to Twitch chat: tmi.js keeps the connection and joins the channels again. */
export type TwitchBot = {
  /** Connects, and again after every break. Resolves with why it never can, when Twitch refuses the log-in. */
  readonly start: () => Promise<string | undefined>;
  /** @returns whether Twitch took it; never when nobody is logged in */
  readonly say: (channel: string, text: string) => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

export type TwitchBotOptions = Readonly<{
  channels: readonly string[];
  /** Without it the bot reads as nobody, and cannot say anything. */
  login: { readonly username: string; readonly token: string } | undefined;
  /** Another place than Twitch's own. */
  server?: { readonly host: string; readonly port: number } | undefined;
  onMessage: (channel: string, tags: unknown, text: string) => void;
  onState: (state: PlatformState) => void;
}>;

/** Twitch takes 20 joins in 10 seconds. */
const JOIN_MS = 600;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function createTwitchBot({
  channels,
  login,
  server,
  onMessage,
  onState,
}: TwitchBotOptions): TwitchBot {
  const client = new tmi.Client({
    channels: [...channels],
    ...(login === undefined ? {} : { identity: { username: login.username, password: login.token } }),
    options: { joinInterval: JOIN_MS, skipUpdatingEmotesets: true, skipMembership: true },
    connection: {
      ...{ reconnect: true, reconnectInterval: 500, maxReconnectInterval: 30_000 },
      ...(server === undefined
        ? { secure: true }
        : { server: server.host, port: server.port, secure: false }),
    },
    logger: quiet,
  });
  let isStopped = false;
  let refusal: string | undefined;
  client.on('message', (channel, tags, text, self) => {
    if (!self) onMessage(channel, tags, text);
  });
  client.on('connected', () => onState({ type: 'connected', behind: 0 }));
  client.on('disconnected', (words) => {
    if (isRefusal(words)) refusal = words;
    if (!isStopped) onState({ type: refusal === undefined ? 'reconnecting' : 'ended', words });
  });
  return {
    start: async () => {
      // A first try that fails is tried again by the library like every later one.
      await client.connect().catch(() => undefined);
      return refusal;
    },
    say: async (channel, text) => {
      if (login === undefined) return false;
      return client.say(channel, text).then(
        () => true,
        () => false,
      );
    },
    async stop() {
      isStopped = true;
      await client.disconnect().catch(() => undefined);
    },
  };
}

const isRefusal = (words: string) =>
  /Login unsuccessful|Login authentication failed|Error logging in|Improperly formatted auth|Invalid NICK/.test(
    words,
  );
