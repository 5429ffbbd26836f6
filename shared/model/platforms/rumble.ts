import {
  notAName,
  notAnId,
  refusePage,
  streamPage,
  type PageAddress,
  type PageReading,
  type PlatformReader,
} from './platform-page.ts';

const name = /^[a-z0-9_][a-z0-9_.-]{0,59}$/;
/** A page is `vID`, usually followed by the title's words and `.html`. */
const page = /^(v[0-9a-z]{3,11})(?:-[A-Za-z0-9._-]{0,300})?(?:\.html)?$/i;
const embedded = /^(?:[0-9a-z]{1,12}\.)?(v[0-9a-z]{3,11})$/i;

export const rumble: PlatformReader = {
  platform: 'rumble',
  hosts: ['rumble.com', 'www.rumble.com'],
  read: readRumble,
};

function readRumble({ segments }: PageAddress): PageReading {
  const [first = '', second = '', third = ''] = segments;
  const folder = first.toLowerCase();
  if (folder === 'embed' && segments.length === 2) return embedPage(second);
  if (folder === 'c' || folder === 'user') {
    return segments.length === 3 && third.toLowerCase() === 'live' ? channelPage(folder, second) : listing();
  }
  return segments.length === 1 ? videoPage(first) : listing();
}

/** The id on the page and the id of the embedded player differ, so neither is rewritten into the other. */
function embedPage(text: string): PageReading {
  const id = embedded.exec(text)?.[1];
  if (id === undefined) return notAnId('Rumble', text);
  return streamPage({ url: `https://rumble.com/embed/${id}`, identity: `embed/${id}`, videoId: id });
}

function videoPage(text: string): PageReading {
  const id = page.exec(text)?.[1];
  if (id === undefined || /^videos?$/i.test(id)) return listing();
  // A bare id looks like a user's page, which may start with a v as well; ids hold digits.
  if (id === text && !/\d/.test(id)) return listing();
  return streamPage({ url: `https://rumble.com/${text}`, identity: `video/${id}`, videoId: id });
}

function channelPage(folder: string, text: string): PageReading {
  const username = text.toLowerCase();
  if (!name.test(username)) return notAName('Rumble', text);
  return streamPage({
    url: `https://rumble.com/${folder}/${username}/live`,
    identity: `channel/${folder}/${username}`,
    username,
  });
}

const listing = () => refusePage('listing', 'This is neither a Rumble video nor a channel’s live page.');
