import { describe, expect, it } from 'vitest';
import { redirectFor, safeNext } from './standing';

const unverified = { verified: false, profileDone: false };
const verified = { verified: true, profileDone: false };
const ready = { verified: true, profileDone: true };

describe('redirectFor', () => {
  it('sends a stranger to sign in and remembers where they wanted to go', () => {
    expect(redirectFor('ready', null, '/interview/7/results?answer=2')).toBe(
      '/sign-in?next=%2Finterview%2F7%2Fresults%3Fanswer%3D2',
    );
  });

  it('sends an unverified person to their mail', () => {
    expect(redirectFor('ready', unverified, '/dashboard')).toBe('/verify');
    expect(redirectFor('verified', unverified, '/profile')).toBe('/verify');
    expect(redirectFor('signed-in', unverified, '/verify')).toBeNull();
  });

  it('sends a person without a profile to the profile, and lets them see it', () => {
    expect(redirectFor('ready', verified, '/dashboard')).toBe('/profile');
    expect(redirectFor('verified', verified, '/profile')).toBeNull();
  });

  it('lets a person with a profile pass, and keeps them off the sign-in screen', () => {
    expect(redirectFor('ready', ready, '/dashboard')).toBeNull();
    expect(redirectFor('guest', ready, '/sign-in')).toBe('/dashboard');
    expect(redirectFor('guest', ready, '/sign-in', '/resume/3')).toBe('/resume/3');
    expect(redirectFor('open', null, '/')).toBeNull();
  });
});

describe('safeNext', () => {
  it('goes on to a path of this app', () => {
    expect(safeNext('/resume/3')).toBe('/resume/3');
  });

  it.each([null, 'https://elsewhere.test', '//elsewhere.test', '/\\elsewhere.test', 'resume'])(
    'does not follow %s',
    (next) => expect(safeNext(next)).toBe('/dashboard'),
  );
});
