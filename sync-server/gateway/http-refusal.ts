/** Why a request is not done, in the one shape that every answer of the API has for it. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, readonly string[]>> | undefined;
  readonly retryAfterMs: number | undefined;
  /** Of what was done before it, where much is asked for at once. */
  readonly report: object | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      details?: Readonly<Record<string, readonly string[]>> | undefined;
      retryAfterMs?: number | undefined;
      report?: object;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = more.details;
    this.retryAfterMs = more.retryAfterMs;
    this.report = more.report;
  }

  /** The same, with word of what was done before it. */
  having(report: object): HttpRefusal {
    const { status, code, message, details, retryAfterMs } = this;
    return new HttpRefusal(status, code, message, { details, retryAfterMs, report });
  }
}

/** `error` is a sentence for a person, as StreamSource has it; `code` is for programs; `details` is by field. */
export type ErrorBody = {
  readonly error: string;
  readonly code: string;
  readonly details?: Readonly<Record<string, readonly string[]>>;
  /** With a 503 while writes wait, as StreamSource says it. */
  readonly maintenance?: true;
  readonly report?: object;
};

export const refusals = {
  notSignedIn: () => new HttpRefusal(401, 'not-signed-in', 'Unauthorized'),
  forbidden: () => new HttpRefusal(403, 'forbidden', 'You are not authorized to perform this action'),
  notFound: () => new HttpRefusal(404, 'not-found', 'Record not found'),
  tooMany: (retryAfterMs: number) =>
    new HttpRefusal(429, 'too-many-requests', 'Too many requests. Please try again later.', { retryAfterMs }),
  unavailable: () =>
    new HttpRefusal(503, 'unavailable', 'The database does not answer. Try again in a moment.', {
      retryAfterMs: 2_000,
    }),
  invalid: (field: string, message: string) =>
    new HttpRefusal(422, 'invalid', `${field} ${message}`, { details: { [field]: [message] } }),
};
