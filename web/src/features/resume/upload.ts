import { clientHeader } from '@/graphql';

const largestBytes = 10 * 1024 * 1024;
const kinds: Record<string, string[]> = {
  pdf: ['application/pdf'],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
};

export const acceptedFiles = '.pdf,.docx';

/** What is plainly wrong with a file before it is sent. The server has the last word. */
export function problemWith(file: { name: string; size: number; type: string }): string | null {
  const ending = file.name.toLowerCase().split('.').at(-1) ?? '';
  const types = kinds[ending];
  if (!types) {
    return `“${file.name}” is not a PDF or Word file. Save your resume as PDF or DOCX and try again.`;
  }
  if (file.type !== '' && !types.includes(file.type)) {
    return `“${file.name}” ends in .${ending} but holds something else. Export it again as PDF or DOCX.`;
  }
  if (file.size === 0) return `“${file.name}” is empty. Choose the file again once it is saved.`;
  if (file.size > largestBytes) {
    const size = (file.size / 1024 / 1024).toFixed(1);
    return `“${file.name}” has ${size} MB; at most 10 MB can be read. Images make files large: export it without them.`;
  }
  return null;
}

export type UploadAnswer =
  | { kind: 'accepted'; resumeId: string; position: string }
  | { kind: 'refused'; message: string }
  | { kind: 'unreachable' };

/** XMLHttpRequest, because fetch does not tell how much was sent. */
export function sendResume(
  upload: { commandId: string; role: string | null; file: File },
  onProgress: (share: number) => void,
): Promise<UploadAnswer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => resolve(answerOf(request.status, request.responseText));
    request.onerror = () => resolve({ kind: 'unreachable' });
    request.ontimeout = request.onerror;
    request.open('POST', '/api/uploads/resume');
    for (const [name, value] of Object.entries(clientHeader)) request.setRequestHeader(name, value);

    // The server reads the parts as they come, so the file has to be the last.
    const form = new FormData();
    form.append('commandId', upload.commandId);
    if (upload.role) form.append('role', upload.role);
    form.append('file', upload.file);
    request.send(form);
  });
}

export function answerOf(status: number, body: string): UploadAnswer {
  const read: unknown = parse(body);
  if (status === 202 && isRecord(read) && typeof read.resumeId === 'string') {
    return { kind: 'accepted', resumeId: read.resumeId, position: String(read.position ?? '') };
  }
  if (isRecord(read) && typeof read.message === 'string') {
    return { kind: 'refused', message: read.message };
  }
  if (status === 413) return { kind: 'refused', message: 'This file is larger than 10 MB.' };
  return { kind: 'unreachable' };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
