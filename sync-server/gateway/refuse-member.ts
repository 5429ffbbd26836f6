import type { AcceptRefusal } from '../accounts/invitations.ts';
import type { MemberRefusal } from '../accounts/members.ts';
import { describePasswordProblem } from '../accounts/password-rules.ts';
import type { ChangeRefusal } from '../accounts/user-store.ts';
import { HttpRefusal, refusals } from './http-refusal.ts';

/** Why somebody cannot become or stay what was asked for. */
export function refuseMember(
  refusal: MemberRefusal | AcceptRefusal | { readonly reason: ChangeRefusal },
): HttpRefusal {
  switch (refusal.reason) {
    case 'email-taken':
      return refusals.invalid('email', 'has already been taken');
    case 'weak-password':
      return refusals.invalid('password', describePasswordProblem(refusal.problem));
    case 'email-needed':
      return refusals.invalid('email', 'is needed');
    case 'wrong-email':
      return refusals.invalid('email', 'is not the one that was invited');
    case 'last-admin':
      return new HttpRefusal(409, 'last-admin', 'This is the last admin who can sign in');
    case 'not-found':
      return refusals.notFound();
    case 'no-such-invite':
      return new HttpRefusal(410, 'no-such-invite', 'This invitation was used, revoked, or is over');
  }
}
