import { z } from 'zod';
import {
  InviteAnswer,
  KeyAnswer,
  OwnKeyAnswer,
  SessionAnswer,
  SignedInAnswer,
  UserAnswer,
} from './account-answers.ts';
import { Accept, AddInvite, LookAt } from './invite-routes.ts';
import { AddKey, RotateKey } from './key-routes.ts';
import { Credentials, RefreshBody } from './log-in-routes.ts';
import { ChangeMe, ConfirmTotp, DropTotp } from './me-routes.ts';
import { toldEndpoint, type Endpoint } from './rest-v1/endpoint.ts';
import { NewAccount } from './sign-up-routes.ts';
import { NewUser, UserChanges, UserListQuery } from './user-routes.ts';

/** Accounts as the description of the API tells them: from the schemas that their requests are read with. */

const [OneUser, OneKey] = [z.object({ user: UserAnswer }), z.object({ key: KeyAnswer })];
const Sessions = z.object({ sessions: z.array(SessionAnswer) });
const Ended = z.object({ ended: z.int() });
const Said = z.object({ status: z.int(), message: z.string() });
const Status = z.object({ code: z.int(), message: z.string() });
const PageMeta = z.object({
  current_page: z.int(),
  total_pages: z.int(),
  total_count: z.int(),
  per_page: z.int(),
});
const SecretKey = z.object({ key: KeyAnswer.extend({ key: z.string() }).meta({ id: 'NewKey' }) });

const [anybody, person, admin] = [
  { tag: 'signing in', who: 'anybody' },
  { tag: 'me', who: 'person' },
  { who: 'admin' },
] as const;
const none = { 204: undefined };

const signingIn: readonly Endpoint[] = [
  toldEndpoint({
    ...{ ...anybody, method: 'post', path: '/login', summary: 'Sign in by email and password' },
    ...{ wrapped: 'user', body: Credentials, answers: { 200: SignedInAnswer.extend({ status: Status }) } },
  }),
  toldEndpoint({
    ...{ ...anybody, method: 'post', path: '/tokens/refresh', summary: 'A new token for a refresh token' },
    ...{ body: RefreshBody, answers: { 200: SignedInAnswer } },
  }),
  toldEndpoint({
    ...{ ...anybody, method: 'post', path: '/signup', summary: 'Become a viewer, where that is on' },
    ...{ wrapped: 'user', body: NewAccount },
    answers: { 200: z.object({ status: Status, data: UserAnswer }) },
  }),
  toldEndpoint({
    ...{ ...anybody, method: 'post', path: '/invites/look', summary: 'What an invitation offers' },
    body: LookAt,
    answers: {
      200: z.object({
        invite: InviteAnswer.pick({ role: true, email: true, guest_hours: true, expires_at: true }).meta({
          id: 'InviteOffer',
        }),
      }),
    },
  }),
  toldEndpoint({
    ...{ ...anybody, method: 'post', path: '/invites/accept', summary: 'Take an invitation and sign in' },
    ...{ body: Accept, answers: { 201: SignedInAnswer } },
  }),
];

const oneself: readonly Endpoint[] = [
  toldEndpoint({
    ...{ ...person, who: 'signed-in', method: 'get', path: '/me', summary: 'Who one is: a person, or a key' },
    answers: { 200: z.union([OneUser, z.object({ key: OwnKeyAnswer })]) },
  }),
  toldEndpoint({
    ...{ ...person, method: 'patch', path: '/me', summary: 'Change one’s name or password' },
    ...{ body: ChangeMe, answers: { 200: OneUser } },
  }),
  toldEndpoint({
    ...{ ...person, method: 'post', path: '/me/second-factor', summary: 'A secret for a second factor' },
    answers: { 201: z.object({ secret: z.string(), uri: z.string() }) },
  }),
  toldEndpoint({
    ...{ ...person, method: 'put', path: '/me/second-factor', summary: 'Switch the second factor on' },
    ...{ body: ConfirmTotp, answers: { 200: OneUser } },
  }),
  toldEndpoint({
    ...{ ...person, method: 'delete', path: '/me/second-factor', summary: 'Switch the second factor off' },
    ...{ body: DropTotp, answers: { 200: OneUser } },
  }),
  toldEndpoint({
    ...{ ...person, method: 'get', path: '/sessions', summary: 'Where one is signed in' },
    answers: { 200: Sessions },
  }),
  toldEndpoint({
    ...{ ...person, method: 'delete', path: '/sessions/{id}', summary: 'End a session' },
    answers: none,
  }),
  toldEndpoint({
    ...{ ...person, method: 'delete', path: '/sessions', summary: 'End all other sessions of one’s own' },
    answers: { 200: Ended },
  }),
  toldEndpoint({
    ...{ ...person, who: 'signed-in', method: 'post', path: '/socket-tickets' },
    summary: 'A ticket that opens one socket, once',
    answers: { 201: z.object({ ticket: z.string(), expires_in_ms: z.number() }) },
  }),
];

