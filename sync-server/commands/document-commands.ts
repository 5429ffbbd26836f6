import { readDocumentName } from '../documents/document-name.ts';
import { exportDocument } from '../documents/export-document.ts';
import { importDocument, type ImportRefusal } from '../documents/import-document.ts';
import {
  done,
  layTable,
  refused,
  type ControlAnswer,
  type ControlParts,
  type DocumentCommand,
} from './command.ts';

/** @throws {LogUnavailable} */
export async function runDocumentCommand(
  command: DocumentCommand,
  { log, clock }: Pick<ControlParts, 'log' | 'clock'>,
): Promise<ControlAnswer> {
  if (command.type === 'list-documents') {
    const documents = await log.documents();
    const rows = documents.map(({ document, last }) => [document, String(last)]);
    return done(
      { documents },
      rows.length === 0 ? 'There are no documents yet.' : layTable(['NAME', 'UPDATES'], rows),
    );
  }
  const served = readDocumentName(command.document);
  if (served === undefined)
    return refused(`"${command.document}" is no document: there are catalogue, and wall:ID for each wall.`);
  if (command.type === 'export-document') {
    const exported = await exportDocument(served, log, command.form, clock.nowMs());
    if (exported === undefined) return refused(`Nobody wrote to ${served.name} yet.`);
    return done(
      { document: served.name, base64: Buffer.from(exported.bytes).toString('base64') },
      `${served.name} as of its update ${String(exported.last)}.`,
    );
  }
  const bytes = Buffer.from(command.base64, 'base64');
  const imported = await importDocument({ served, log, form: command.form, bytes, nowMs: clock.nowMs() });
  if (!imported.ok) return refused(describeRefusal(imported.error, served.name));
  const { updates, withHistory } = imported.value;
  const how = withHistory ? 'with its history' : 'as one edit of the command line';
  return done(
    { document: served.name, ...imported.value },
    updates === 0
      ? `${served.name} holds all of that already.`
      : `Stored into ${served.name}, ${how}. Servers that run show it within ten seconds.`,
  );
}

function describeRefusal(refusal: ImportRefusal, name: string): string {
  switch (refusal.reason) {
    case 'unreadable':
      return 'This is no export of a document. Give --form yjs for a plain Yjs update.';
    case 'other-document':
      return `This is an export of ${refusal.document}, not of ${name}.`;
    case 'newer':
      return 'This export was made by a newer program. Update this one first.';
    case 'refused':
      return `This cannot be stored as ${name}: ${refusal.why}.`;
  }
}
