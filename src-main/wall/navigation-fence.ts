/** Where a page of a tile may go. */
export type NavigationStep = {
  readonly to: string;
  /** The address that the wall asked for. */
  readonly asked: string;
  /** Where redirects of that first request led; null while it is under way. */
  readonly arrived: string | null;
  readonly isMainFrame: boolean;
  /** The server says so, not the page. */
  readonly isRedirect: boolean;
};

/**
 * A tile's page stays on the site that it was asked to show, or where that site's first answer led. Its frames may show
 * any page of the web, as on every page. Nothing leads to files, to our own pages or to other programs.
 */
export function mayNavigate({ to, asked, arrived, isMainFrame, isRedirect }: NavigationStep): boolean {
  if (!URL.canParse(to)) return false;
  const { protocol } = new URL(to);
  const isOfTheWeb = protocol === 'http:' || protocol === 'https:';
  if (!isMainFrame) return isOfTheWeb || ['about:', 'blob:', 'data:'].includes(protocol);
  if (!isOfTheWeb) return false;
  if (arrived === null && isRedirect) return true;
  return sameSite(to, asked) || (arrived !== null && sameSite(to, arrived));
}

/**
 * One host is the other, or lies within it; `www.` is nothing. A list of public endings is not needed: what is wanted is
 * that a page finds its own neighbours (`m.`, `player.`), never whom else it may trust.
 */
function sameSite(a: string, b: string): boolean {
  const [one, other] = [siteOf(a), siteOf(b)];
  if (one === null || other === null) return false;
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}

function siteOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return hostname === '' ? null : hostname.replace(/^www\./, '');
}
