// Reading a file that its owner may change or take away meanwhile.

const GONE = ["NotReadableError", "NotFoundError"];

export class FileChangedError extends Error {
  /** Asking again does not help: the file must be chosen anew. */
  passing = false;

  constructor() {
    super("This file has changed since you chose it. Choose it again.");
  }
}

/** The bytes of a Blob. Rejects with a FileChangedError where they are not those of then. */
export async function bytesOf(blob) {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw GONE.includes(error.name) ? new FileChangedError() : error;
  }
}

/** Rejects with a FileChangedError where a Blob cannot be read any more: its first byte tells. */
export const requireReadable = (blob) => bytesOf(blob.slice(0, 1));
