const FAMILY_WILD = 0xffff;
const METHOD = 'MIT-MAGIC-COOKIE-1';

/**
 * An X authority file with one entry that fits any display: the display's number is not known before the server
 * runs. Layout: family, then address, number, method and cookie, each after its length in two bytes, big-endian.
 */
export function wildcardAuthority(cookie: Uint8Array): Buffer {
  const family = Buffer.alloc(2);
  family.writeUInt16BE(FAMILY_WILD);
  return Buffer.concat([family, counted(''), counted(''), counted(METHOD), counted(cookie)]);
}

function counted(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
