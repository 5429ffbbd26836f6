import type { IncomingMessage } from 'node:http';
import type { Clock } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { checkAddress, type Destination, type LocalAddresses } from './check-address.ts';
import { describeError } from './describe-error.ts';
import {
  hopFailure,
  type FetchAnswer,
  type FetchFailure,
  type FetchRequest,
  type HopFailure,
} from './fetch-types.ts';
import type { HttpsDoor } from './https-request.ts';
import { readBoundedBody } from './read-bounded-body.ts';
import { readRetryAfter } from './read-retry-after.ts';

type Surroundings = Readonly<{ clock: Clock; userAgent: string; local: LocalAddresses; door: HttpsDoor }>;

const defaults = { maxHops: 5, timeoutMs: 10_000, maxBytes: 2 * 1024 * 1024 };
const redirects = new Set([301, 302, 303, 307, 308]);

/** Headers that may follow a redirect to another host. */
const harmless = new Set(['accept', 'accept-language', 'user-agent', 'range']);

/** From the first hop to the last byte. */
export async function followHops(
  request: FetchRequest,
  surroundings: Surroundings,
): Promise<Result<FetchAnswer, FetchFailure>> {
  const timeoutMs = request.timeoutMs ?? defaults.timeoutMs;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  const signal =
    request.signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, request.signal]);
  const hops: string[] = [];
  try {
    const outcome = await walk(request, surroundings, hops, signal);
    return outcome.ok ? outcome : fail({ ...outcome.error, hops });
  } catch (error) {
    return fail({ ...whyItBroke(error, request, deadline.signal, hops), hops });
  } finally {
    clearTimeout(timer);
  }
}

function whyItBroke(
  error: unknown,
  request: FetchRequest,
  deadline: AbortSignal,
  hops: readonly string[],
): HopFailure {
  const last = hops.at(-1) ?? '';
  const host = URL.canParse(last) ? new URL(last).hostname : 'the host';
  if (request.signal?.aborted === true) return hopFailure('cancelled', 'The request was called off.', true);
  if (deadline.aborted) {
    const seconds = (request.timeoutMs ?? defaults.timeoutMs) / 1000;
    return hopFailure('timeout', `${host} did not answer within ${seconds} s.`, true);
  }
  return describeError(error, host);
}

async function walk(
  request: FetchRequest,
  surroundings: Surroundings,
  hops: string[],
  signal: AbortSignal,
): Promise<Result<FetchAnswer, HopFailure>> {
  const maxHops = request.body === undefined ? (request.maxHops ?? defaults.maxHops) : 0;
  let address = request.url;
  let origin: string | undefined;
  for (;;) {
    const checked = checkAddress(address, request, surroundings.local);
    hops.push(checked.ok ? checked.value.url.href : address.slice(0, 200));
    if (!checked.ok) return checked;
    const { url } = checked.value;
    origin ??= url.origin;
    const message = await sendHop(request, surroundings, checked.value, url.origin === origin, signal);
    const status = message.statusCode ?? 0;
    const location = redirects.has(status) ? message.headers.location : undefined;
    if (location === undefined || maxHops === 0) return readAnswer(request, surroundings, message, hops);
    message.destroy();
    if (!URL.canParse(location, url.href))
      return fail(hopFailure('broken-answer', `${url.hostname} leads on to what is no address.`));
    const next = new URL(location, url.href);
    if (request.stopAt?.(next) === true) return stopHere(next, status, hops);
    if (hops.length > maxHops)
      return fail(hopFailure('too-many-hops', `${url.hostname} leads on and on (${hops.length} hops).`));
    address = next.href;
  }
}

function sendHop(
  { method = 'GET', headers = {}, body }: FetchRequest,
  { userAgent, door }: Surroundings,
  to: Destination,
  isFirstHost: boolean,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const own = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name !== 'host' && name !== 'accept-encoding' && (isFirstHost || harmless.has(name)));
  const all = { 'user-agent': userAgent, accept: '*/*', ...Object.fromEntries(own) };
  return door.send(to, { method, headers: all, body, signal });
}

/** The redirect is the answer: where it leads is not asked. */
function stopHere(next: URL, status: number, hops: string[]): Result<FetchAnswer, HopFailure> {
  next.hash = '';
  hops.push(next.href);
  const nothing = { contentType: '', headers: {}, retryAfterMs: undefined, text: '', isCut: false };
  return ok({ ...nothing, status, url: next.href, hops });
}

async function readAnswer(
  request: FetchRequest,
  { clock }: Surroundings,
  message: IncomingMessage,
  hops: readonly string[],
): Promise<Result<FetchAnswer, HopFailure>> {
  const { method = 'GET', maxBytes = defaults.maxBytes, cut = false } = request;
  const body = await readBoundedBody(message, { method, maxBytes, cut });
  if (!body.ok) return body;
  const headers = Object.fromEntries(
    Object.entries(message.headers)
      .filter(([name]) => name !== 'set-cookie')
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
  return ok({
    ...body.value,
    status: message.statusCode ?? 0,
    url: hops.at(-1) ?? request.url,
    hops,
    headers,
    contentType: (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    retryAfterMs: readRetryAfter(headers['retry-after'], clock.nowMs()),
  });
}
