import type { CatalogueView, WallView } from '#shared/document/view.ts';
import { readSighting } from '#shared/model/read-sighting.ts';
import type { ChatMessage } from '../collect/chat-message.ts';
import type { AnswerPort } from '../collect/collector-parts.ts';
import { createPlaceBook } from '../collect/place-book.ts';
import type { DiscordRequest } from './discord-rest.ts';
import { snowflakeMs, type Interaction } from './discord-types.ts';
import { describeOutcomes, describeStatus, describeWall, fit, readCommand } from './slash-commands.ts';

/** Answers commands, and in the end those whose links went through the inbox. */
export type CommandAnswers = AnswerPort & {
  readonly hear: (interaction: Interaction) => Promise<void>;
  readonly isCommand: (message: ChatMessage) => boolean;
};

export type CommandParts = Readonly<{
  request: DiscordRequest;
  application: () => string | undefined;
  catalogue: () => CatalogueView;
  wall: () => WallView | undefined;
  isRead: (channel: string) => boolean;
  /** Whether media files of any host are taken there. */
  takesMedia: (channel: string) => boolean;
  receive: (messages: readonly ChatMessage[]) => Promise<void>;
  nowMs: () => number;
}>;

const COMMAND = 2;
const DEFERRED = 5;
/** Only whoever asked sees it. */
const EPHEMERAL = 64;
const VERSION = 'command';

export function createCommandAnswers(parts: CommandParts): CommandAnswers {
  const { request, catalogue } = parts;
  const read = (text: string, channel: string) =>
    readSighting(text, createPlaceBook(catalogue()).cities, { directMedia: parts.takesMedia(channel) });
  const reply = async (token: string, content: string): Promise<'over' | 'later'> => {
    const application = parts.application();
    if (application === undefined) return 'later';
    const path = `/webhooks/${application}/${token}/messages/@original` as const;
    const body = { content, allowed_mentions: { parse: [] } };
    const said = await request('PATCH', path, { body });
    return !said.ok && said.error.reason === 'away' ? 'later' : 'over';
  };
  const add = async (interaction: Interaction, text: string): Promise<void> => {
    const message = messageOf(interaction, text);
    const { streams, refused } = read(text, message.channel);
    if (streams.length === 0) {
      const why = refused.map((link) => `<${link.text}> ${link.message}`);
      await reply(interaction.token, fit(['No stream’s link was found.', ...why]));
      return;
    }
    await parts.receive([message]);
  };
  return {
    isCommand: ({ version }) => version === VERSION,
    async hear(interaction) {
      if (interaction.type !== COMMAND) return;
      const { id, token } = interaction;
      const callback = { type: DEFERRED, data: { flags: EPHEMERAL } };
      await request('POST', `/interactions/${id}/${token}/callback`, { body: callback });
      const asked = readCommand(interaction);
      if (interaction.channel_id === undefined || !parts.isRead(interaction.channel_id))
        await reply(token, 'This bot does not listen in this channel.');
      else if (asked.type === 'add') await add(interaction, asked.text);
      else if (asked.type === 'status')
        await reply(token, describeStatus(asked.stream, catalogue(), parts.nowMs()));
      else if (asked.type === 'wall') await reply(token, describeWall(parts.wall(), catalogue()));
      else await reply(token, 'This bot does not know that command.');
    },
    async answer({ replyToken, text, channel }, outcomes) {
      if (replyToken === undefined) return 'over';
      const { streams } = read(text, channel);
      const links = streams.map(({ url }) => url);
      return reply(replyToken, describeOutcomes(outcomes, links));
    },
    hold: async ({ replyToken }) => {
      if (replyToken !== undefined) await reply(replyToken, '⏳ Noted here; the server has not got it yet.');
    },
  };
}

function messageOf(interaction: Interaction, text: string): ChatMessage {
  const { id, token: replyToken, channel_id: channel = '', member, user } = interaction;
  const author = member?.user ?? user;
  return {
    ...{ channel, id, version: VERSION, text, replyToken },
    ...{ authorId: author?.id ?? '', author: author?.username ?? '', atMs: snowflakeMs(id) },
  };
}
