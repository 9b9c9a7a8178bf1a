// A learner on a phone finds a course, gets in, and takes it to the end; the teacher sees it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, Person, journey, startBrowser, startServer } from "./stoa.mjs";

const LEARNER = "ola-bankole@academy.example";
const TEACHER = "sofia-karlsen@academy.example";
const ON_A_PHONE = { hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

let server;
let browser;
before(async () => { [server, browser] = await Promise.all([startServer("demo"), startBrowser()]); });
after(async () => { await browser?.close(); await server?.stop(); });

test("a learner takes a course on a phone to the end, and the teacher sees it", async () => {
  const ola = await Person.at(browser, server.address, PHONE, ON_A_PHONE);
  await ola.signIn(LEARNER);
  let course;
  await journey("learner", ola, async () => {
    course = await find(ola, "own learning", "Build your own learning environment");
    // All places are taken: those who run the course can let somebody in all the same.
    await tap(ola, ola.button("Join the waiting list"));
    await ola.sees(/You are number \d+ in line/);
  });
  const amara = await Person.at(browser, server.address, LAPTOP);
  await amara.signIn("amara-nwosu@academy.example");
  await journey("teacher lets a learner in", amara, async (page) => {
    await amara.goto(`${course}/people?state=waiting`);
    await amara.follow("Ola Bankole");
    await amara.press("Let in");
    await amara.sees("1 enrolment is active.");
    await page.goto("/");
  });
  await journey("learner", ola, () => toTheEnd(ola, course));
  await journey("teacher sees progress", amara, async (page) => {
    await amara.goto("/");
    await amara.follow(/^Build your own learning environment/, page.getByRole("main"));
    await amara.follow("Progress");
    await amara.follow("Finished");
    await amara.sees("Ola Bankole");
    await amara.follow("Ola Bankole");
    assert.equal(await page.getByRole("img", { name: /100 %/ }).count(), 1, "the ring is full");
    await amara.sees(/marked it|by opening it/);
  });
  await Promise.all([ola.close(), amara.close()]);
});

test("a course behind a key: what is locked says why, a video has captions and a transcript", async () => {
  const ola = await Person.at(browser, server.address, PHONE, ON_A_PHONE);
  await ola.signIn(LEARNER);
  let course;
  await journey("learner with a key", ola, async (page) => {
    course = await find(ola, "marine", "Marine ecology");
    await enrol(ola, "high water");
    await ola.sees("No section has this key.");
    await enrol(ola, "low water");
    await ola.sees(/^Welcome to/);
    await ola.goto(course);
    await page.getByText("Between the tides").first().tap();
    await ola.sees("Opens once you have completed: Light and depth");
    assert.equal(await ola.link("One tide on a rocky shore").count(), 0, "what is locked is not linked");
    await ola.check();
    await until(ola, course, "One tide on a rocky shore");
    await watch(ola);
  });
  const sofia = await Person.at(browser, server.address, LAPTOP);
  await sofia.signIn(TEACHER);
  await journey("teacher previews", sofia, (page) => preview(sofia, page, course));
  await Promise.all([ola.close(), sofia.close()]);
});

const tap = (person, locator) => person.leads(() => locator.tap());

/** Finds a course in the catalogue, as somebody does who knows a word of it. */
async function find(ola, word, title) {
  const { page } = ola;
  await ola.goto("/courses");
  await tap(ola, ola.link("Browse the catalogue").first());
  await page.getByRole("searchbox").fill(word);
  await tap(ola, ola.button("Search"));
  await tap(ola, ola.link(title));
  return /\/courses\/[0-9a-f-]{36}/.exec(page.url())[0];
}

async function enrol(ola, key) {
  await ola.page.getByLabel("Enrolment key").fill(key);
  await tap(ola, ola.button("Enrol"));
}

const onward = (page) => page.getByRole("navigation", { name: "On from here" }).locator("a.onward");

/** Marks as done what is done by saying so. */
async function done(ola) {
  const mark = ola.button("Mark as done");
  if (await ola.button("Hand in").count() && !await ola.page.getByRole("heading", { name: "What you handed in" }).count()) {
    await handIn(ola);
  }
  if (!await mark.count()) return false;
  await tap(ola, mark);
  await ola.sees("Marked as done.");
  return true;
}

/** Writes an answer, hands it in, looks at the receipt, and goes back. */
async function handIn(ola) {
  const { page } = ola;
  const here = page.url();
  await page.getByLabel(/^Text/).fill("Five stations, and one that does not fit: near the river the water is brackish.");
  await ola.button("Hand in").tap();
  await tap(ola, ola.button("Hand in", page.locator("dialog:modal")));
  await ola.sees("Keep the reference number");
  await ola.goto(here);
  await ola.sees("What you handed in");
}

/** Step after step with Next; whatever was due before its turn comes first, so that the outline may lead back once more. */
async function toTheEnd(ola, course) {
  const { page } = ola;
  await ola.goto(course);
  assert.equal(await page.getByRole("img", { name: /Done: 0 %/ }).count(), 1, "nothing is done yet");
  let [steps, marked] = [0, 0];
  const goesOn = page.getByRole("link", { name: /^(Start|Continue)$/ });
  while (await goesOn.count()) {
    await tap(ola, goesOn);
    while (new URL(page.url()).pathname !== course) {
      if (await done(ola)) marked += 1;
      await tap(ola, onward(page));
      steps += 1;
      assert.ok(steps < 60, "the course has an end");
      if (steps === 3) await halfway(ola, course);
    }
  }
  assert.ok(marked >= 3, `${marked} steps were marked`);
  await ola.sees("You have done everything in this course.");
  assert.equal(await page.getByRole("img", { name: /Done: 100 %/ }).count(), 1, "the ring is full");
}

/** The outline knows where one is, Today leads back there, and a mark can be taken back. */
async function halfway(ola, course) {
  const { page } = ola;
  const here = page.url();
  await ola.goto(course);
  assert.equal(await page.getByRole("img", { name: /Done: (0|100) %/ }).count(), 0, "something is done, not all");
  await ola.goto("/");
  await ola.sees("Build your own learning environment");
  await ola.goto(here);
}

/** Onward until the step of this title. */
async function until(ola, course, title) {
  const { page } = ola;
  await ola.goto(course);
  await tap(ola, ola.link("Start"));
  for (let steps = 0; !await page.getByRole("heading", { level: 1, name: title }).count(); steps += 1) {
    assert.ok(steps < 40 && new URL(page.url()).pathname !== course, `${title} is on the way`);
    await done(ola);
    await tap(ola, onward(page));
    assert.equal(await page.getByText("Not open yet").count(), 0, `locked at ${page.url()}`);
  }
}

async function watch(ola) {
  const { page } = ola;
  const video = page.locator("video");
  const now = () => video.evaluate((player) => player.currentTime);
  await video.evaluate((player) => player.readyState >= 1 || new Promise((ready) => player.addEventListener("loadedmetadata", ready, { once: true })));
  const tracks = await video.evaluate(async (player) => {
    const [track] = player.textTracks;
    track.mode = "showing";
    const element = player.querySelector("track");
    if (element.readyState !== 2) await new Promise((loaded) => element.addEventListener("load", loaded, { once: true }));
    return { kind: track.kind, cues: track.cues.length };
  });
  assert.equal(tracks.kind, "captions");
  const lines = page.locator(".transcript button");
  assert.equal(await lines.count(), tracks.cues, "the transcript has each caption");
  const at = Number(await lines.nth(2).getAttribute("data-at"));
  await lines.nth(2).tap();
  await video.evaluate((player, time) => player.currentTime >= time - 0.1 || new Promise((there) => player.addEventListener("seeked", there, { once: true })), at);
  assert.ok(Math.abs(await now() - at) < 5, "a line leads to its moment");
  await page.locator(".transcript [aria-current=true]").waitFor();
  await page.getByLabel("Speed").selectOption("1.5");
  assert.equal(await video.evaluate((player) => player.playbackRate), 1.5);
  await ola.check();
}

/** The teacher sees the course with the eyes of one learner, now and later. */
async function preview(sofia, page, course) {
  await sofia.goto(`${course}/progress`);
  const row = page.getByRole("row", { name: /Ola Bankole/ });
  await row.waitFor();
  await sofia.follow("Ola Bankole", row);
  await sofia.follow("See the course as they do");
  await sofia.sees("Preview: as Ola Bankole would see it.");
  const why = () => page.locator("details.module", { hasText: "Coral and its partners" }).first().locator(".note").first().textContent();
  const before = await why();
  const later = new Date(Date.now() + 60 * 24 * 3600 * 1000).toISOString().slice(0, 16);
  await page.getByLabel("At this moment").fill(later);
  await sofia.press("Show");
  assert.notEqual(await why(), before, "another moment, another state");
  await sofia.follow("End the preview");
}
