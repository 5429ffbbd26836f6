import type { Result } from '#shared/kernel/result.ts';

/** What to ask for, and how far one may go for it. Times in milliseconds, sizes in bytes. */
export type FetchRequest = Readonly<{
  /** An absolute address. It may come from anybody. */
  url: string;
  method?: 'GET' | 'HEAD' | 'POST';
  /** Sent to the host of `url` only, also when it leads on to another. Names in any case. */
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Which hosts may be asked, at every hop; without it, any public one. The host is in lower case, without a port. */
  allowHost?: (host: string) => boolean;
  /** Also plain http. */
  http?: boolean;
  /** Also other ports than the usual ones. */
  anyPort?: boolean;
  /** How often it may lead on; 5 if not said, 0 gives the redirect itself. */
  maxHops?: number;
  /** A redirect to such an address ends the journey there, without asking it: its `url` is the answer. */
  stopAt?: (url: URL) => boolean;
  /** For everything together; 10 s if not said. */
  timeoutMs?: number;
  /** Of the unpacked body; 2 MiB if not said. */
  maxBytes?: number;
  /** Longer bodies are cut at `maxBytes` and marked, not refused. */
  cut?: boolean;
  /** How old a kept answer may be; 0 if not said: always asked anew. Only for GET and HEAD. */
  keepMs?: number;
  signal?: AbortSignal;
}>;

export type FetchAnswer = Readonly<{
  status: number;
  /** Where the answer came from, or where `stopAt` ended the journey. */
  url: string;
  /** Every address that was asked or stopped at, in order. */
  hops: readonly string[];
  /** In lower case, without parameters; empty if not said. */
  contentType: string;
  /** Names in lower case; several of one name are joined by a comma. */
  headers: Readonly<Record<string, string>>;
  /** How long the host wants to be left alone, at most a day. */
  retryAfterMs: number | undefined;
  /** The body read as UTF-8. */
  text: string;
  /** The body was longer than `text`. */
  isCut: boolean;
}>;

export type FetchFailure = Readonly<{
  reason:
    | 'bad-address'
    | 'not-https'
    | 'port'
    | 'credentials'
    | 'host-not-allowed'
    | 'private-address'
    | 'too-many-hops'
    | 'no-such-host'
    | 'unreachable'
    | 'bad-certificate'
    | 'timeout'
    | 'too-big'
    | 'broken-answer'
    | 'cancelled';
  /** A sentence for the operator. */
  message: string;
  /** Whether the same request can succeed later. */
  retryable: boolean;
  /** Every address that was asked, in order; the last is the one that failed. */
  hops: readonly string[];
}>;

/** Asks for one address within bounds. Never rejects. */
export type SafeFetch = (request: FetchRequest) => Promise<Result<FetchAnswer, FetchFailure>>;

/** A failure before it is known on which hop it happened. */
export type HopFailure = Omit<FetchFailure, 'hops'>;

export const hopFailure = (
  reason: FetchFailure['reason'],
  message: string,
  retryable = false,
): HopFailure => ({ reason, message, retryable });
