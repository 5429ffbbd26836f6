import type { FrameHints } from '#shared/protocol/wall-layers.ts';

/** Presses what stands between a page and its media: consent walls, and buttons that start a player. */
export type Clicker = {
  readonly hint: (hints: FrameHints) => void;
  /** Answers what asks for consent. */
  readonly consent: (roots: readonly (Document | ShadowRoot)[]) => void;
  /** Presses what starts a player. */
  readonly start: (roots: readonly (Document | ShadowRoot)[]) => void;
};

/** Nothing is pressed more often than this, and no more than so much in one document. */
const PRESSES_EACH = 3;
const PRESSES_IN_ALL = 24;
/** So many things that might be buttons are read. */
const MAX_READ = 2_000;

const BUTTONS = 'button, [role="button"], input[type="button"], input[type="submit"], a';

export function createClicker(): Clicker {
  const presses = new WeakMap<Element, number>();
  let inAll = 0;
  let hints: FrameHints = { consent: [], play: [], words: { consent: [], play: [] } };

  const press = (element: HTMLElement): boolean => {
    const times = presses.get(element) ?? 0;
    if (times >= PRESSES_EACH || inAll >= PRESSES_IN_ALL || !isSeen(element)) return false;
    presses.set(element, times + 1);
    inAll += 1;
    element.click();
    return true;
  };
  const pressFirst = (
    roots: readonly (Document | ShadowRoot)[],
    selectors: readonly string[],
    words: readonly string[],
  ): void => {
    for (const root of roots) {
      for (const selector of selectors) if (select(root, selector).some(press)) return;
      if (words.length > 0 && buttonsSaying(root, words).some(press)) return;
    }
  };
  return {
    hint: (next) => {
      hints = next;
    },
    consent: (roots) => {
      pressFirst(roots, hints.consent, hints.words.consent);
    },
    start: (roots) => {
      pressFirst(roots, hints.play, hints.words.play);
    },
  };
}

/** A selector of an operator's may be wrong. */
function select(root: Document | ShadowRoot, selector: string): readonly HTMLElement[] {
  try {
    return [...root.querySelectorAll<HTMLElement>(selector)].slice(0, 5);
  } catch {
    return [];
  }
}

/** Buttons whose whole text or name is one of these, whatever its case. */
function buttonsSaying(root: Document | ShadowRoot, words: readonly string[]): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(BUTTONS)].slice(0, MAX_READ).filter((button) => {
    const said = [button.getAttribute('aria-label'), button.title, button.textContent.slice(0, 80)];
    return said.some((text) => text !== null && words.includes(plain(text)));
  });
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

const isSeen = (element: HTMLElement): boolean =>
  element.isConnected && element.getClientRects().length > 0 && !element.matches(':disabled');
