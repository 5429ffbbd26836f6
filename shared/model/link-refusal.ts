/**
 * Why a text is not taken as a stream's link. Asking again never helps: what a link says does not change by itself.
 */
export type LinkRefusalReason =
  /** Not an address at all. */
  | 'not-a-link'
  /** An address, but not http or https. */
  | 'scheme'
  | 'too-long'
  | 'control-characters'
  /** A user name or password before the host: a way to dress one host up as another. */
  | 'credentials'
  /** A port that the platform does not use. */
  | 'port'
  /** A host that streams are not read from. */
  | 'host'
  /** A media file on this machine or in a private network, named by a stranger. */
  | 'private-host'
  /** Something of the past: a recording or an ended broadcast. */
  | 'recording'
  | 'clip'
  /** A single picture, text or posted video. */
  | 'post'
  /** A page of many things, or one that belongs to no channel. */
  | 'listing'
  /** A person's page that says nothing about being live. */
  | 'profile'
  /** Sound alone, on a platform where that cannot be shown. */
  | 'audio-only'
  /** The part that should name a channel cannot be a name there. */
  | 'name'
  /** The part that should identify a video cannot be an id there. */
  | 'id'
  /** An outgoing-link page that holds no usable address. */
  | 'empty-wrapper'
  /** The message holds more links than are read from one. */
  | 'too-many';

export type LinkRefusal = {
  readonly reason: LinkRefusalReason;
  /** One sentence for a person. */
  readonly message: string;
};

export const linkRefusal = (reason: LinkRefusalReason, message: string): LinkRefusal => ({ reason, message });
