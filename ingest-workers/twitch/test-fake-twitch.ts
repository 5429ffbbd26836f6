import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** For tests: Twitch's chat server on this machine, as much of it as the bot uses. */
export type FakeTwitch = Awaited<ReturnType<typeof startFakeTwitch>>;

type Chatter = { readonly socket: WebSocket; nick: string; pass: string; readonly joined: Set<string> };
type Said = { readonly channel: string; readonly text: string; readonly nick: string };

export async function startFakeTwitch() {
  const room = new ChatRoom();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'irc' });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => room.enter(socket));
  const { port } = server.address() as AddressInfo;
  return {
    server: { host: '127.0.0.1', port },
    said: room.said,
    logins: () => room.logins,
    isIn: (channel: string) => room.isIn(channel),
    post: (channel: string, text: string, from?: { readonly name?: string; readonly id?: string }) =>
      room.post(channel, text, from),
    breakLines: () => room.breakLines(),
    stop: () =>
      new Promise<void>((resolve) => {
        room.breakLines();
        server.close(() => resolve());
      }),
  };
}

class ChatRoom {
  readonly said: Said[] = [];
  logins = 0;
  private readonly chatters = new Set<Chatter>();
  private count = 0;

  enter(socket: WebSocket): void {
    const chatter: Chatter = { socket, nick: '', pass: '', joined: new Set() };
    this.chatters.add(chatter);
    socket.on('message', (data: Buffer) => {
      for (const line of data.toString().split('\r\n')) if (line !== '') this.obey(chatter, line);
    });
    socket.on('close', () => this.chatters.delete(chatter));
  }

  isIn(channel: string): boolean {
    return [...this.chatters].some(({ joined }) => joined.has(channel));
  }

  post(channel: string, text: string, from: { readonly name?: string; readonly id?: string } = {}): void {
    const { name = 'ann', id = '77' } = from;
    this.count += 1;
    const tags = `badges=;display-name=${name};id=m${this.count};user-id=${id};tmi-sent-ts=${Date.now()};mod=0`;
    const line = `@${tags} :${name}!${name}@${name}.tmi.twitch.tv PRIVMSG #${channel} :${text}\r\n`;
    for (const { socket, joined } of this.chatters) if (joined.has(channel)) socket.send(line);
  }

  breakLines(): void {
    for (const { socket } of this.chatters) socket.terminate();
  }

  private obey(chatter: Chatter, line: string): void {
    const send = (text: string) => chatter.socket.send(`${text}\r\n`);
    const [command = '', ...words] = line.split(' ');
    const rest = words.join(' ');
    if (command === 'PING') send(`:tmi.twitch.tv PONG tmi.twitch.tv ${rest}`);
    if (command === 'PASS') chatter.pass = rest;
    if (command === 'NICK') for (const text of this.logIn(chatter, rest.toLowerCase())) send(text);
    if (command === 'JOIN') {
      chatter.joined.add(rest.replace('#', ''));
      send(`:${chatter.nick}!${chatter.nick}@${chatter.nick}.tmi.twitch.tv JOIN ${rest}`);
      send(`@emote-only=0;room-id=1 :tmi.twitch.tv ROOMSTATE ${rest}`);
    }
    if (command === 'PRIVMSG') {
      const [channel = '', ...text] = words;
      this.said.push({ channel: channel.slice(1), text: text.join(' ').slice(1), nick: chatter.nick });
      send(`@mod=0;display-name=${chatter.nick} :tmi.twitch.tv USERSTATE ${channel}`);
    }
  }

  /** @returns what the chatter is told */
  private logIn(chatter: Chatter, nick: string): readonly string[] {
    if (!nick.startsWith('justinfan') && chatter.pass !== 'oauth:good')
      return [':tmi.twitch.tv NOTICE * :Login authentication failed'];
    this.logins += 1;
    chatter.nick = nick;
    return [
      `:tmi.twitch.tv 001 ${nick} :Welcome, GLHF!`,
      `:tmi.twitch.tv 372 ${nick} :You are in a maze of twisty passages.`,
      `:tmi.twitch.tv 376 ${nick} :>`,
    ];
  }
}
