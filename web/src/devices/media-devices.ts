/** What can be done about a device that does not work, in words. */
export function deviceProblem(error: unknown, device: 'camera' | 'microphone'): string {
  const name = error instanceof DOMException ? error.name : '';
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

/** Why this page may use no device at all; `null` where it may. */
export function originProblem(): string | null {
  if (window.isSecureContext && 'mediaDevices' in navigator) return null;
  return 'Browsers give camera and microphone only to pages on this machine (127.0.0.1) or over https. Open Interaura there, or answer in writing.';
}

export function openMicrophone(deviceId: string | null): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: {
      channelCount: 1,
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    },
  });
}

export function openCamera(deviceId: string | null): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    video: {
      width: { ideal: 640 },
      height: { ideal: 480 },
      frameRate: { ideal: 24 },
      ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    },
  });
}

export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
