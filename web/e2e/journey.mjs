// Walks the whole journey in the real app, in two tabs of one browser.
// BASE_URL: where the app is served. RESUME_PDF: a resume with text. CHROMIUM: the browser to run.
// SERVER_PID_FILE: holds the server's process id; who started it starts it again when it is killed.
// E2E_OUT: a folder for pictures of a failure. Ends with "N passed, M failed"; exits 1 on a failure.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { baseUrl, launch, run, until, waitMs } from './stage.mjs';

const resumePdf = process.env.RESUME_PDF;
const serverPidFile = process.env.SERVER_PID_FILE;

if (!resumePdf || !serverPidFile) {
  console.error('RESUME_PDF (the path of a resume to upload) or SERVER_PID_FILE is not set.');
  process.exit(1);
}

const browser = await launch([]);
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
context.setDefaultTimeout(waitMs);
const outside = [];
context.on('request', (request) => {
  const url = request.url();
  if (url.startsWith('http') && !url.startsWith(`${baseUrl}/`)) outside.push(url);
});
const broken = [];
context.on('weberror', (error) => broken.push(error.error().message));
context.on('console', (message) => {
  if (message.text().includes('Content Security Policy')) broken.push(message.text());
});
const page = await context.newPage();
let second;

const person = {
  name: 'Ada Journey',
  email: `ada.${Date.now()}.${Math.random().toString(36).slice(2, 8)}@example.com`,
  password: 'seven quiet harbours 4 lanterns',
};
const answer =
  'Two weeks before launch our payment queue stopped and 3,000 orders waited. I was on call, so it ' +
  'was mine to decide what to do. I rolled the release back within ten minutes and told support what ' +
  'to say. Afterwards no order was lost, and we added the check that would have caught it.';

const jobPost = `Senior Backend Engineer
We look for an engineer who builds services in Python and Java, on Postgres and Docker.
Requirements: three years of Python, SQL, REST APIs, Git, Linux.
Nice to have: Kubernetes, AWS, React.`;

const role = (name, options) => page.getByRole(name, options);
const button = (name) => role('button', { name, exact: true });
const answerBox = page.getByRole('textbox', { name: 'Your answer' });

/** Proves that the second tab changed by itself: the mark is gone after any reload. */
async function stillTheSamePage(tab) {
  if (!(await tab.evaluate(() => window.neverReloaded))) throw new Error('The second tab reloaded');
}

/** Nothing sticks out to the side: a phone scrolls in one direction only. */
async function fitsTheScreen() {
  const { wide, shown } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    shown: document.documentElement.clientWidth,
  }));
  if (wide > shown) throw new Error(`${page.url()} is ${wide} px wide on a screen of ${shown} px`);
}

async function openQuestion() {
  const finish = button('Finish and see the report');
  const editable = answerBox.and(page.locator(':not([readonly])'));
  await until('a question, the last step or the report', async () => {
    if (page.url().endsWith('/results')) return true;
    return (await finish.isVisible()) || (await editable.isVisible());
  });
  if (page.url().endsWith('/results')) return null;
  if (await finish.isVisible()) {
    await finish.click();
    await page.waitForURL('**/results');
    return null;
  }
  return role('heading', { level: 2 }).first().textContent();
}

