/** Hands a text to the person as a file, where their browser or system puts such. */
export function saveFile(name: string, type: string, content: BlobPart): void {
  saveBlob(name, new Blob([content], { type }));
}

/** The same, of what is there already. */
export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then; an address that stays would keep the text.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
