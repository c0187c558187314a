import { Field, inputLook } from '@/ui/field';
import type { DeviceCheck } from './use-device-check';

/** Chooses among the devices of a kind; shown where there is a choice. */
export function DeviceSelect({
  check,
  kind,
}: {
  check: DeviceCheck;
  kind: 'camera' | 'microphone';
}) {
  const wanted = kind === 'camera' ? 'videoinput' : 'audioinput';
  const devices = check.devices.filter((device) => device.kind === wanted && device.deviceId);
  if (devices.length < 2) return null;
  const stream = kind === 'camera' ? check.camera : check.microphone;
  const used = stream?.getTracks()[0]?.getSettings().deviceId;
  return (
    <Field label={kind === 'camera' ? 'Camera' : 'Microphone'}>
      {(control) => (
        <select
          {...control}
          className={`${inputLook} min-h-11`}
          value={used ?? check.chosen[kind] ?? ''}
          onChange={({ target }) => check.choose(kind, target.value)}
        >
          {devices.map((device, place) => (
            <option key={device.deviceId} value={device.deviceId}>
              {device.label || `${kind === 'camera' ? 'Camera' : 'Microphone'} ${place + 1}`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
