import type { Platform } from '#shared/model/stream.ts';
import { platformDrawings } from './platform-drawings.ts';

/** Where a stream is published. `words` name the platform; without them the drawing is decoration. */
export function PlatformIcon(props: {
  readonly platform: Platform;
  readonly size?: number;
  readonly words?: string;
}) {
  const { platform, size = 14, words } = props;
  const naming = words === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': words };
  return (
    <svg
      {...naming}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {platformDrawings[platform].map(({ d, filled = false }) => (
        <path key={d} d={d} {...(filled ? { fill: 'currentColor' } : {})} />
      ))}
    </svg>
  );
}
