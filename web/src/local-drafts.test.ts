import { expect, it } from 'vitest';
import { DRAFT_PREFIX, forgetLocalDrafts } from './local-drafts';

it('forgets every draft and nothing else', () => {
  localStorage.setItem(`${DRAFT_PREFIX}1`, 'mine');
  localStorage.setItem(`${DRAFT_PREFIX}2`, 'mine too');
  localStorage.setItem('interaura.theme', 'dark');
  forgetLocalDrafts();
  expect(Object.keys(localStorage)).toEqual(['interaura.theme']);
});
