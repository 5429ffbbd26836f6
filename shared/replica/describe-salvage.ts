import type { Salvage } from './salvage-rows.ts';

/**
 * What a person is told after a rescue: what happened, what is there again, what is not, and where the original is.
 * `damage` ends a sentence that begins with "The file with the documents …".
 */
export function describeSalvage(salvage: Salvage, damage: string, keptAs: string): string {
  const { documents } = salvage;
  const sum = (count: (document: Salvage['documents'][number]) => number) =>
    documents.reduce((total, document) => total + count(document), 0);
  const lost = sum((document) => document.lost);
  const waiting = sum((document) => document.waiting);
  const unread = documents.filter((document) => document.lostSnapshot).map((document) => document.document);
  const sentences = [
    `The file with the documents ${damage}.`,
    documents.length === 0
      ? 'Nothing could be recovered from it, so this desk starts empty.'
      : `What could be read is here again: ${count(documents.length, 'document')}.`,
    lost === 0 ? '' : `${count(lost, 'change')} could not be read.`,
    unread.length === 0 ? '' : `Older content of ${unread.join(', ')} could not be read.`,
    waiting === 0 ? '' : `${count(waiting, 'change')} cannot be shown until what came before is here again.`,
    // What was cut off at the end has left no number behind.
    'Look whether the last changes before the damage are there.',
    `The damaged file is kept as ${keptAs}.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
