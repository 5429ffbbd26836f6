import type { StreamKind } from '#shared/model/stream.ts';

/** How a demo channel is served: every way that a wall must be able to play. */
export type ChannelForm =
  /** A live playlist with a sliding window, open to every origin. */
  | 'hls'
  /** The same from a host that sends no CORS headers. */
  | 'hls-without-cors'
  /** The same behind a link with a query string. */
  | 'hls-with-query'
  | 'mp4'
  /** An ordinary page with a video in it. */
  | 'page'
  /** A page in which a page of another origin holds the video. */
  | 'page-with-frame';

export type DemoChannel = {
  /** The clip's name, and the last part of the link. */
  readonly name: string;
  readonly form: ChannelForm;
  readonly label: string;
  readonly city: string;
  readonly region: string;
  readonly kind: StreamKind;
};

const channel = (
  name: string,
  form: ChannelForm,
  label: string,
  city: string,
  region: string,
): DemoChannel => ({
  name,
  form,
  label,
  city,
  region,
  kind: 'video',
});

/** The channels in the order of a first wall: one of every form is among the first nine. */
export const demoChannels: readonly DemoChannel[] = [
  channel('harbour', 'hls', 'Harbour', 'Portland', 'OR'),
  channel('aurora', 'hls', 'Aurora', 'Fairbanks', 'AK'),
  channel('train', 'hls-with-query', 'Night train', 'Chicago', 'IL'),
  channel('balloons', 'mp4', 'Balloons', 'Albuquerque', 'NM'),
  channel('reef', 'hls-without-cors', 'Reef', 'Miami', 'FL'),
  channel('lanterns', 'page', 'Lanterns', 'Honolulu', 'HI'),
  channel('sundown', 'hls', 'Sundown', 'Phoenix', 'AZ'),
  channel('motorway', 'page-with-frame', 'Motorway', 'Los Angeles', 'CA'),
  channel('rain', 'hls', 'Rain', 'Seattle', 'WA'),
  channel('radar', 'hls', 'Radar', 'Denver', 'CO'),
  channel('snow', 'hls', 'Snow', 'Minneapolis', 'MN'),
  channel('lava', 'hls', 'Lava', 'Hilo', 'HI'),
];

/** @param origin where the demo channels are served, such as `http://127.0.0.1:7511` */
export function linkOf({ name, form }: DemoChannel, origin: string): string {
  switch (form) {
    case 'hls':
      return `${origin}/live/${name}.m3u8`;
    case 'hls-without-cors':
      return `${origin}/closed/${name}.m3u8`;
    case 'hls-with-query':
      return `${origin}/live/${name}.m3u8?quality=best&token=demo`;
    case 'mp4':
      return `${origin}/files/${name}.mp4`;
    case 'page':
    case 'page-with-frame':
      return `${origin}/watch/${name}`;
  }
}