const steps = [
  [
    'landing says what it is and leads to registration',
    async () => {
      await page.goto(baseUrl);
      await role('heading', { level: 1 }).waitFor();
      await role('link', { name: 'Start practising' }).click();
      await page.waitForURL('**/register');
    },
  ],
  [
    'a screen inside sends a stranger to sign in, and remembers the way',
    async () => {
      await page.goto(`${baseUrl}/analytics`);
      await page.waitForURL((url) => url.searchParams.get('next') === '/analytics');
    },
  ],
  [
    'registering leads to the mail',
    async () => {
      await page.goto(`${baseUrl}/register`);
      await page.getByLabel('Your name').fill(person.name);
      await page.getByLabel('Email').fill(person.email);
      await page.getByLabel('Password').fill(person.password);
      await button('Create account').click();
      await page.waitForURL('**/verify');
      await page.getByText(person.email).waitFor();
    },
  ],
  [
    'the link in the outbox verifies the address and goes on to the profile',
    async () => {
      await role('link', { name: 'Open the outbox' }).click();
      await page.waitForURL('**/outbox');
      const link = role('listitem').filter({ hasText: person.email }).getByRole('link').first();
      const again = button('Look again');
      await until('the mail in the outbox', async () => {
        if (await link.isVisible()) return true;
        if (await again.isVisible()) await again.click();
        else await page.reload();
        return link.isVisible();
      });
      await link.click();
      await page.waitForURL('**/profile');
    },
  ],
  [
    'the profile takes role and level',
    async () => {
      await role('combobox', { name: 'Target role' }).fill('backend');
      await role('option').first().click();
      await role('radio', { name: 'Mid' }).check();
      await button('Save and go on').click();
      await page.waitForURL('**/dashboard');
      await role('heading', { name: `Hello, ${person.name.split(' ')[0]}` }).waitFor();
    },
  ],
  [
    'a second tab opens the dashboard',
    async () => {
      second = await context.newPage();
      await second.goto(`${baseUrl}/dashboard`);
      await second.getByRole('heading', { name: 'Recent sessions' }).waitFor();
      await second.evaluate(() => {
        window.neverReloaded = true;
      });
    },
  ],
  [
    'a resume is uploaded and read',
    async () => {
      await page.goto(`${baseUrl}/resume`);
      await page.getByLabel('Resume file').setInputFiles(resumePdf);
      const row = role('region', { name: 'Your resumes' }).getByRole('link').first();
      await row.click();
      await page.waitForURL('**/resume/*');
      await role('heading', { name: 'The text we read' }).waitFor();
    },
  ],
  [
    'the insights trace the score to terms and lines',
    async () => {
      await role('img', { name: /^Match with .*: \d+ of 100$/ }).waitFor();
      await role('heading', { name: 'What it looks for' }).waitFor();
      await role('heading', { name: 'Reading by machines' }).waitFor();
    },
  ],
  [
    'a pasted post is compared, and words that are no post are refused',
    async () => {
      await role('radio', { name: 'A job post' }).check();
      const post = page.getByLabel('Text of the job post');
      await post.fill('too short');
      await button('Compare').click();
      await page
        .getByText(/the whole post|at least|too short/i)
        .first()
        .waitFor();
      await post.fill(jobPost);
      await button('Compare').click();
      await role('img', { name: /^Match with Senior Backend Engineer.*: \d+ of 100$/ }).waitFor();
    },
  ],
  [
    'the second tab shows the resume without a reload',
    async () => {
      await second.getByRole('img', { name: /^Resume match: \d+ of 100$/ }).waitFor();
      await stillTheSamePage(second);
    },
  ],
  [
    'an interview of 3 questions is prepared and started',
    async () => {
      await page.goto(`${baseUrl}/interview/new`);
      await role('radio', { name: '3', exact: true }).check();
      await role('radio', { name: /^Mixed/ }).check();
      await page
        .getByLabel('What the job asks for')
        .selectOption({ label: 'Job post: Senior Backend Engineer' });
      await button('Prepare the interview').click();
      await page.waitForURL(/\/interview\/setup/);
      await button('In writing').click();
      await page.waitForURL(/\/interview\/(?!new|setup)[^/]+$/);
      await button('Start the interview').click();
      await answerBox.waitFor();
    },
  ],
  [
    'a reload in mid-typing loses nothing',
    async () => {
      const half = answer.slice(0, 120);
      await answerBox.pressSequentially(half, { delay: 5 });
      await role('status')
        .filter({ hasText: /^Saved$/ })
        .waitFor();
      await answerBox.pressSequentially(' And not yet saved', { delay: 5 });
      await page.reload();
      await until('the text is back', async () => {
        await answerBox.waitFor();
        return (await answerBox.inputValue()) === `${half} And not yet saved`;
      });
    },
  ],
  [
    'the second tab offers to go on with the interview, without a reload',
    async () => {
      await second.getByRole('heading', { name: 'Go on where you stopped' }).waitFor();
      await stillTheSamePage(second);
    },
  ],
  [
    'the interview is paused and taken up again',
    async () => {
      await button('Pause').click();
      await role('heading', { name: 'Paused' }).waitFor();
      await button('Go on').click();
      await answerBox.waitFor();
    },
  ],
  [
    'the screen comes back by itself after the server was killed',
    async () => {
      const pid = Number(readFileSync(serverPidFile, 'utf8'));
      process.kill(pid, 'SIGKILL');
      await answerBox.fill(`${answer} Typed while nobody listened.`);
      await until('another server', () => Number(readFileSync(serverPidFile, 'utf8')) !== pid);
      await role('status')
        .filter({ hasText: /^Saved$/ })
        .waitFor();
      await page.reload();
      await until('the draft is back', async () => {
        await answerBox.waitFor();
        return (await answerBox.inputValue()).endsWith('Typed while nobody listened.');
      });
      await stillTheSamePage(second);
    },
  ],
  [
    'every question is answered',
    async () => {
      for (let given = 0; given < 12; given++) {
        const asked = await openQuestion();
        if (asked === null) return;
        await answerBox.fill(`${answer} This is answer ${given + 1}.`);
        if (given === 0) await answerBox.press('Control+Enter');
        else await button('Submit answer').click();
        await until('the interview moves on', async () => {
          if (!(await role('heading', { name: asked, exact: true }).isVisible())) return true;
          return page.url().endsWith('/results');
        });
      }
      throw new Error('The interview did not end after 12 answers');
    },
  ],
  [
    'the report fills in by itself, down to the reasons of each score',
    async () => {
      await page.waitForURL('**/results');
      await role('img', { name: /^Overall score: \d+ of 100$/ }).waitFor();
      await page.getByText('Final', { exact: true }).waitFor();
      await page.getByText('How was this computed?').first().click();
      await role('heading', { name: 'What a good answer covers' }).first().waitFor();
    },
  ],
  [
    'the report shows which question asked for what the post wants',
    async () => {
      const map = role('region', { name: 'What the job asks for' });
      await map.getByText(/^You were asked for/).waitFor();
      await map
        .getByText(/^Question \d: \d+ of 100$/)
        .first()
        .waitFor();
      await map.getByText(/^Not asked for this time/).click();
    },
  ],
  [
    'a score is recomputed, its weights are played with, and nothing changes by it',
    async () => {
      const workings = role('region', { name: 'How was this scored?' });
      await workings.getByRole('slider', { name: /^Clarity/ }).fill('3');
      await workings.getByText('3 times').waitFor();
      await workings.getByRole('button', { name: 'As it was' }).click();
      await workings.getByRole('button', { name: 'Recompute now' }).click();
      await workings.getByText(/^Every number was recomputed and agrees/).waitFor();
      await workings.getByText(/^All \d+ lines$/).click();
      await workings.getByText(/^total \d/).waitFor();
    },
  ],
  [
    'a score is contested, read again by itself, and both scores stay',
    async () => {
      await page.getByText('This score seems wrong to me').first().click();
      await role('textbox', { name: 'What did the score get wrong?' }).fill(
        'I named the result in my last sentence.',
      );
      await button('Have it read again').click();
      await role('heading', { name: 'Read more than once' }).waitFor();
      await page.getByText('“I named the result in my last sentence.”').waitFor();
      await page.getByText('Final', { exact: true }).waitFor();
    },
  ],
  [
    'the second tab counts the interview, without a reload',
    async () => {
      const done = second.getByRole('definition').first();
      await until('the count of interviews', async () => (await done.textContent()) === '1');
      await stillTheSamePage(second);
    },
  ],
  [
    'a file that cannot be used says why, where it was dropped and in the list',
    async () => {
      await page.goto(`${baseUrl}/resume`);
      const upload = page.getByLabel('Resume file');
      await upload.setInputFiles({
        name: 'notes.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('Ada'),
      });
      await page
        .getByText(/PDF or DOCX/)
        .nth(1)
        .waitFor();
      await upload.setInputFiles(join(dirname(resumePdf), 'locked.pdf'));
      const row = role('region', { name: 'Your resumes' }).getByRole('link', {
        name: /locked\.pdf/,
      });
      await row.getByText(/password/i).waitFor();
    },
  ],
  [
    'an interview is left on a phone in daylight, and taken up again',
    async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.emulateMedia({ colorScheme: 'light' });
      await fitsTheScreen();
      await page.goto(`${baseUrl}/interview/new`);
      await role('radio', { name: '3', exact: true }).check();
      await fitsTheScreen();
      await button('Prepare the interview').click();
      await role('heading', { name: 'How will you answer?' }).waitFor();
      await fitsTheScreen();
      await button('In writing').click();
      await button('Start the interview').click();
      await answerBox.waitFor();
      await fitsTheScreen();
      await button('End early').click();
      await button('End it').click();
      await role('heading', { name: 'You left this interview' }).waitFor();
      await page.goto(`${baseUrl}/dashboard`);
      await role('heading', { name: 'Go on where you stopped' }).waitFor();
      await fitsTheScreen();
      await page.goBack();
      await button('Take it up again').click();
      await answerBox.waitFor();
      await button('Leave for now').click();
      await page.waitForURL('**/dashboard');
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.emulateMedia({ colorScheme: null });
    },
  ],
  [
    'the trend has its first point',
    async () => {
      await page.goto(`${baseUrl}/analytics`);
      await role('figure', { name: 'Overall score over time' }).waitFor();
    },
  ],
  [
    'signing out closes the door, in the second tab too',
    async () => {
      await button('Sign out').click();
      await role('link', { name: 'Start practising' }).waitFor();
      await second.waitForURL('**/sign-in?next=*');
      await stillTheSamePage(second);
      await page.goto(`${baseUrl}/dashboard`);
      await page.waitForURL('**/sign-in?next=*');
    },
  ],
  [
    'signing in leads back to the screen that was asked for',
    async () => {
      await page.getByLabel('Email').fill(person.email);
      await page.getByLabel('Password').fill(person.password);
      await button('Sign in').click();
      await page.waitForURL('**/dashboard');
      await role('heading', { name: 'Recent sessions' }).waitFor();
    },
  ],
  [
    'the account is closed with the password, and nobody can sign in to it any more',
    async () => {
      await page.goto(`${baseUrl}/profile`);
      await page.getByText('I want to close my account').click();
      const password = page.getByLabel('Your password, once more');
      await password.fill('not my password at all');
      await button('Erase everything and close').click();
      await role('alert').filter({ hasText: 'nothing was closed' }).first().waitFor();
      await password.fill(person.password);
      await button('Erase everything and close').click();
      await role('status').filter({ hasText: 'Your account is closed' }).waitFor();
      await role('link', { name: 'I have an account' }).click();
      await page.getByLabel('Email').fill(person.email);
      await page.getByLabel('Password').fill(person.password);
      await button('Sign in').click();
      await role('alert').first().waitFor();
      await second.waitForURL('**/sign-in?next=*');
    },
  ],
  [
    'nothing was asked of another host and no script failed',
    async () => {
      if (outside.length > 0) throw new Error(`Asked of other hosts: ${outside.join(', ')}`);
      if (broken.length > 0) throw new Error(`Script errors: ${broken.join(' | ')}`);
    },
  ],
];

await run(browser, steps, { page: () => page, second: () => second });
