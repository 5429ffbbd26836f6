import type { TileId } from '#shared/model/ids.ts';
import type { OverlayTile } from '#shared/protocol/wall-layers.ts';
import { overlayMark, platformMark } from './overlay-marks.ts';

/** What is drawn over one tile. */
export type DrawnTile = {
  readonly element: HTMLElement;
  draw(tile: OverlayTile): void;
  /** Brings the seconds until the next try up to date. */
  countDown(nowMs: number): void;
};

export function createOverlayTile(id: TileId): DrawnTile {
  const element = part('div', 'tile');
  element.dataset['tile'] = id;
  const shade = part('div', 'shade');
  const caption = part('div', 'caption');
  const speaker = overlayMark('speaker');
  const label = part('span', 'label');
  const platform = part('span', 'platform');
  const head = part('div', 'head', speaker, platform, label);
  const place = part('div', 'place');
  caption.append(head, place);
  const hidden = part('div', 'hidden-mark', overlayMark('hidden'));
  const whisperWords = part('span', 'whisper-words');
  const whisper = part('div', 'whisper', part('span', 'whisper-mark'), whisperWords);
  element.append(shade, hidden, caption, whisper);
  let words = '';
  let retryAtMs: number | null = null;

  return {
    element,
    draw: (tile) => {
      Object.assign(element.style, {
        left: `${String(tile.rect.x)}px`,
        top: `${String(tile.rect.y)}px`,
        width: `${String(tile.rect.width)}px`,
        height: `${String(tile.rect.height)}px`,
      });
      Object.assign(element.dataset, {
        state: tile.state,
        sound: tile.sound,
        label: tile.labelPosition,
        blurred: String(tile.blurred),
        blank: String(tile.blank),
      });
      setText(label, tile.label);
      if (platform.dataset['platform'] !== tile.platform) {
        platform.dataset['platform'] = tile.platform;
        platform.replaceChildren(platformMark(tile.platform));
      }
      setText(place, tile.place);
      words = tile.whisper;
      ({ retryAtMs } = tile);
    },
    countDown: (nowMs) => {
      const seconds = retryAtMs === null ? 0 : Math.max(1, Math.ceil((retryAtMs - nowMs) / 1000));
      setText(whisperWords, seconds === 0 ? words : `${words} Trying again in ${String(seconds)} s.`);
    },
  };
}

function part(tag: 'div' | 'span', className: string, ...children: readonly Element[]): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/** Writing the same text again would draw it again. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
