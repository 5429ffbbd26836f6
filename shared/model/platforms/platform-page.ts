import { fail, ok, type Result } from '../../kernel/result.ts';
import { linkRefusal, type LinkRefusal, type LinkRefusalReason } from '../link-refusal.ts';
import type { Platform } from '../stream.ts';

/** What a platform is asked about: an https address on one of its own hosts, taken apart. */
export type PageAddress = {
  readonly host: string;
  /** The path's parts, percent-decoded, empty ones left out. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
};

/** A place where one stream may be live. */
export type StreamPage = {
  readonly type: 'stream';
  /** Canonical: https, the platform's own host, nothing that is not identity. */
  readonly url: string;
  /** What two links to one stream have in common, unique within the platform. */
  readonly identity: string;
  readonly username?: string;
  readonly videoId?: string;
  /** Still to be resolved over the network to learn what it leads to. */
  readonly short?: true;
};

/** A page that only leads on to another address. */
export type WrapperPage = { readonly type: 'wrapper'; readonly target: string };

export type PageReading = Result<StreamPage | WrapperPage, LinkRefusal>;

/** What is known of one platform's addresses, without asking it. */
export type PlatformReader = {
  readonly platform: Platform;
  /** Exactly these hosts, in lower case; never "ends with". */
  readonly hosts: readonly string[];
  readonly read: (address: PageAddress) => PageReading;
  /** Given where names after `/@` may be of any script: whether a character can belong to one. */
  readonly isNameCharacter?: (character: string) => boolean;
};

export const refusePage = (reason: LinkRefusalReason, message: string): PageReading =>
  fail(linkRefusal(reason, message));

export const streamPage = (page: Omit<StreamPage, 'type'>): PageReading => ok({ type: 'stream', ...page });

export const wrapperPage = (target: string | null): PageReading =>
  target === null || target === ''
    ? refusePage('empty-wrapper', 'This page leads on to another address, but the address is missing.')
    : ok({ type: 'wrapper', target });

export const notAName = (platform: string, name: string): PageReading =>
  refusePage('name', `“${shorten(name)}” cannot be the name of a ${platform} channel.`);

export const notAnId = (platform: string, id: string): PageReading =>
  refusePage(
    'id',
    id === '' ? `This ${platform} link names no video.` : `“${shorten(id)}” is not a ${platform} id.`,
  );

const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
