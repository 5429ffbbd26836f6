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
  readonly fillWithFrame: (element: HTMLElement | undefined, look: TileLook) => void;
};

/** What is dressed: the page of a frame. */
export type DressedPage = {
  readonly document: Document;
  /** Adds to its sheets, above the page's own. */
  readonly insert: (css: string) => void;
  /** It is the one that bears the blur. */
  readonly isOutermost: boolean;
};

/** The page that this script was brought into. */
export const ownPage = (): DressedPage => ({
  document,
  insert: (css) => {
    webFrame.insertCSS(css, { cssOrigin: 'user' });
  },
  isOutermost: window === window.top,
});

/** The strength of a blur, by the frame's own size; enlarged, so that the edges stay full. */
const BLUR =
  'filter: blur(max(16px, 9vmin)) saturate(0.6) brightness(0.75) !important; scale: 1.25 !important;';
/** What fills a frame begins in its middle and is moved back by half of its size, which is enlarged with it. */
const BLUR_OF_FILLING = `${BLUR} translate: 12.5% 12.5% !important;`;
const NO_BLUR = 'filter: none !important; scale: none !important;';

/** Whatever lies in the top layer is not inside the root element. */
const TOP_LAYER = ':is(dialog, [popover], :fullscreen)';

/** Elements that hold frames are covered, not hidden: what is hidden counts as out of sight, and its frames sleep. */
const ALL_BUT_FRAMES = '*:not(iframe, frame, object, embed)';

/** So many different looks a document may have had; a slider that is pulled makes many. */
const MAX_LOOKS = 2_000;

/**
 * A user's sheet is above whatever the page's sheets say, and can never be taken back. So all of them are there from the
 * beginning, and a word on the root element says which hold. Without it, the frame is covered.
 * @param mark the attribute that the dressed element bears, by a name that no page can know beforehand
 */
export function createDresser(mark: string, page: DressedPage): Dresser {
  const { document, insert } = page;
  const path = `data-p${randomWord()}`;
  const state = `data-s${randomWord()}`;
  const looks = createLooks(mark, state, insert);
  let dressed: HTMLElement | undefined;
  insert(coverSheet(state) + pageSheet(state) + fillSheet(state, mark, path));

  const say = (word: 'cover' | 'fill' | 'page' | 'blurred'): void => {
    // Not there yet, in the first moment of a document; then it is covered.
    const root = document.documentElement as HTMLElement | null;
    if (root !== null && root.getAttribute(state) !== word) root.setAttribute(state, word);
  };
  const undress = (): void => {
    if (dressed === undefined) return;
    dressed.removeAttribute(mark);
    // Out of the top layer, it is as large as its page makes it.
    dressed.popover = null;
    for (const element of document.querySelectorAll(`[${path}]`)) element.removeAttribute(path);
    dressed = undefined;
  };
  const fill = (element: HTMLElement | undefined, style: string): void => {
    if (element === undefined) {
      undress();
      say('cover');
      return;
    }
    if (dressed !== element) undress();
    dressed = element;
    // Before it is seen: it is dressed for what it is to look like.
    bringForward(element, mark, looks.nameOf(style), path);
    say('fill');
  };

  return {
    cover: () => {
      undress();
      say('cover');
    },
    showPage: ({ blurred }) => {
      undress();
      say(blurred ? 'blurred' : 'page');
    },
    fillWithMedia: (media, look) => {
      fill(media, mediaStyle(look, page));
    },
    fillWithFrame: (element, look) => {
      fill(element, frameStyle(look, page));
    },
  };
}

/** Each look is a sheet of its own, that holds for a marked element which bears its name. */
function createLooks(
  mark: string,
  state: string,
  insert: DressedPage['insert'],
): { nameOf(style: string): string } {
  const names = new Map<string, string>();
  return {
    nameOf: (style) => {
      const known = names.get(style);
      if (known !== undefined) return known;
      const name = String(names.size % MAX_LOOKS);
      names.set(style, name);
      insert(within(state, 'fill', `[${mark}="${name}"]`, style));
      return name;
    },
  };
}

/** The top layer is above all that a page can stack, and nothing around an element clips or moves it there. */
function bringForward(element: HTMLElement, mark: string, look: string, path: string): void {
  if (element.getAttribute(mark) !== look) element.setAttribute(mark, look);
  for (let above = parentOf(element); above !== null; above = parentOf(above)) {
    if (!above.hasAttribute(path)) above.setAttribute(path, '');
  }
  if (element.matches(':popover-open')) return;
  element.popover = 'manual';
  try {
    element.showPopover();
  } catch {
    // Not connected at this moment; the next look comes soon.
  }
}

