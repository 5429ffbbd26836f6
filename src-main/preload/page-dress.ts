import { webFrame } from 'electron';
import { pictureTransform } from '#shared/model/picture-transform.ts';
import type { TileLook } from '#shared/protocol/wall-layers.ts';

/** How a frame of somebody's page looks on the wall. */
export type Dresser = {
  /** Nothing of the frame is seen. */
  readonly cover: () => void;
  /** The page as it is, blurred or not. */
  readonly showPage: (look: TileLook) => void;
  /** This media fills the frame and nothing else is seen; nothing at all where there is none. */
  readonly fillWithMedia: (media: HTMLElement | undefined, look: TileLook) => void;
  /** The same with an element that holds another frame, which bears the look. */
  readonly fillWithFrame: (element: HTMLElement | undefined) => void;
};

/** The strength of a blur, by the frame's own size; enlarged, so that the edges stay full. */
const BLUR =
  'filter: blur(max(16px, 9vmin)) saturate(0.6) brightness(0.75) !important; scale: 1.25 !important;';

/** Whatever lies in the top layer is not inside the root element. */
const TOP_LAYER = 'dialog, [popover], :fullscreen';

/**
 * Black, and yet laid out and painted: what is transparent or hidden counts as out of sight, and a frame that is out of
 * sight is put to sleep and does not always hear how large it is when it comes into view.
 */
const COVER = `html, ${TOP_LAYER} { filter: brightness(0) !important; background: #000 !important } ::backdrop { background: #000 !important }`;

/** Elements that hold frames are covered, not hidden, for the same reason. */
const ALL_BUT_FRAMES = '*:not(iframe, frame, object, embed)';

/** @param mark the attribute that the dressed element bears, by a name that no page can know beforehand */
export function createDresser(mark: string): Dresser {
  const path = `data-p${randomWord()}`;
  const sheet = createSheet();
  let dressed: HTMLElement | undefined;

  const undress = (): void => {
    if (dressed === undefined) return;
    dressed.removeAttribute(mark);
    for (const element of document.querySelectorAll(`[${path}]`)) element.removeAttribute(path);
    dressed = undefined;
  };

  const fill = (element: HTMLElement | undefined, style: string): void => {
    if (element === undefined) {
      undress();
      sheet.set(COVER);
      return;
    }
    sheet.set(fillSheet(mark, path, style));
    if (dressed !== element) undress();
    dressed = element;
    bringForward(element, mark, path);
  };

  return {
    cover: () => {
      undress();
      sheet.set(COVER);
    },
    showPage: ({ blurred }) => {
      undress();
      // What lies in the top layer is not the root element's to blur.
      sheet.set(
        blurred
          ? `html { ${BLUR} overflow: hidden !important } ::-webkit-scrollbar { display: none } ${TOP_LAYER} { visibility: hidden !important } ::backdrop { display: none !important }`
          : '::-webkit-scrollbar { display: none }',
      );
    },
    fillWithMedia: (media, look) => {
      fill(media, mediaStyle(look));
    },
    fillWithFrame: (element) => {
      fill(element, FRAME_STYLE);
    },
  };
}

/** The top layer is above all that a page can stack, and nothing around an element clips or moves it there. */
function bringForward(element: HTMLElement, mark: string, path: string): void {
  if (!element.hasAttribute(mark)) element.setAttribute(mark, '');
  if (element.matches(':popover-open')) return;
  element.popover = 'manual';
  try {
    element.showPopover();
  } catch {
    // Not connected at this moment; the next look comes soon.
  }
  for (let above = parentOf(element); above !== null; above = parentOf(above)) above.setAttribute(path, '');
}

function parentOf(element: Element): Element | null {
  if (element.parentElement !== null) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** How media stands in the frame. */
function mediaStyle({ rotation, zoom, fit, blurred }: TileLook): string {
  const isSideways = rotation % 180 === 90;
  return `
    width: ${isSideways ? '100vh' : '100vw'} !important; height: ${isSideways ? '100vw' : '100vh'} !important;
    object-fit: ${fit} !important; object-position: 50% 50% !important;
    transform: ${pictureTransform(rotation, zoom)} !important;
    ${blurred ? BLUR : 'filter: none !important; scale: none !important;'}`;
}

const FRAME_STYLE = `
  width: 100vw !important; height: 100vh !important; transform: translate(-50%, -50%) !important;
  filter: none !important; scale: none !important;`;

function fillSheet(mark: string, path: string, style: string): string {
  return `
    html, body { background: #000 !important; overflow: hidden !important; }
    ${ALL_BUT_FRAMES}:not([${mark}]) { visibility: hidden !important; }
    :is(${TOP_LAYER}):not([${mark}]) { opacity: 0 !important; }
    [${path}] {
      transform: none !important; translate: none !important; scale: none !important; rotate: none !important;
      filter: none !important; backdrop-filter: none !important; perspective: none !important; contain: none !important;
      content-visibility: visible !important; container-type: normal !important; will-change: auto !important;
      clip-path: none !important; mask: none !important; opacity: 1 !important; z-index: auto !important;
    }
    [${mark}] {
      visibility: visible !important; display: block !important; position: fixed !important; inset: auto !important;
      left: 50% !important; top: 50% !important; aspect-ratio: auto !important;
      min-width: 0 !important; min-height: 0 !important; max-width: none !important; max-height: none !important;
      margin: 0 !important; padding: 0 !important; border: 0 !important; border-radius: 0 !important; outline: 0 !important;
      opacity: 1 !important; z-index: 2147483647 !important; background: #000 !important; box-shadow: none !important;
      translate: none !important; rotate: none !important; clip-path: none !important; mask: none !important;
      transition: none !important; animation: none !important; pointer-events: none !important;
      ${style}
    }
    [${mark}]::backdrop { background: #000 !important; }
    video::-webkit-media-controls { display: none !important; }
  `;
}

/** One sheet of the user's own, above whatever the page's sheets say; replaced without a moment in between. */
function createSheet(): { set(css: string): void } {
  let current = '';
  let key: string | undefined;
  return {
    set: (css) => {
      if (css === current) return;
      const before = key;
      key = webFrame.insertCSS(css, { cssOrigin: 'user' });
      if (before !== undefined) webFrame.removeInsertedCSS(before);
      current = css;
    },
  };
}

export function randomWord(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(36)).join('');
}
