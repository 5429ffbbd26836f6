import { z } from 'zod';
import { readJson, readTime } from '../../read-json.ts';

/**
 * What Twitch's EventSub says on a WebSocket. It only speaks; whoever answers with anything but a pong is cut off.
 * Source: dev.twitch.tv/docs/eventsub/websocket-reference
 */
export type EventSubMessage = Readonly<
  { id: string } & (Welcome | Online | Offline | Reconnect | Revoked | Other)
>;

type Welcome = Readonly<{
  type: 'welcome';
  session: string;
  /** The longest silence of a line that is well, in ms; also how long one has to subscribe to something. */
  silenceMs: number;
}>;
type Online = Readonly<{ type: 'online'; login: string; startedAt: number | undefined }>;
type Offline = Readonly<{ type: 'offline'; login: string }>;
/** This line is to end soon; another is to be opened there, before. */
type Reconnect = Readonly<{ type: 'reconnect'; url: string }>;
/** A subscription ended: the word of Twitch for why, and what it was for. */
type Revoked = Readonly<{ type: 'revoked'; why: string; userId: string | undefined }>;
/** The line is well; and what this program has no use for. */
type Other = Readonly<{ type: 'other' }>;

const Envelope = z.object({
  metadata: z.object({ message_id: z.string().max(200), message_type: z.string() }),
  payload: z.unknown(),
});
const Session = z.object({
  session: z.object({
    id: z.string().min(1).max(500),
    keepalive_timeout_seconds: z.number().min(1).max(600).nullish().catch(null),
  }),
});
const NextSession = z.object({ session: z.object({ reconnect_url: z.url().max(2000) }) });
const Subscription = z.object({
  status: z.string().max(80).catch('unknown'),
  type: z.string(),
  condition: z
    .object({ broadcaster_user_id: z.string().max(40) })
    .optional()
    .catch(undefined),
});
const Notification = z.object({
  subscription: Subscription,
  event: z.object({
    broadcaster_user_login: z.string().max(80),
    type: z.string().optional().catch(undefined),
    started_at: z.string().optional().catch(undefined),
  }),
});
const Revocation = z.object({ subscription: Subscription });

const USUAL_SILENCE_S = 10;

/** @returns undefined for what is no message of EventSub, or not one as it is documented */
export function readEventSub(text: string): EventSubMessage | undefined {
  const read = Envelope.safeParse(readJson(text));
  if (!read.success) return undefined;
  const { metadata, payload } = read.data;
  const said = readPayload(metadata.message_type, payload);
  return said === undefined ? undefined : { id: metadata.message_id, ...said };
}

function readPayload(
  type: string,
  payload: unknown,
): Welcome | Online | Offline | Reconnect | Revoked | Other | undefined {
  switch (type) {
    case 'session_welcome': {
      const { data } = Session.safeParse(payload);
      const seconds = data?.session.keepalive_timeout_seconds ?? USUAL_SILENCE_S;
      return data && { type: 'welcome', session: data.session.id, silenceMs: seconds * 1000 };
    }
    case 'session_reconnect': {
      const { data } = NextSession.safeParse(payload);
      return data && { type: 'reconnect', url: data.session.reconnect_url };
    }
    case 'revocation': {
      const { data } = Revocation.safeParse(payload);
      const subscription = data?.subscription;
      return (
        subscription && {
          type: 'revoked',
          why: subscription.status,
          userId: subscription.condition?.broadcaster_user_id,
        }
      );
    }
    case 'notification':
      return readNotification(payload);
    default:
      return { type: 'other' };
  }
}

function readNotification(payload: unknown): Online | Offline | Other | undefined {
  const { data } = Notification.safeParse(payload);
  if (data === undefined) return undefined;
  const { subscription, event } = data;
  const login = event.broadcaster_user_login.toLowerCase();
  if (subscription.type === 'stream.offline') return { type: 'offline', login };
  // A rerun, a playlist or a watch party is no broadcast.
  if (subscription.type === 'stream.online' && event.type === 'live')
    return { type: 'online', login, startedAt: readTime(event.started_at) };
  return { type: 'other' };
}
