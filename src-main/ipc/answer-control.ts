import type { Result } from '#shared/kernel/result.ts';
import {
  controlRequests,
  type ControlAnswer,
  type ControlArgument,
  type ControlRequest,
} from '#shared/protocol/ipc-contract.ts';

/** What answers each request of the control window. */
export type ControlHandlers = {
  readonly [R in ControlRequest]: (
    argument: ControlArgument<R>,
  ) => ControlAnswer[R] | Promise<ControlAnswer[R]>;
};

/**
 * Answers one request, of which nothing is believed: the name must be one of the contract's, the argument must parse.
 * @throws with words when it does not; the window's own code never sends such a thing
 */
export async function answerControl(
  handlers: ControlHandlers,
  name: unknown,
  argument: unknown,
): Promise<unknown> {
  if (!isRequest(name)) throw new Error('There is no such request.');
  return answerRequest(handlers, name, argument);
}

async function answerRequest<R extends ControlRequest>(
  handlers: ControlHandlers,
  name: R,
  argument: unknown,
): Promise<unknown> {
  const read = readArgument(name, argument);
  if (read.ok) return handlers[name](read.value);
  // A command that cannot be read is a refusal that a person may see; for the rest there is nobody to tell.
  if (name === 'send-command') {
    return { ok: false, error: { reason: 'invalid', message: read.error, retryable: false } };
  }
  throw new Error(read.error);
}

function readArgument<R extends ControlRequest>(
  name: R,
  argument: unknown,
): Result<ControlArgument<R>, string> {
  const parsed = controlRequests[name].safeParse(argument);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? 'the request' : issue.path.join('.');
    return { ok: false, error: `That cannot be read: ${where}: ${issue?.message ?? 'wrong'}.` };
  }
  return { ok: true, value: parsed.data as ControlArgument<R> };
}

const isRequest = (name: unknown): name is ControlRequest =>
  typeof name === 'string' && Object.hasOwn(controlRequests, name);
