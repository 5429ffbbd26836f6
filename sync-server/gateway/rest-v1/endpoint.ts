import type { Request } from 'express';
import type { z } from 'zod';
import type { CatalogueRoot } from '#shared/document/document-shape.ts';
import type { SignedIn } from '../../accounts/sign-in.ts';

/** What an endpoint answers with. `body` is JSON, or text of another type. */
export type RestAnswer = {
  /** Of the tables that it was made from, where it knows. */
  readonly version?: string;
  readonly status?: number;
  readonly body?: unknown;
  /** Text that is made while it is sent, as it may be longer than what should be held in memory. */
  readonly stream?: {
    readonly type: string;
    readonly chunks: AsyncIterable<string>;
    readonly fileName?: string;
  };
  readonly text?: { readonly type: string; readonly content: string; readonly fileName?: string };
};

export type Asked<Query, Body> = {
  readonly signedIn: SignedIn;
  readonly query: Query;
  readonly body: Body;
  /** The parts of the path, as texts. */
  readonly params: Readonly<Record<string, string>>;
  readonly request: Request;
};

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type EndpointCore = {
  readonly method: Method;
  /** Below /api/v1, its parts in braces: /streams/{id}. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** The root of the catalogue that it writes; without it, it only reads the catalogue. */
  readonly writes?: CatalogueRoot;
  /** Whether it writes a wall; which parts of it somebody may write, the wall's room knows. */
  readonly writesWall?: boolean;
  /** Who may ask, as far as the table of roles does not say; without it, whoever is signed in and may do that. */
  readonly who?: 'admin' | 'person' | 'signed-in' | 'anybody';
  /** Under which name clients may wrap the body, as StreamSource's do. */
  readonly wrapped?: string;
  /** Status and shape of the answer when all goes well; `undefined` for an empty one. */
  readonly answers: Readonly<Record<number, z.ZodType | undefined>>;
  /** The media type of an answer that is no JSON. */
  readonly textType?: string;
  /** Whether the same question gets the same answer while the catalogue is at the same number. */
  readonly isKept?: boolean | 'tells-version';
};

/** One thing that the API does. The schemas that validate are those that its description is made from. */
export type Endpoint = EndpointCore & {
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  readonly handle: (asked: Asked<unknown, unknown>) => Promise<RestAnswer>;
};

type EndpointOf<Query extends z.ZodType, Body extends z.ZodType> = EndpointCore & {
  readonly query?: Query;
  readonly body?: Body;
  readonly handle: (asked: Asked<z.infer<Query>, z.infer<Body>>) => Promise<RestAnswer>;
};

/** What is answered in another way than through these handlers, as the description of the API tells it. */
export function toldEndpoint(
  told: EndpointCore & { readonly query?: z.ZodType; readonly body?: z.ZodType },
): Endpoint {
  return {
    ...told,
    query: told.query,
    body: told.body,
    handle: async () => Promise.reject(new Error('this is answered elsewhere')),
  };
}

/** Ties what a handler gets to the schemas that its request was read with. */
export function endpoint<Query extends z.ZodType = z.ZodUndefined, Body extends z.ZodType = z.ZodUndefined>(
  spec: EndpointOf<Query, Body>,
): Endpoint {
  return {
    ...spec,
    query: spec.query,
    body: spec.body,
    // Only what these schemas gave is ever handed over.
    handle: async (asked) => spec.handle(asked as Asked<z.infer<Query>, z.infer<Body>>),
  };
}
