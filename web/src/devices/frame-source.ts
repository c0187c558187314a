const everyMs = 500;
const width = 640;
const height = 480;

/** Gives a JPEG of the video twice a second. Returns how to stop it. */
export function cameraFrames(
  video: HTMLVideoElement,
  take: (jpeg: ArrayBuffer, capturedAt: number) => void,
): () => void {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  const timer = setInterval(() => {
    if (!context || video.readyState < video.HAVE_CURRENT_DATA || video.videoWidth === 0) return;
    const capturedAt = performance.timeOrigin + performance.now();
    // Whatever the camera's shape, the middle of the picture fills the frame.
    const scale = Math.max(width / video.videoWidth, height / video.videoHeight);
    const [drawnWidth, drawnHeight] = [video.videoWidth * scale, video.videoHeight * scale];
    context.drawImage(
      video,
      (width - drawnWidth) / 2,
      (height - drawnHeight) / 2,
      drawnWidth,
      drawnHeight,
    );
    canvas.toBlob(
      (blob) => void blob?.arrayBuffer().then((jpeg) => take(jpeg, capturedAt)),
      'image/jpeg',
      0.8,
    );
  }, everyMs);
  return () => clearInterval(timer);
}
