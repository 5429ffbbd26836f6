import { MAX_LINK_LENGTH } from '../model/stream.ts';

/**
 * The checks of the schemas in `shared/model` and `catalogue-fields`, by hand: they run on every field of every record
 * that is loaded or edited. A test holds each against its schema.
 */
export type FieldCheck = (value: unknown) => boolean;

export const isText =
  (maxLength: number): FieldCheck =>
  (value) =>
    typeof value === 'string' && value.length <= maxLength;

/** Text that says something: trimmed already, and not empty. */
export const isName =
  (maxLength: number, minLength = 1): FieldCheck =>
  (value) =>
    typeof value === 'string' &&
    value.length >= minLength &&
    value.length <= maxLength &&
    !EDGE_SPACE.test(value);

const EDGE_SPACE = /^\s|\s$/;

export const isOneOf = (options: readonly unknown[]): FieldCheck => {
  const set = new Set(options);
  return (value) => set.has(value);
};

export const isNumber =
  (min: number, max: number): FieldCheck =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max;

export const isWhole =
  (min: number, max: number): FieldCheck =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;

export const isTime = isWhole(0, 8.64e15);

export const isBoolean: FieldCheck = (value) => typeof value === 'boolean';

export const isId: FieldCheck = (value) => typeof value === 'string' && ID.test(value);
const ID = /^[A-Za-z0-9_-]{1,32}$/;

export const isActor: FieldCheck = (value) => typeof value === 'string' && ACTOR.test(value);
const ACTOR = /^[\x21-\x7e]{1,80}$/;

export const isLink: FieldCheck = (value) =>
  typeof value === 'string' && value.length <= MAX_LINK_LENGTH && LINK.test(value) && URL.canParse(value);
const LINK = /^https?:\/\/[^\s]+$/i;

export const isStreamCode: FieldCheck = (value) => typeof value === 'string' && CODE.test(value);
const CODE = /^[a-z0-9]{1,12}$/;

export const isListOf =
  (check: FieldCheck, maxLength: number): FieldCheck =>
  (value) =>
    Array.isArray(value) && value.length <= maxLength && value.every(check);
