import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { FrameHints } from '#shared/protocol/wall-layers.ts';

/**
 * What is known of sites: how to answer what they put before their media. A table, so that a person at a wall can add
 * to it without a new release: the same rows, in `site-hints.json` in the data folder.
 */
const Selectors = z.array(z.string().min(1).max(300)).max(50);
const Words = z.array(z.string().min(1).max(80).toLowerCase()).max(50);

export const SiteHint = z.strictObject({
  /** Of which sites it speaks, their subdomains with them: `example.org`. Of all, where it is absent. */
  hosts: z.array(z.string().min(1).max(253).toLowerCase()).max(100).optional(),
  /** CSS selectors of buttons that make a consent wall go away; refusing comes before accepting. */
  consent: Selectors.optional(),
  /** The same by what is written on the button, in full. */
  consentWords: Words.optional(),
  /** CSS selectors of buttons that start the media. */
  play: Selectors.optional(),
  playWords: Words.optional(),
});
export type SiteHint = z.infer<typeof SiteHint>;

export const SiteHints = z.array(SiteHint).max(500);

/** @returns the rows of a file, or what is wrong with it, in a sentence */
export function readSiteHints(text: string): Result<readonly SiteHint[], string> {
  try {
    const parsed = SiteHints.safeParse(JSON.parse(text));
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    return fail(`at ${issue?.path.join('.') ?? 'the top'}: ${issue?.message ?? 'wrong'}`);
  } catch (error) {
    return fail(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Of the rows, what concerns one frame; what is said of its site before what is said of all. */
export function hintsFor(url: string, rows: readonly SiteHint[]): FrameHints {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const concerns = rows
    .filter(({ hosts }) => hosts === undefined || hosts.some((each) => isWithin(host, each)))
    .toSorted((a, b) => Number(a.hosts === undefined) - Number(b.hosts === undefined));
  const all = (pick: (hint: SiteHint) => readonly string[] | undefined): string[] => [
    ...new Set(concerns.flatMap((hint) => pick(hint) ?? [])),
  ];
  return {
    consent: all(({ consent }) => consent),
    play: all(({ play }) => play),
    words: { consent: all(({ consentWords }) => consentWords), play: all(({ playWords }) => playWords) },
  };
}

const isWithin = (host: string, site: string): boolean => host === site || host.endsWith(`.${site}`);

/** What ships with the program. */
export const KNOWN_SITES: readonly SiteHint[] = [
  {
    hosts: ['youtube.com', 'youtube-nocookie.com'],
    consent: ['ytd-consent-bump-v2-lightbox button[aria-label^="Reject"]', 'form[action*="consent"] button'],
    play: ['.ytp-large-play-button'],
  },
  { hosts: ['consent.youtube.com', 'consent.google.com'], consent: ['form[action*="save"] button'] },
  {
    hosts: ['facebook.com'],
    consent: [
      '[data-cookiebanner="accept_only_essential_button"]',
      '[aria-label="Decline optional cookies"]',
    ],
    play: ['[aria-label="Play video"]'],
  },
  {
    hosts: ['instagram.com'],
    consentWords: ['decline optional cookies', 'only allow essential cookies'],
    playWords: ['tap to play'],
  },
  {
    hosts: ['twitch.tv'],
    play: [
      '[data-a-target="content-classification-gate-overlay-start-watching-button"]',
      '[data-a-target="player-overlay-mature-accept"]',
    ],
  },
  { hosts: ['kick.com'], consentWords: ['start watching', 'reject all'] },
  {
    hosts: ['tiktok.com'],
    consent: ['tiktok-cookie-banner button'],
    consentWords: ['decline optional cookies'],
  },
  { hosts: ['rumble.com'], play: ['.bigPlayUI'] },
  {
    consent: [
      '#onetrust-reject-all-handler',
      '#onetrust-accept-btn-handler',
      '#CybotCookiebotDialogBodyButtonDecline',
      '#CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll',
      '.fc-cta-do-not-consent',
      '.fc-cta-consent',
      '#didomi-notice-disagree-button',
      '#didomi-notice-agree-button',
      '.qc-cmp2-summary-buttons button[mode="secondary"]',
      '.qc-cmp2-summary-buttons button[mode="primary"]',
      '#truste-consent-required',
      '#truste-consent-button',
      '[data-testid="uc-deny-all-button"]',
      '[data-testid="uc-accept-all-button"]',
      'button.sp_choice_type_13',
      'button.sp_choice_type_11',
      '.cmpboxbtnno',
      '.cmpboxbtnyes',
      '.cc-dismiss',
    ],
    consentWords: [
      'reject all',
      'reject all cookies',
      'decline all',
      'necessary cookies only',
      'accept all',
      'accept all cookies',
      'accept cookies',
      'i agree',
      'agree and continue',
      'alle ablehnen',
      'alle akzeptieren',
      'tout refuser',
      'tout accepter',
      'rechazar todo',
      'aceptar todo',
    ],
    play: [
      '.vjs-big-play-button',
      '.jw-icon-display',
      '.plyr__control--overlaid',
      '.fp-play',
      '.mejs__overlay-button',
      '.flowplayer .fp-ui',
    ],
    playWords: [
      'play',
      'play video',
      'tap to play',
      'click to play',
      'tap to unmute',
      'watch now',
      'watch live',
      'start watching',
    ],
  },
];