function parentOf(element: Element): Element | null {
  if (element.parentElement !== null) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** The outermost frame bears the blur: whatever becomes of the frames within, nothing of them is seen without. */
const blurOf = ({ blurred }: TileLook, { isOutermost }: DressedPage): string =>
  blurred && isOutermost ? BLUR_OF_FILLING : NO_BLUR;

/** How media stands in the frame. */
function mediaStyle(look: TileLook, page: DressedPage): string {
  const { rotation, zoom, fit } = look;
  const isSideways = rotation % 180 === 90;
  return `
    width: ${isSideways ? '100vh' : '100vw'} !important; height: ${isSideways ? '100vw' : '100vh'} !important;
    object-fit: ${fit} !important; object-position: 50% 50% !important;
    transform: ${pictureTransform(rotation, zoom)} !important;
    ${blurOf(look, page)}`;
}

const frameStyle = (look: TileLook, page: DressedPage): string => `
  width: 100vw !important; height: 100vh !important; transform: translate(-50%, -50%) !important;
  ${blurOf(look, page)}`;

/** A rule that holds while the root element bears a word; in the document itself and in every tree within it. */
function within(state: string, word: string, selector: string, style: string): string {
  const root = `html[${state}="${word}"]`;
  return `${root} ${selector}, :host-context(${root}) ${selector} { ${style} }\n`;
}

/**
 * Black, and yet laid out and painted: what is transparent or hidden counts as out of sight, and a frame that is out of
 * sight is put to sleep and does not always hear how large it is when it comes into view.
 */
function coverSheet(state: string): string {
  const covered = `html:not([${state}]), html[${state}="cover"]`;
  const black = 'filter: brightness(0) !important; background: #000 !important';
  return `
    ${covered} { ${black} }
    :is(${covered}) ${TOP_LAYER}, :host-context(:is(${covered})) ${TOP_LAYER} { ${black} }
    :is(${covered}) *::backdrop { background: #000 !important }
  `;
}

function pageSheet(state: string): string {
  const page = `html[${state}="page"]`;
  const blurred = `html[${state}="blurred"]`;
  return `
    ${page}::-webkit-scrollbar, ${page} *::-webkit-scrollbar { display: none !important }
    ${blurred}::-webkit-scrollbar, ${blurred} *::-webkit-scrollbar { display: none !important }
    ${blurred} { ${BLUR} overflow: hidden !important }
    ${within(state, 'blurred', TOP_LAYER, 'visibility: hidden !important')}
    ${within(state, 'blurred', '*::backdrop', 'display: none !important')}
  `;
}

function fillSheet(state: string, mark: string, path: string): string {
  const root = `html[${state}="fill"]`;
  const rule = (selector: string, style: string): string => within(state, 'fill', selector, style);
  const bare = `
    transform: none !important; translate: none !important; scale: none !important; rotate: none !important;
    filter: none !important; backdrop-filter: none !important; perspective: none !important; contain: none !important;
    content-visibility: visible !important; container-type: normal !important; will-change: auto !important;
    clip-path: none !important; mask: none !important; opacity: 1 !important; z-index: auto !important;`;
  return [
    `${root}, ${root} body { background: #000 !important; overflow: hidden !important }`,
    `${root} { visibility: hidden !important; ${bare} }`,
    rule(`${ALL_BUT_FRAMES}:not([${mark}])`, 'visibility: hidden !important'),
    rule(`${TOP_LAYER}:not([${mark}])`, 'opacity: 0 !important'),
    // It is no part of its element, and a page may make it visible by itself.
    rule(`${TOP_LAYER}:not([${mark}])::backdrop`, 'display: none !important'),
    rule(`[${path}]`, bare),
    rule(
      `[${mark}]`,
      `visibility: visible !important; display: block !important; position: fixed !important; inset: auto !important;
      left: 50% !important; top: 50% !important; aspect-ratio: auto !important;
      min-width: 0 !important; min-height: 0 !important; max-width: none !important; max-height: none !important;
      margin: 0 !important; padding: 0 !important; border: 0 !important; border-radius: 0 !important; outline: 0 !important;
      opacity: 1 !important; z-index: 2147483647 !important; background: #000 !important; box-shadow: none !important;
      translate: none !important; rotate: none !important; clip-path: none !important; mask: none !important;
      transition: none !important; animation: none !important; pointer-events: none !important;`,
    ),
    rule(`[${mark}]::backdrop`, 'background: #000 !important'),
    `${root} video::-webkit-media-controls { display: none !important }`,
  ].join('\n');
}

export function randomWord(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(36)).join('');
}
