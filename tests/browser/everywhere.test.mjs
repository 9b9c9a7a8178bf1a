// Every page of the demo academy, found by following links: as each role and as nobody, in both languages, on a phone,
// on a laptop and at 200 % zoom, light and dark. Nothing to be found by axe, no error in the console, nothing wider
// than the screen.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { crawl, shape } from "./crawl.mjs";
import { LAPTOP, PHONE, Person, startBrowser, startServer } from "./stoa.mjs";

/** A laptop at 200 %: half as wide, each dot four. */
const ZOOMED = { width: 640, height: 430 };
const CONTRAST = ["color-contrast", "link-in-text-block"];

const ROLES = [
  { role: "learner", email: "ana-marin@academy.example" },
  { role: "teacher", email: "sofia-karlsen@academy.example" },
  // What is only for development has no link.
  { role: "administrator", email: "mirela-ionescu@academy.example", starts: ["/", "/design", "/outbox"] },
  { role: "nobody", starts: ["/sign-in", "/catalogue", "/sign-up", "/reset", "/help/errors", "/no-such-page"] },
];

let server;
let browser;
before(async () => { [server, browser] = await Promise.all([startServer("demo"), startBrowser()]); });
after(async () => { await browser?.close(); await server?.stop(); });

async function come(email, locale) {
  const person = await Person.at(browser, server.address, PHONE, { locale, deviceScaleFactor: 2 });
  if (email) await person.signIn(email);
  return person;
}

test("every page, for everybody, in every light", { concurrency: 2 }, async (all) => {
  const found = [];
  const known = new Map();
  for (const { role, email, starts } of ROLES) {
    const person = await come(email, "en-GB");
    const { pages, broken } = await crawl(person.page.context().request, starts, 400, known);
    await person.close();
    await all.test(`no link of the ${role} leads nowhere`, () => assert.deepEqual(broken, []));
    found.push({ role, email, pages });
  }
  const reached = new Set(found.flatMap(({ pages }) => pages.map((page) => page.shape)));
  for (const page of ["/", "/courses/{id}/edit", "/courses/{id}/items/{id}/content", "/institution/roles/{id}", "/terms", "/design"]) {
    assert.ok(reached.has(page), `${page} was not found`);
  }
  // Two at a time: one draws while the other is held against the rules.
  const visits = found.flatMap((who) => ["en-GB", "de-DE"].map((locale) => ({ ...who, locale })));
  await Promise.all(visits.map((visit) => tour(all, visit)));
});

/** One person's way through the pages, in one language. */
function tour(all, { role, email, locale, pages }) {
  return all.test(`${role}, ${locale}: ${pages.length} pages`, async () => {
    const person = await come(email, locale);
    const wrong = [];
    for (const { where } of pages) wrong.push(...await visit(person, where, locale));
    await person.close();
    assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
  });
}

/** One page in each size and light. Colours do not depend on the language, so that the second one looks at less. */
async function visit(person, where, locale) {
  const { page } = person;
  const wrong = [];
  const note = (how, lines) => wrong.push(...lines.map((line) => `${where} (${how}): ${line}`));
  const set = async (size, colorScheme) => {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
  };
  await set(PHONE, locale === "en-GB" ? "light" : "dark");
  await page.goto(where);
  assert.equal(await page.locator("html").getAttribute("lang"), locale.slice(0, 2), `the language of ${where}`);
  // What unfolds is looked at unfolded; menus lie above each other then, and have their own journeys.
  await page.evaluate(() => document.querySelectorAll("details:not(.menu-of, .who)").forEach((part) => { part.open = true; }));
  note("360", await person.look());
  await set(ZOOMED, "light");
  note("640", await person.wider());
  await set(LAPTOP, "light");
  note("1280", await person.look());
  if (locale === "en-GB") {
    await set(LAPTOP, "dark");
    note("1280, dark", await person.look(CONTRAST));
    await set(PHONE, "dark");
    note("360, dark", await person.look(CONTRAST));
  }
  return wrong;
}

const LONG = "Donaudampfschifffahrtsgesellschaftskapitänsanwärterprüfung und ihre Geschichte seit der Gründung der ersten Gesellschaft";

test("names as long as they may be do not burst a page", async () => {
  const rafael = await come("rafael-duarte@academy.example", "en-GB");
  const { page } = rafael;
  const press = async (name) => {
    await Promise.all([page.waitForEvent("load", { timeout: 30_000 }), rafael.button(name).click()]);
    return new URL(page.url()).pathname;
  };
  await page.goto("/courses/new");
  await page.getByLabel("Title").fill(LONG);
  const course = /\/courses\/[^/]+/.exec(await press("Create the course"))[0];
  await page.goto(`${course}/edit`);
  await page.getByLabel("New module").fill(LONG);
  await press("Add a module");
  await page.locator("summary", { hasText: "Add an item" }).click();
  await page.getByLabel("Title").fill(LONG);
  const editor = await press("Add");
  const item = editor.replace(/\/content$/, "");
  const tails = ["", "/edit", "/dates", "/people", "/progress", "/about", "/settings", "/preview", "/import", "/copy", "/sections"];
  for (const where of [...tails.map((tail) => course + tail), item, editor, `${item}/settings`, `${item}/move`, "/", "/courses?show=managed"]) {
    await page.goto(where);
    for (const size of [PHONE, ZOOMED, LAPTOP]) {
      await page.setViewportSize(size);
      assert.deepEqual(await rafael.wider(), [], `${where} at ${size.width} px`);
    }
  }
  await rafael.close();
});

describe("how pages are told apart", () => {
  test("rows of a table are one shape, kinds of pages are several", () => {
    const id = "01a21333-3ff5-7428-8d56-b727521d32f2";
    assert.equal(shape(`/courses/${id}/items/${id}/versions/12`), "/courses/{id}/items/{id}/versions/{n}");
    assert.equal(shape("/institution/people?sort=name&q=a"), "/institution/people?q&sort");
    assert.notEqual(shape("/courses"), shape("/courses?show=past"));
  });
});
