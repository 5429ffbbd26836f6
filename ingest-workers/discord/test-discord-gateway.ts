import type { WebSocket } from 'ws';
import { GUILD_ID } from './test-discord-posts.ts';

/** For tests: a fake Discord's gateway, with sessions that can be resumed. */

export const BOT_ID = '900000000000000001';
const APPLICATION_ID = '900000000000000002';

type Session = {
  readonly id: string;
  seq: number;
  /** What was sent in this session, for a resume. */
  readonly sent: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | undefined;
};

type Asked = {
  readonly op: number;
  readonly d: { readonly token: string; readonly session_id: string; readonly seq: number };
};

type GatewayParts = Readonly<{
  isToken: (token: string) => boolean;
  guild: () => unknown;
  /** Where a session is resumed. */
  url: () => string;
}>;

export class DiscordGateway {
  identifies = 0;
  resumes = 0;
  /** What happens is not told, as if it were lost. */
  isDeaf = false;
  private readonly parts: GatewayParts;
  private readonly sessions = new Map<string, Session>();

  constructor(parts: GatewayParts) {
    this.parts = parts;
  }

  isLive(): boolean {
    return [...this.sessions.values()].some(({ socket }) => socket !== undefined);
  }

  dispatch(t: string, d: unknown): void {
    if (!this.isDeaf) for (const session of this.sessions.values()) tell(session, t, d);
  }

  hear(socket: WebSocket): void {
    let session: Session | undefined;
    const send = (packet: object) => socket.send(JSON.stringify(packet));
    send({ op: 10, d: { heartbeat_interval: 41_250 } });
    socket.on('message', (data: Buffer) => {
      const { op, d } = JSON.parse(data.toString()) as Asked;
      if (op === 1) send({ op: 11 });
      if (op === 2 && !this.parts.isToken(d.token)) return socket.close(4004, 'Authentication failed.');
      if (op === 2) session = this.identify(socket);
      if (op === 6) {
        session = this.sessions.get(d.session_id);
        if (session === undefined) return send({ op: 9, d: false });
        this.resume(session, socket, d.seq);
      }
    });
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
    });
  }

  /** The line breaks; the session is there when the bot comes back, unless it is forgotten. */
  breakLine(more: { readonly forget?: boolean } = {}): void {
    const open = [...this.sessions.values()].map(({ socket }) => socket);
    for (const session of this.sessions.values()) session.socket = undefined;
    if (more.forget === true) this.sessions.clear();
    for (const socket of open) socket?.terminate();
  }

  private identify(socket: WebSocket): Session {
    this.identifies += 1;
    const session: Session = { id: `s${this.identifies}`, seq: 0, sent: [], socket };
    this.sessions.clear();
    this.sessions.set(session.id, session);
    const user = { id: BOT_ID, username: 'streamwall', discriminator: '0', bot: true, avatar: null };
    tell(session, 'READY', {
      ...{ v: 10, user, session_id: session.id, resume_gateway_url: this.parts.url(), shard: [0, 1] },
      ...{ guilds: [{ id: GUILD_ID, unavailable: true }], application: { id: APPLICATION_ID, flags: 0 } },
    });
    tell(session, 'GUILD_CREATE', this.parts.guild());
    return session;
  }

  private resume(session: Session, socket: WebSocket, seq: number): void {
    this.resumes += 1;
    session.socket = socket;
    const missed = session.sent.filter(({ s }) => s > seq);
    for (const { s, t, d } of missed) socket.send(JSON.stringify({ op: 0, s, t, d }));
    session.seq += 1;
    socket.send(JSON.stringify({ op: 0, t: 'RESUMED', s: session.seq, d: {} }));
  }
}

function tell(session: Session, t: string, d: unknown): void {
  session.seq += 1;
  session.sent.push({ s: session.seq, t, d });
  session.socket?.send(JSON.stringify({ op: 0, t, s: session.seq, d }));
}
