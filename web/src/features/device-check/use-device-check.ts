import { useCallback, useEffect, useRef, useState } from 'react';
import type { FrameReading } from '@/devices/frame-reading';
import { cameraFrames } from '@/devices/frame-source';
import {
  deviceProblem,
  openCamera,
  openMicrophone,
  originProblem,
  stopStream,
} from '@/devices/media-devices';
import { loudness, pcmChunks } from '@/devices/pcm-source';
import { rememberDevices, rememberedDevices } from '@/devices/remembered-devices';
import { checkFrame } from './picture-check';
import { decibels, type Loudness, listened } from './sound-check';

type Problems = { microphone: string | null; camera: string | null };

const readingsKept = 8;

/** Tries microphone and camera before an interview: nothing of it is recorded or kept. */
export function useDeviceCheck() {
  const video = useRef<HTMLVideoElement>(null);
  const stops = useRef<Record<'camera' | 'microphone', (() => void)[]>>({
    camera: [],
    microphone: [],
  });
  const [problems, setProblems] = useState<Problems>({ microphone: null, camera: null });
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const [chosen, setChosen] = useState(rememberedDevices);
  const [microphone, setMicrophone] = useState<MediaStream | null>(null);
  const [camera, setCamera] = useState<MediaStream | null>(null);
  const [level, setLevel] = useState(0);
  const [heard, setHeard] = useState<Loudness>([]);
  const [readings, setReadings] = useState<FrameReading[]>([]);

  const stop = useCallback((kind: 'camera' | 'microphone') => {
    for (const one of stops.current[kind].splice(0)) one();
    if (kind === 'camera') {
      setCamera(null);
      setReadings([]);
    } else {
      setMicrophone(null);
      setHeard([]);
      setLevel(0);
    }
  }, []);

  const tell = useCallback((kind: 'camera' | 'microphone', problem: string | null) => {
    setProblems((before) => ({ ...before, [kind]: problem }));
  }, []);

  const listDevices = useCallback(async () => {
    setDevices(await navigator.mediaDevices.enumerateDevices().catch(() => []));
  }, []);

  const startMicrophone = useCallback(
    async (deviceId: string | null) => {
      stop('microphone');
      const forbidden = originProblem();
      tell('microphone', forbidden);
      if (forbidden) return;
      try {
        const stream = await openMicrophone(deviceId);
        setChosen(rememberedDevices());
        stops.current.microphone.push(() => stopStream(stream));
        const end = await pcmChunks(stream, (samples) => {
          setLevel(loudness(samples));
          setHeard((before) => listened(before, decibels(samples)));
        });
        stops.current.microphone.push(end);
        setMicrophone(stream);
      } catch (error) {
        stop('microphone');
        tell('microphone', deviceProblem(error, 'microphone'));
      }
      await listDevices();
    },
    [listDevices, stop, tell],
  );

  const startCamera = useCallback(
    async (deviceId: string | null) => {
      stop('camera');
      const forbidden = originProblem();
      tell('camera', forbidden);
      if (forbidden) return;
      try {
        const stream = await openCamera(deviceId);
        setChosen(rememberedDevices());
        stops.current.camera.push(() => stopStream(stream));
        setCamera(stream);
      } catch (error) {
        stop('camera');
        tell('camera', deviceProblem(error, 'camera'));
      }
      await listDevices();
    },
    [listDevices, stop, tell],
  );

  useEffect(() => {
    const element = video.current;
    if (!element || !camera) return;
    element.srcObject = camera;
    void element.play().catch(() => undefined);
    let busy = false;
    return cameraFrames(element, (jpeg) => {
      // One at a time: on a slow machine the check looks less often.
      if (busy) return;
      busy = true;
      void checkFrame(jpeg).then((reading) => {
        busy = false;
        if (reading) setReadings((before) => [...before, reading].slice(-readingsKept));
      });
    });
  }, [camera]);

  useEffect(
    () => () => {
      stop('camera');
      stop('microphone');
    },
    [stop],
  );

  const choose = (kind: 'camera' | 'microphone', deviceId: string) => {
    const next = { ...chosen, [kind]: deviceId };
    setChosen(next);
    rememberDevices(next);
    void (kind === 'camera' ? startCamera(deviceId) : startMicrophone(deviceId));
  };

  return {
    video,
    problems,
    devices,
    chosen,
    microphone,
    camera,
    level,
    heard,
    readings,
    startMicrophone: () => startMicrophone(chosen.microphone),
    startCamera: () => startCamera(chosen.camera),
    choose,
  };
}

export type DeviceCheck = ReturnType<typeof useDeviceCheck>;
