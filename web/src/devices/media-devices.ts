import { forgetDevice } from './remembered-devices';
import type { TrackFate } from './track-watch';

/** What can be done about a device that does not work, in words. */
export function deviceProblem(error: unknown, device: 'camera' | 'microphone'): string {
  const name = nameOf(error);
  const other = 'You can go on without it.';
  switch (name) {
    case 'NotAllowedError':
      return `The browser may not use the ${device}. Allow it beside the address of this page, then try again. ${other}`;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return `No ${device} was found. Plug one in or switch it on, then try again. ${other}`;
    case 'NotReadableError':
    case 'AbortError':
      return `Another program uses the ${device}. Close it there, then try again. ${other}`;
    default:
      return `The ${device} does not answer. Try again, or choose another one. ${other}`;
  }
}

/** What becomes of a device while it is used, in words; `null` where it works again. */
export function fateProblem(fate: TrackFate, device: 'camera' | 'microphone'): string | null {
  const nothing = device === 'camera' ? 'Nothing is seen' : 'Nothing is heard';
  switch (fate) {
    case 'ended':
      return `The ${device} stopped: it was unplugged, or another program took it. ${nothing} until you try again.`;
    case 'muted':
      return `The ${device} is switched off at the device or by the computer. ${nothing} until it is on again.`;
    case 'back':
      return null;
  }
}

/** Why this page may use no device at all; `null` where it may. */
export function originProblem(): string | null {
  if (window.isSecureContext && 'mediaDevices' in navigator) return null;
  return 'Browsers give camera and microphone only to pages on this machine (127.0.0.1) or over https. Open Interaura there, or answer in writing.';
}

export function openMicrophone(deviceId: string | null): Promise<MediaStream> {
  const asked = {
    channelCount: 1,
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  };
  return orAnother('microphone', deviceId, (id) =>
    navigator.mediaDevices.getUserMedia({ audio: { ...asked, ...id } }),
  );
}

export function openCamera(deviceId: string | null): Promise<MediaStream> {
  const asked = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24 } };
  return orAnother('camera', deviceId, (id) =>
    navigator.mediaDevices.getUserMedia({ video: { ...asked, ...id } }),
  );
}

/** Opens the device of this id; where it is gone, it is forgotten, and the browser chooses another. */
async function orAnother(
  kind: 'microphone' | 'camera',
  deviceId: string | null,
  open: (id: { deviceId?: { exact: string } }) => Promise<MediaStream>,
): Promise<MediaStream> {
  if (!deviceId) return open({});
  try {
    return await open({ deviceId: { exact: deviceId } });
  } catch (error) {
    if (!['OverconstrainedError', 'NotFoundError'].includes(nameOf(error))) throw error;
    forgetDevice(kind);
    return open({});
  }
}

/** Not every browser's `OverconstrainedError` is a `DOMException`. */
function nameOf(error: unknown): string {
  const name: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'name') : null;
  return typeof name === 'string' ? name : '';
}

export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
