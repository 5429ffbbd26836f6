/** Fifteen seconds of the richest picture that is sent are less; a recording of ten hours has a list as long. */
const MAX_BYTES = { arraybuffer: 96 * 1024 * 1024, text: 8 * 1024 * 1024 };

/**
 * Gives up each answer that is longer than a segment or a list can be, before it takes the memory of a page that other
 * tiles share. Whoever asked sees a request that was broken off. The libraries that play tell nothing by which an answer
 * could be ended, so what they ask with is replaced for the whole page.
 */
export function boundRequests(): void {
  const Usual = globalThis.XMLHttpRequest;
  globalThis.XMLHttpRequest = class extends Usual {
    constructor() {
      super();
      this.addEventListener('progress', ({ loaded }) => {
        if (loaded > (this.responseType === 'arraybuffer' ? MAX_BYTES.arraybuffer : MAX_BYTES.text))
          this.abort();
      });
    }
  };
}
