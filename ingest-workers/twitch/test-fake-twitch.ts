import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** For tests: Twitch's chat server on this machine, as much of it as the bot uses. */
export type FakeTwitch = Awaited<ReturnType<typeof startFakeTwitch>>;

type Chatter = { readonly socket: WebSocket; nick: string; pass: string; readonly joined: Set<string> };

// One service, whose whole state is one closure: cut apart it would say less.
// oxlint-disable-next-line max-lines-per-function
export async function startFakeTwitch() {
  const chatters = new Set<Chatter>();
  const said: { readonly channel: string; readonly text: string; readonly nick: string }[] = [];
  let count = 0;
  let logins = 0;
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'irc' });
  await new Promise<void>((resolve) => server.once('listening', resolve));

  const obey = (chatter: Chatter, line: string): void => {
    const send = (text: string) => chatter.socket.send(`${text}\r\n`);
    const [command = '', ...words] = line.split(' ');
    const rest = words.join(' ');
    if (command === 'PING') send(`:tmi.twitch.tv PONG tmi.twitch.tv ${rest}`);
    if (command === 'PASS') chatter.pass = rest;
    if (command === 'NICK') {
      const nick = rest.toLowerCase();
      if (!nick.startsWith('justinfan') && chatter.pass !== 'oauth:good') {
        send(':tmi.twitch.tv NOTICE * :Login authentication failed');
        return;
      }
      logins += 1;
      chatter.nick = nick;
      send(`:tmi.twitch.tv 001 ${nick} :Welcome, GLHF!`);
      send(`:tmi.twitch.tv 372 ${nick} :You are in a maze of twisty passages.`);
      send(`:tmi.twitch.tv 376 ${nick} :>`);
    }
    if (command === 'JOIN') {
      chatter.joined.add(rest.replace('#', ''));
      send(`:${chatter.nick}!${chatter.nick}@${chatter.nick}.tmi.twitch.tv JOIN ${rest}`);
      send(`@emote-only=0;room-id=1 :tmi.twitch.tv ROOMSTATE ${rest}`);
    }
    if (command === 'PRIVMSG') {
      const [channel = '', ...text] = words;
      said.push({ channel: channel.slice(1), text: text.join(' ').slice(1), nick: chatter.nick });
      send(`@mod=0;display-name=${chatter.nick} :tmi.twitch.tv USERSTATE ${channel}`);
    }
  };
  server.on('connection', (socket) => {
    const chatter: Chatter = { socket, nick: '', pass: '', joined: new Set() };
    chatters.add(chatter);
    socket.on('message', (data: Buffer) => {
      for (const line of data.toString().split('\r\n')) if (line !== '') obey(chatter, line);
    });
    socket.on('close', () => chatters.delete(chatter));
  });
  const { port } = server.address() as AddressInfo;
  return {
    server: { host: '127.0.0.1', port },
    said,
    logins: () => logins,
    isIn: (channel: string) => [...chatters].some(({ joined }) => joined.has(channel)),
    post(channel: string, text: string, from: { readonly name?: string; readonly id?: string } = {}) {
      const { name = 'ann', id = '77' } = from;
      count += 1;
      const tags = `badges=;display-name=${name};id=m${count};user-id=${id};tmi-sent-ts=${Date.now()};mod=0`;
      const line = `@${tags} :${name}!${name}@${name}.tmi.twitch.tv PRIVMSG #${channel} :${text}\r\n`;
      for (const { socket, joined } of chatters) if (joined.has(channel)) socket.send(line);
    },
    breakLines() {
      for (const { socket } of chatters) socket.terminate();
    },
    stop: () =>
      new Promise<void>((resolve) => {
        for (const { socket } of chatters) socket.terminate();
        server.close(() => resolve());
      }),
  };
}
