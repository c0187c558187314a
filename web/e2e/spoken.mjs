// Sits an interview aloud in the real app, before a camera and a microphone that are files.
// BASE_URL: where the app is served. FIXTURES: a folder with facing-1.jpg, facing-2.jpg, away.jpg, empty.jpg
// (640x480) and answer.wav (speech with fillers). Ends with "N passed, M failed"; exits 1 on a failure.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseUrl, launch, run, until, waitMs } from './stage.mjs';

const fixtures = process.env.FIXTURES;
if (!fixtures) {
  console.error('FIXTURES (the folder of pictures and sound) is not set.');
  process.exit(1);
}

/** A film of stills, 30 a second, as the browser's fake camera plays it, over and over. */
function film(path) {
  const still = (name, seconds) =>
    Array.from({ length: seconds * 30 }, () => readFileSync(join(fixtures, name)));
  const moving = [...still('facing-1.jpg', 1), ...still('facing-2.jpg', 1)];
  // Short, for a busy machine plays it slowly.
  const scenes = [moving, still('away.jpg', 3), moving, still('empty.jpg', 3)];
  writeFileSync(path, Buffer.concat(scenes.flat()));
}

const folder = mkdtempSync(join(tmpdir(), 'interaura-spoken-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const camera = join(folder, 'camera.mjpeg');
film(camera);

const browser = await launch([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${camera}`,
  `--use-file-for-fake-audio-capture=${join(fixtures, 'answer.wav')}`,
  '--autoplay-policy=no-user-gesture-required',
]);
const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
context.setDefaultTimeout(waitMs);
await context.grantPermissions(['camera', 'microphone'], { origin: baseUrl });
const broken = [];
context.on('weberror', (error) => broken.push(error.error().message));
// Playwright's "offline" leaves open sockets alone: this one can be cut, and notes what was sent on it.
await context.addInitScript(() => {
  const line = { down: false, sockets: [], sent: [] };
  const Real = window.WebSocket;
  window.liveLine = line;
  window.WebSocket = class extends Real {
    constructor(url, protocols) {
      const live = new URL(url, window.location.href).pathname.startsWith('/live/');
      super(live && line.down ? new URL('/nowhere', url) : url, protocols);
      if (!live || line.down) return;
      const place = line.sockets.push(this) - 1;
      line.sent[place] = [];
      const send = this.send.bind(this);
      this.send = (message) => {
        if (message instanceof ArrayBuffer && new DataView(message).getUint8(0) === 1) {
          line.sent[place].push(Number(new DataView(message).getBigUint64(1)));
        }
        send(message);
      };
    }
  };
});
const page = await context.newPage();
const role = (name, options) => page.getByRole(name, options);
const button = (name) => role('button', { name, exact: true });
const heard = role('log', { name: 'What was heard' });
const email = `voice.${Date.now()}@example.com`;

const wordsHeard = async () => ((await heard.textContent()) ?? '').trim().split(/\s+/).length;

const steps = [
  [
    'an account is made and verified',
    async () => {
      await page.goto(`${baseUrl}/register`);
      await page.getByLabel('Your name').fill('Vera Voice');
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password').fill('seven quiet harbours 4 lanterns');
      await button('Create account').click();
      await page.waitForURL('**/verify');
      await role('link', { name: 'Open the outbox' }).click();
      await page.waitForURL('**/outbox');
      const link = role('listitem').filter({ hasText: email }).getByRole('link').first();
      await until('the mail in the outbox', async () => {
        if (!(await link.isVisible())) await page.reload();
        return link.isVisible();
      });
      await link.click();
      await page.waitForURL('**/profile');
      await role('combobox', { name: 'Target role' }).fill('backend');
      await role('option').first().click();
      await role('radio', { name: 'Mid' }).check();
      await button('Save and go on').click();
      await page.waitForURL('**/dashboard');
    },
  ],
  [
    'camera and microphone are tried before the interview',
    async () => {
      await page.goto(`${baseUrl}/interview/new`);
      await role('radio', { name: '3', exact: true }).check();
      await button('Prepare the interview').click();
      await page.waitForURL(/\/interview\/setup/);
      await button('Try my microphone').click();
      await page.getByText('You are heard well').waitFor();
      await button('Try my camera').click();
      await page.getByText('You are well in the picture.').waitFor();
      await page.getByText('Enough light on your face.').waitFor();
      await button('Record five seconds').click();
      await page.getByLabel('What was recorded').waitFor();
    },
  ],
  [
    'what is said appears while it is said, fillers too',
    async () => {
      await page.getByLabel('Keep a recording for me to watch afterwards').check();
      await button('With camera and voice').click();
      await button('Start the interview').click();
      await heard.waitFor();
      await until('words', async () => (await wordsHeard()) >= 12);
      await until('a filler', async () => /\b(um|uh|hmm?|er)\b/i.test(await heard.textContent()));
    },
  ],
  [
    'a lost line loses nothing that was said',
    async () => {
      const before = await wordsHeard();
      await page.evaluate(() => {
        window.liveLine.down = true;
        window.liveLine.sockets.at(-1).close();
      });
      await page.getByText('Connecting. What you say is kept meanwhile.').waitFor();
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const cut = await page.evaluate(() => {
        window.liveLine.down = false;
        return window.liveLine.sockets.length;
      });
      await until('what was said meanwhile is sent', () =>
        page.evaluate((cut) => (window.liveLine.sent[cut]?.length ?? 0) > 20, cut),
      );
      const [last, first] = await page.evaluate((cut) => {
        const { sent } = window.liveLine;
        return [sent[cut - 1].at(-1), sent[cut][0]];
      }, cut);
      if (first > last + 1) throw new Error(`Chunks ${last + 1} to ${first - 1} were never sent`);
      await until('more words', async () => (await wordsHeard()) > before + 8);
    },
  ],
  [
    'a pause switches the devices off, and what was said stays, over a reload too',
    async () => {
      const devices = role('region', { name: 'Camera and microphone' });
      await button('Think first').click();
      await page.getByText('The timer stands still until you are ready.').waitFor();
      await button('I am ready').click();
      await button('Pause').click();
      await page.getByText('Microphone and camera are off until you go on').waitFor();
      await devices.waitFor({ state: 'detached' });
      await button('Go on').click();
      await page.getByText('Recording for you alone.').waitFor();
      const said = (await heard.locator('p').first().textContent()) ?? '';
      await page.reload();
      await heard.getByText(said.trim()).first().waitFor();
      await page.getByText('Recording for you alone.').waitFor();
    },
  ],
  [
    'the spoken answer is handed in, and the next question comes',
    async () => {
      await until('enough for a verdict', async () => (await wordsHeard()) >= 45);
      const question = await role('heading', { level: 2 }).first().textContent();
      await button('Submit what I said').click();
      const again = page.getByText('Your last words are not written down yet.');
      await until('the next question', async () => {
        // On a machine that is busy elsewhere the page asks to try again.
        if (await again.isVisible()) await button('Submit what I said').click();
        const now = await role('heading', { level: 2 }).first().textContent();
        return now !== question && (await heard.isVisible());
      });
    },
  ],
  [
    'the next question is answered in writing, and tried again',
    async () => {
      const box = page.getByRole('textbox', { name: 'Your answer' });
      await button('Write instead').click();
      await box.fill('I would measure first, then change one thing.');
      await button('Submit answer').click();
      await page.getByText('Your answers so far (2)').click();
      await button('Try this one again').last().click();
      await page.getByText('Attempt 2', { exact: true }).waitFor();
      await box.fill(
        'Last spring our search was slow, and it was mine to mend. I measured first, changed one index, ' +
          'and told the team what came of it: answers in 80 ms instead of 900.',
      );
      await button('Submit answer').click();
      await page.getByText('Your answers so far (3)').waitFor();
    },
  ],
  [
    'the interview ends early, and its report is there',
    async () => {
      await button('End early').click();
      await button('End it').click();
      await page.waitForURL('**/results');
      await role('heading', { name: 'Your attempts side by side' }).waitFor();
    },
  ],
  [
    'the report says how it was said, with times',
    async () => {
      await role('heading', { name: 'How you said it' }).waitFor();
      await page
        .getByText(/words a minute/)
        .first()
        .waitFor();
      await role('list', { name: 'Fillers: moments' }).getByRole('button').first().waitFor();
      await page.getByText('Eyes toward the camera').first().waitFor();
    },
  ],
  [
    'the replay has its lanes, and a marker leads to its moment',
    async () => {
      const lane = role('list', { name: /^Eyes away: \d+ on the line of time$/ });
      for (const name of [/^Looking away at/, /^Out of the picture at/]) {
        await lane.getByRole('button', { name }).first().waitFor();
      }
      const mark = role('list', { name: /^Fillers: \d+/ })
        .getByRole('button')
        .first();
      await mark.click();
      await role('region', { name: 'Transcript' }).locator('[aria-current="true"]').waitFor();
    },
  ],
  [
    'the recording plays in step with the transcript',
    async () => {
      const video = page.getByLabel('Recording of the interview');
      await video.waitFor();
      await until('a first picture', () => video.evaluate((element) => element.readyState >= 2));
      await role('region', { name: 'Transcript' }).getByRole('button').last().click();
      await until('the recording is at the word', () =>
        video.evaluate((element) => element.currentTime > 3 && element.readyState >= 2),
      );
    },
  ],
  [
    'no script failed',
    async () => {
      if (broken.length > 0) throw new Error(`Script errors: ${broken.join(' | ')}`);
    },
  ],
];

await run(browser, steps, { page: () => page });
