import { randomBytes } from 'node:crypto';
import express, { Router, type Response } from 'express';
import { z } from 'zod';
import type { Invite } from '../accounts/invite-store.ts';
import { noteChange } from '../audit/note-change.ts';
import { actorOfUser, Email, PersonName } from '../accounts/user.ts';
import { shapeChange } from './account-shapes.ts';
import { HttpRefusal } from './http-refusal.ts';
import { ACCEPTS, LOOKS } from './invite-routes.ts';
import { readBody } from './read-request.ts';
import { refuseMember } from './refuse-member.ts';
import type { AccountRouteParts } from './session-routes.ts';

const empty = (text: unknown): unknown => (text === '' ? undefined : text);
const Form = z.object({
  name: PersonName,
  email: z.preprocess(empty, Email.optional()),
  password: z.preprocess(empty, z.string().max(1_000).optional()),
});

/**
 * The page that an invitation links to. Looking at it, as programs do that show previews of links, changes nothing; only
 * the form that a person sends does.
 */
export function invitePage({ accounts, door, cookie }: Omit<AccountRouteParts, 'logger'>): Router {
  const router = Router();

  router.get('/invite/:token', async (request, response) => {
    await door.limitCaller(request, 'invite-look', LOOKS);
    const invite = await accounts.invitations.look(request.params.token);
    if (invite === undefined) sendPage(response, 410, over);
    else sendPage(response, 200, formFor(invite, ''));
  });

  router.post(
    '/invite/:token',
    express.urlencoded({ extended: false, limit: '8kb' }),
    async (request, response) => {
      cookie.refuseForeign(request);
      await door.limitCaller(request, 'invite', ACCEPTS);
      const { token } = request.params;
      const invite = await accounts.invitations.look(String(token));
      if (invite === undefined) {
        sendPage(response, 410, over);
        return;
      }
      try {
        const { name, email, password } = readBody(Form, request);
        const accepted = await accounts.invitations.accept({ token: String(token), name, email, password });
        if (!accepted.ok) throw refuseMember(accepted.error);
        const actor = actorOfUser(accepted.value.id);
        noteChange(request, { action: 'invite.accepted', actor, ...shapeChange(undefined, accepted.value) });
        cookie.set(response, await accounts.sessions.open(accepted.value, door.caller(request)));
        sendPage(response, 201, welcome(accepted.value.email));
      } catch (error) {
        if (!(error instanceof HttpRefusal)) throw error;
        sendPage(response, error.status, formFor(invite, error.message));
      }
    },
  );
  return router;
}

function sendPage(response: Response, status: number, body: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.set(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  );
  response.status(status).type('html').send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Streamwall</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main><h1>Streamwall</h1>${body}</main></body>
</html>
`);
}

const STYLE = `body { margin: 0; background: #111416; color: #e8eaed; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 12vh auto; padding: 0 1.5rem; }
label { display: block; margin: 1rem 0; } input { display: block; width: 100%; box-sizing: border-box; margin-top: .25rem;
padding: .6rem; border: 1px solid #5f6b73; border-radius: 6px; background: #1b2024; color: inherit; font: inherit; }
button { padding: .6rem 1.2rem; border: 0; border-radius: 6px; background: #6cb6ff; color: #06121f; font: inherit;
font-weight: 600; } :focus-visible { outline: 2px solid #6cb6ff; outline-offset: 2px; } [role=alert] { color: #ffb4a9; }`;

const over = '<p>This invitation was used, revoked, or is over. Ask whoever sent it for another one.</p>';

function formFor({ role, email, guestForMs }: Invite, problem: string): string {
  const member = `
<label>Email <input name="email" type="email" autocomplete="username" required value="${escape(email ?? '')}"${email === undefined ? '' : ' readonly'}></label>
<label>Password, 8 characters or more <input name="password" type="password" autocomplete="new-password" required minlength="8" maxlength="128"></label>`;
  return `<p>You are invited, as ${guestForMs === undefined ? role : `a guest (${role})`}.</p>
${problem === '' ? '' : `<p role="alert">${escape(problem)}</p>`}
<form method="post">
<label>Your name, as others see it <input name="name" autocomplete="name" required maxlength="80"></label>
${guestForMs === undefined ? member : ''}
<button>Come in</button>
</form>`;
}

const welcome = (email: string | undefined): string =>
  `<p>Welcome. ${email === undefined ? 'You are in.' : `You can sign in as ${escape(email)}.`}</p><p><a href="/">Open Streamwall</a></p>`;

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
