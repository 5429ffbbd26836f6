import type { Platform } from '#shared/model/stream.ts';

/** A line of a drawing on a ground of 24 by 24, as SVG writes it. */
export type DrawnLine = Readonly<{ d: string; filled?: boolean }>;

const line = (d: string): DrawnLine => ({ d });

/** Plain drawings that bring a platform to mind, in one weight with the other icons; no platform's own logo. */
export const platformDrawings: Readonly<Record<Platform, readonly DrawnLine[]>> = {
  twitch: [line('M4 3.5h16.5v10L16 18h-4l-3.5 3v-3H4zM11 8v4.5M16 8v4.5')],
  youtube: [
    line(
      'M6 5.5h12a3.5 3.5 0 0 1 3.5 3.5v6a3.5 3.5 0 0 1-3.5 3.5H6A3.5 3.5 0 0 1 2.5 15V9A3.5 3.5 0 0 1 6 5.5z',
    ),
    { d: 'm10.2 9.2 4.8 2.8-4.8 2.8z', filled: true },
  ],
  kick: [line('M5 3.5h5v5h2.5V6H15V3.5h4.5v5H17V11h-2.5v2H17v2.5h2.5v5H15V18h-2.5v-2.5H10v5H5z')],
  tiktok: [line('M13 3.5v11.5a3.75 3.75 0 1 1-3.75-3.75M13 3.5c.3 3 2.3 5 5.5 5.2')],
  facebook: [
    line('M13.5 21v-7.5h3l.5-3.5h-3.5V8c0-1.2.6-2 2-2H17V3h-2.5C11.7 3 10 4.7 10 7.5V10H7v3.5h3V21z'),
  ],
  instagram: [
    line('M8.5 3.5h7a5 5 0 0 1 5 5v7a5 5 0 0 1-5 5h-7a5 5 0 0 1-5-5v-7a5 5 0 0 1 5-5z'),
    line('M8.1 12a3.9 3.9 0 1 0 7.8 0 3.9 3.9 0 1 0-7.8 0z'),
    line('M16.9 7.1h.01'),
  ],
  rumble: [
    line('M6 5.5c0-1.3 1.3-2 2.4-1.3l10.4 6.4c1.1.7 1.1 2.2 0 2.9L8.4 19.8C7.3 20.5 6 19.8 6 18.5z'),
    line('M10.5 10v4'),
  ],
  dlive: [line('M4.5 4.5H12a7.5 7.5 0 0 1 0 15H4.5l4-4.5H12a3 3 0 0 0 0-6H8.5z')],
  x: [line('m4 4 16 16M20 4 4 20')],
  direct: [
    line('M10 12a2 2 0 1 0 4 0 2 2 0 1 0-4 0z'),
    line('M7.8 16.2a6 6 0 0 1 0-8.4M16.2 7.8a6 6 0 0 1 0 8.4M5 19a10 10 0 0 1 0-14M19 5a10 10 0 0 1 0 14'),
  ],
  other: [
    line('M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0z'),
    line('M3 12h18M12 3c2.5 2.5 3.7 5.5 3.7 9S14.5 18.5 12 21c-2.5-2.5-3.7-5.5-3.7-9S9.5 5.5 12 3z'),
  ],
};
