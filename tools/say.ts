/** Tells the person one line. Handed in, so that tests can listen. */
export type Say = (line: string) => void;
