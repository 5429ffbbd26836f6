import type { Request } from 'express';
import { readDocumentName, type ServedDocument } from '../../documents/document-name.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';

/** The document that a path names. @throws {HttpRefusal} 404 */
export function findDocument(request: Request): ServedDocument {
  const served = readDocumentName(String(request.params['name']));
  if (served === undefined) throw refusals.notFound();
  return served;
}

/** @throws {HttpRefusal} 410 when the history does not go back that far */
export function orForgotten<T>(past: T | 'forgotten'): T {
  if (past === 'forgotten') throw new HttpRefusal(410, 'forgotten', 'That is not kept any more');
  return past;
}
