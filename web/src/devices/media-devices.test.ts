import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openCamera, openMicrophone } from './media-devices';
import { rememberDevices, rememberedDevices } from './remembered-devices';

const getUserMedia = vi.fn<(asked: MediaStreamConstraints) => Promise<unknown>>();

/** A browser that has none of the devices that are asked for by id. */
function refuseIds(name: string) {
  getUserMedia.mockImplementation(async (asked) => {
    if (JSON.stringify(asked).includes('deviceId')) throw new DOMException('Not there', name);
    return 'another';
  });
}

describe('a remembered device that is gone', () => {
  beforeEach(() => {
    getUserMedia.mockReset();
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    rememberDevices({ camera: 'old camera', microphone: 'old microphone' });
  });

  it.each(['OverconstrainedError', 'NotFoundError'])('gives way to another on %s', async (name) => {
    refuseIds(name);
    await expect(openMicrophone('old microphone')).resolves.toBe('another');
    await expect(openCamera('old camera')).resolves.toBe('another');
    expect(rememberedDevices()).toEqual({ camera: null, microphone: null });
  });

  it('is kept where it was only refused', async () => {
    refuseIds('NotAllowedError');
    await expect(openMicrophone('old microphone')).rejects.toThrow('Not there');
    expect(rememberedDevices().microphone).toBe('old microphone');
  });
});
