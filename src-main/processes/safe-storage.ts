import { safeStorage } from 'electron';
import type { Sealer } from '../sealed-text.ts';

/** The system's own lock for secrets, as far as there is one; to be used once the app is ready. */
export const systemSealer: Sealer = {
  isAvailable: () => safeStorage.isEncryptionAvailable(),
  seal: (text) => safeStorage.encryptString(text),
  open: (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
};
