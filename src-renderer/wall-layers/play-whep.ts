import type { TileFault } from '#shared/protocol/tile-report.ts';
import { httpFault } from './http-fault.ts';
import type { MediaSource, SourceEvents } from './media-source.ts';
import { readIceServers } from './read-ice-servers.ts';
import { readShortText } from './read-short-text.ts';

const ANSWER_TIMEOUT_MS = 8_000;
/** What was found by then is offered; nothing is sent later. */
const GATHERING_MS = 1_500;
/** So long the two may look for a way to each other, once the server agreed. */
const CONNECTING_MS = 8_000;
const MAX_ANSWER_LENGTH = 256 * 1024;

/** Plays a WebRTC stream that is offered by WHEP: one question over HTTP, one answer, and the stream's own address. */
export function playWhep(video: HTMLVideoElement, url: string, events: SourceEvents): MediaSource {
  const over = new AbortController();
  const peer = new RTCPeerConnection();
  let resource: string | undefined;
  let connecting: ReturnType<typeof setTimeout> | undefined;
  const fail = (fault: TileFault): void => {
    if (!over.signal.aborted) events.onFailed(fault);
  };
  const stream = new MediaStream();
  video.srcObject = stream;
  peer.addEventListener('track', ({ track }) => {
    stream.addTrack(track);
    video.play().catch(() => undefined);
  });
  peer.addEventListener('connectionstatechange', () => {
    if (peer.connectionState === 'connected') {
      clearTimeout(connecting);
      events.onAnswer();
    }
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed') fail('network');
  });
  const begin = async (): Promise<void> => {
    peer.addTransceiver('video', { direction: 'recvonly' });
    peer.addTransceiver('audio', { direction: 'recvonly' });
    await peer.setLocalDescription();
    await gathered(peer);
    const answer = await ask(url, peer.localDescription?.sdp ?? '', over.signal);
    if (!answer.ok) {
      fail(answer.fault);
      return;
    }
    ({ resource } = answer);
    if (over.signal.aborted) {
      leave(resource);
      return;
    }
    if (answer.iceServers.length > 0) peer.setConfiguration({ iceServers: [...answer.iceServers] });
    // Agreed is not yet connected: a server behind a wall of its own answers as well, and nothing ever arrives.
    connecting = setTimeout(() => {
      fail('network');
    }, CONNECTING_MS);
    await peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
  };
  begin().catch(() => {
    fail('unsupported');
  });
  return {
    stop: () => {
      over.abort();
      clearTimeout(connecting);
      peer.close();
      video.srcObject = null;
      leave(resource);
    },
  };
}

type Answer =
  | {
      readonly ok: true;
      readonly sdp: string;
      /** Where the stream is ended; undefined where the server does not say. */
      readonly resource: string | undefined;
      readonly iceServers: readonly RTCIceServer[];
    }
  | { readonly ok: false; readonly fault: TileFault };

async function ask(url: string, sdp: string, over: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      body: sdp,
      headers: { 'Content-Type': 'application/sdp', Accept: 'application/sdp' },
      credentials: 'omit',
      signal: AbortSignal.any([over, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
  } catch {
    return { ok: false, fault: 'network' };
  }
  if (!response.ok) return { ok: false, fault: httpFault(response.status) };
  const text = await readShortText(response, MAX_ANSWER_LENGTH);
  if (text?.startsWith('v=0') !== true) return { ok: false, fault: 'no-media' };
  const location = response.headers.get('Location');
  return {
    ok: true,
    sdp: text,
    resource: location === null || !URL.canParse(location, url) ? undefined : new URL(location, url).href,
    iceServers: readIceServers(response.headers.get('Link') ?? ''),
  };
}

/** Tells the server that nobody looks any more. It finds out by itself, if this does not reach it. */
function leave(resource: string | undefined): void {
  if (resource !== undefined)
    fetch(resource, { method: 'DELETE', credentials: 'omit', keepalive: true }).catch(() => undefined);
}

async function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return;
  await new Promise<void>((done) => {
    setTimeout(done, GATHERING_MS);
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState === 'complete') done();
    });
  });
}
