import { describe, expect, it } from 'vitest';
import { answerOf, problemWith } from './upload';

const pdf = { name: 'Resume.PDF', size: 40_000, type: 'application/pdf' };

describe('problemWith', () => {
  it('lets a PDF and a DOCX pass, also where the browser does not know the type', () => {
    expect(problemWith(pdf)).toBeNull();
    expect(problemWith({ ...pdf, name: 'resume.docx', type: '' })).toBeNull();
  });

  it('names the largest size', () => {
    expect(problemWith({ ...pdf, size: 10 * 1024 * 1024 })).toBeNull();
    expect(problemWith({ ...pdf, size: 10 * 1024 * 1024 + 1 })).toMatch(/10\.0 MB; at most 10 MB/);
  });

  it('turns down other kinds, empty files, and files whose name tells another kind', () => {
    expect(problemWith({ ...pdf, name: 'resume.pages' })).toMatch(/not a PDF or Word file/);
    expect(problemWith({ ...pdf, size: 0 })).toMatch(/empty/);
    expect(problemWith({ ...pdf, type: 'image/png' })).toMatch(/holds something else/);
  });
});

describe('answerOf', () => {
  it('reads an accepted upload', () => {
    expect(answerOf(202, '{"resumeId":"r1","position":"17"}')).toEqual({
      kind: 'accepted',
      resumeId: 'r1',
      position: '17',
    });
  });

  it('passes on the words of a refusal', () => {
    expect(answerOf(415, '{"code":"UNSUPPORTED","message":"This is a picture."}')).toEqual({
      kind: 'refused',
      message: 'This is a picture.',
    });
  });

  it('knows an answer that is not the server’s own', () => {
    expect(answerOf(502, '<html>Bad gateway</html>')).toEqual({ kind: 'unreachable' });
    expect(answerOf(413, '')).toEqual({
      kind: 'refused',
      message: 'This file is larger than 10 MB.',
    });
  });
});