const people: readonly Endpoint[] = [
  toldEndpoint({
    ...{ ...admin, tag: 'users', method: 'get', path: '/users', summary: 'People', query: UserListQuery },
    answers: { 200: z.object({ users: z.array(UserAnswer), meta: PageMeta }) },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'users', method: 'post', path: '/users', summary: 'Add a person' },
    ...{ wrapped: 'user', body: NewUser, answers: { 201: OneUser } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'users', method: 'get', path: '/users/{id}', summary: 'Show a person' },
    answers: { 200: OneUser },
  }),
  ...(['patch', 'put'] as const).map((method) =>
    toldEndpoint({
      ...{ ...admin, tag: 'users', method, path: '/users/{id}', summary: 'Change a person' },
      ...{ wrapped: 'user', body: UserChanges, answers: { 200: OneUser } },
    }),
  ),
  toldEndpoint({
    ...{ ...admin, tag: 'users', method: 'get', path: '/users/{id}/sessions', answers: { 200: Sessions } },
    summary: 'Where a person is signed in',
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'users', method: 'delete', path: '/users/{id}/sessions', answers: { 200: Ended } },
    summary: 'Sign a person out everywhere',
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'users', method: 'delete', path: '/users/{id}/second-factor' },
    ...{ summary: 'Take a person’s second factor away', answers: { 200: OneUser } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'users', method: 'delete', path: '/users/{id}', answers: none },
    summary: 'Remove a person; what they added stays',
  }),
];

const invitesAndKeys: readonly Endpoint[] = [
  toldEndpoint({
    ...{ ...admin, tag: 'invites', method: 'get', path: '/invites', summary: 'Invitations that are open' },
    answers: { 200: z.object({ invites: z.array(InviteAnswer) }) },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'invites', method: 'post', path: '/invites', summary: 'Invite somebody' },
    body: AddInvite,
    answers: {
      201: z.object({
        invite: InviteAnswer.extend({ token: z.string(), link: z.string() }).meta({ id: 'NewInvite' }),
      }),
    },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'invites', method: 'delete', path: '/invites/{id}', answers: none },
    summary: 'Take an invitation back',
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'keys', method: 'get', path: '/keys', summary: 'Keys of programs' },
    answers: { 200: z.object({ keys: z.array(KeyAnswer) }) },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'keys', method: 'post', path: '/keys', summary: 'Make a key, which is shown once' },
    ...{ body: AddKey, answers: { 201: SecretKey } },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'keys', method: 'get', path: '/keys/{id}', summary: 'Show a key' },
    answers: { 200: OneKey },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'keys', method: 'post', path: '/keys/{id}/rotate', answers: { 201: SecretKey } },
    ...{ body: RotateKey, summary: 'Another key like it; the old one opens for a while' },
  }),
  toldEndpoint({
    ...{ ...admin, tag: 'keys', method: 'delete', path: '/keys/{id}', answers: none },
    summary: 'Revoke a key',
  }),
];

/** Leaving comes last, for whoever tries one after the other. */
export const toldAccounts: readonly Endpoint[] = [
  ...[...signingIn, ...oneself, ...invitesAndKeys, ...people],
  ...(['post', 'delete'] as const).map((method) =>
    toldEndpoint({
      ...{ ...anybody, method, path: '/logout', summary: 'Sign out', answers: { 200: Said } },
    }),
  ),
];
