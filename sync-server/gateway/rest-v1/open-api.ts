import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { RulesReport } from './ignore-bulk-endpoints.ts';
import { ImportReport } from './import-streams.ts';

/** The API in its own words, made from the schemas that its requests are read with. */

const ErrorShape = z
  .object({
    error: z.string(),
    code: z.string(),
    details: z.record(z.string(), z.array(z.string())).optional(),
    maintenance: z.boolean().optional(),
    /** With a work of many rows that was broken off: how far it came. */
    report: z.union([ImportReport, RulesReport]).optional(),
  })
  .meta({ id: 'Error' });

const VERSION = '1.0.0';
/** Of every endpoint; 503 only in maintenance or while the database is away. */
const REFUSALS = {
  400: 'It cannot be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not there',
} as const;
const MORE_REFUSALS = {
  410: 'Not kept any more',
  409: 'In progress',
  413: 'Too large',
  422: 'Invalid',
  429: 'Too often',
  503: 'Not now',
} as const;

type JsonSchema = Record<string, unknown>;

export function describeApi(endpoints: readonly Endpoint[]): JsonSchema {
  const schemas: JsonSchema = {};
  const paths: Record<string, JsonSchema> = {};
  const describe = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
    describeSchema(schema, io, schemas);
  for (const endpoint of endpoints)
    (paths[endpoint.path] ??= {})[endpoint.method] = describeEndpoint(endpoint, describe);
  return {
    openapi: '3.1.0',
    info: {
      ...{ title: 'Streamwall', version: VERSION },
      description:
        'The catalogue of streams over HTTP. Sign in with POST /login, or use a service key; either goes into ' +
        'the Authorization header as “Bearer …”. Writes may carry an Idempotency-Key; reads answer with an ETag.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    paths,
    components: { schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  };
}

type Describe = (schema: z.ZodType, io: 'input' | 'output') => JsonSchema;

function describeEndpoint(endpoint: Endpoint, describe: Describe): JsonSchema {
  const { tag, summary, query, body, answers, textType, path } = endpoint;
  const media = (schema: z.ZodType | undefined): JsonSchema => ({
    ...(schema === undefined ? {} : { 'application/json': { schema: describe(schema, 'output') } }),
    ...(textType === undefined ? {} : { [textType]: { schema: { type: 'string' } } }),
  });
  const success = Object.entries(answers).map(([status, schema]) => {
    const content = media(schema);
    return [
      status,
      { description: 'Done', ...(Object.keys(content).length === 0 ? {} : { content }) },
    ] as const;
  });
  const refused = Object.entries({ ...REFUSALS, ...MORE_REFUSALS }).map(
    ([status, description]) =>
      [
        status,
        { description, content: { 'application/json': { schema: describe(ErrorShape, 'output') } } },
      ] as const,
  );
  return {
    tags: [tag],
    summary,
    ...(endpoint.who === 'anybody' ? { security: [] } : {}),
    ...(endpoint.who === undefined ? {} : { 'x-who': endpoint.who }),
    operationId: `${endpoint.method}${path.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    parameters: [...pathParameters(path), ...queryParameters(query, describe)],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: describe(body, 'input') } },
          },
        }),
    responses: Object.fromEntries([...success, ...refused]),
  };
}

const pathParameters = (path: string): JsonSchema[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }));

function queryParameters(query: z.ZodType | undefined, describe: Describe): JsonSchema[] {
  if (!(query instanceof z.ZodObject)) return [];
  return Object.entries(query.shape as Record<string, z.ZodType>).map(([name, schema]) => ({
    ...{ name, in: 'query', required: false, schema: describe(schema, 'input') },
  }));
}

/** A schema as JSON Schema; those with a name are put among the components, once. */
function describeSchema(schema: z.ZodType, io: 'input' | 'output', named: JsonSchema): JsonSchema {
  const {
    $schema: _dialect,
    $defs = {},
    ...described
  } = z.toJSONSchema(schema, {
    ...{ target: 'draft-2020-12', io, unrepresentable: 'any' },
  }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
  const { id } = schema.meta() ?? {};
  for (const [name, definition] of Object.entries($defs)) named[name] ??= pointToComponents(definition);
  if (id === undefined) return pointToComponents(described);
  named[id] ??= pointToComponents(described);
  return { $ref: `#/components/schemas/${id}` };
}

function pointToComponents(schema: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema)
      .replaceAll('"#/$defs/', '"#/components/schemas/')
      .replaceAll(/"id":"[A-Za-z]+",?/g, ''),
  ) as JsonSchema;
}
