import { createDresser, type Dresser } from './page-dress.ts';

/**
 * Frames that a page fills itself: never loaded from anywhere, so that nothing of ours runs in them. They are of the
 * page's own origin, and are dealt with from there.
 */
export function bareDocumentsOf(roots: readonly (Document | ShadowRoot)[]): readonly Document[] {
  return roots.flatMap((root) =>
    [...root.querySelectorAll('iframe')].flatMap(({ contentDocument, contentWindow }) =>
      contentDocument === null || contentWindow?.streamwallTree !== undefined ? [] : [contentDocument],
    ),
  );
}

/** Dresses a page, and with it the one of those frames whose media fills it. */
export function createPageDresser(mark: string, page: Dresser): Dresser {
  const dressers = new WeakMap<Document, Dresser>();
  let inside: Dresser | undefined;
  const dresserIn = (bare: Document, view: Window & typeof globalThis): Dresser => {
    const known = dressers.get(bare);
    if (known !== undefined) return known;
    const insert = (css: string): void => {
      const sheet = new view.CSSStyleSheet();
      sheet.replaceSync(css);
      bare.adoptedStyleSheets.push(sheet);
    };
    const dresser = createDresser(mark, { document: bare, insert, isOutermost: false });
    dressers.set(bare, dresser);
    return dresser;
  };
  const fillInside = (next: Dresser | undefined): void => {
    if (inside !== next) inside?.cover();
    inside = next;
  };
  return {
    cover: () => {
      fillInside(undefined);
      page.cover();
    },
    showPage: page.showPage,
    fillWithFrame: (element, look) => {
      fillInside(undefined);
      page.fillWithFrame(element, look);
    },
    fillWithMedia: (media, look) => {
      const bare = media?.ownerDocument;
      const view = bare === document ? null : bare?.defaultView;
      if (bare === undefined || view === null || view === undefined) {
        fillInside(undefined);
        page.fillWithMedia(media, look);
        return;
      }
      // From the innermost outwards: it is dressed before it is seen.
      fillInside(dresserIn(bare, view));
      inside?.fillWithMedia(media, look);
      const holder = view.frameElement;
      page.fillWithFrame(holder === null ? undefined : (holder as HTMLElement), look);
    },
  };
}
