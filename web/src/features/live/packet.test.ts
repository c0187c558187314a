import { describe, expect, it } from 'vitest';
import { audioKind, encodePacket } from './packet';

describe('encodePacket', () => {
  it('writes kind, sequence, time and body as the server reads them', () => {
    const body = new Uint8Array([7, 8]).buffer;
    const bytes = [...new Uint8Array(encodePacket(audioKind, 258, 1_000, body))];
    expect(bytes).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 232, 7, 8]);
  });
});
