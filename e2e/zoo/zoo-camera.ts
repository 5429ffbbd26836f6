import type { IncomingMessage, ServerResponse } from 'node:http';

/** Stands between those who ask for a WebRTC stream (WHEP) and the page that offers it. */
export type Camera = { readonly offers: string[]; answer: ((sdp: string) => void) | undefined };

export const createCamera = (): Camera => ({ offers: [], answer: undefined });

const ANSWER_MS = 6_000;

export async function camera(
  between: Camera,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (`${request.method ?? ''} ${name}`) {
    case 'POST whep': {
      const offer = await read(request);
      const answer = await new Promise<string | undefined>((done) => {
        between.answer = done;
        between.offers.push(offer);
        setTimeout(() => {
          done(undefined);
        }, ANSWER_MS);
      });
      response.statusCode = answer === undefined ? 503 : 201;
      response.setHeader('Content-Type', 'application/sdp');
      response.setHeader('Location', '/camera/resource');
      response.end(answer);
      return;
    }
    case 'GET next': {
      const offer = between.offers.shift();
      response.statusCode = offer === undefined ? 204 : 200;
      response.end(offer);
      return;
    }
    case 'POST mute':
      response.statusCode = 201;
      response.setHeader('Content-Type', 'application/sdp');
      response.end(answerOfNobody(await read(request)));
      return;
    case 'POST answer':
      between.answer?.(await read(request));
      response.end();
      return;
    default:
      response.end();
  }
}

/** Agrees to an offer, and says of no way to whoever agrees. */
function answerOfNobody(offer: string): string {
  const lines = offer
    .split('\r\n')
    .filter((line) => !/^a=(?:candidate|end-of-candidates|ssrc|ice-options)/.test(line));
  return lines
    .join('\r\n')
    .replace(/^(a=ice-ufrag:).*$/gm, '$1nobody')
    .replace(/^(a=ice-pwd:).*$/gm, `$1${'n'.repeat(24)}`)
    .replace(/^a=setup:.*$/gm, 'a=setup:passive')
    .replace(/^a=recvonly$/gm, 'a=sendonly');
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
