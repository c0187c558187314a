export const audioKind = 1;
export const frameKind = 2;

const headerBytes = 17;

/** A media message: kind, sequence and ms since 1970 as big-endian numbers, then the body. */
export function encodePacket(
  kind: typeof audioKind | typeof frameKind,
  sequence: number,
  capturedAt: number,
  body: ArrayBuffer,
): ArrayBuffer {
  const message = new Uint8Array(headerBytes + body.byteLength);
  const view = new DataView(message.buffer);
  view.setUint8(0, kind);
  view.setBigUint64(1, BigInt(sequence));
  view.setBigUint64(9, BigInt(Math.round(capturedAt)));
  message.set(new Uint8Array(body), headerBytes);
  return message.buffer;
}
