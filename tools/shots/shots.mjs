#!/usr/bin/env node
// Pictures of every page, as each demo role, at 360 and 1280 px, light and dark, and contact sheets of them.
//
//   node tools/shots/shots.mjs [--only TEXT] [--role learner,teacher] [--size 360,1280] [--scheme light,dark]
//                              [--language en,de] [--address URL]
//
// Pages are found by following links from each role's start page; scenes.mjs adds what has to be made or pressed first.
// The pictures and their sheets land in tools/shots/out, which is not kept. Without --address it starts `stoa demo`
// itself (STOA_BINARY, else target/debug/stoa); with it nothing is made there, only looked at.
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { crawl } from "../../tests/browser/crawl.mjs";
import { DEMO_PASSWORD, LAPTOP, PHONE, Person, startBrowser, startServer } from "../../tests/browser/stoa.mjs";
import { prepare } from "./scenes.mjs";
import { montage, page as contactPage } from "./sheet.mjs";

const out = path.join(path.dirname(fileURLToPath(import.meta.url)), "out");
const flag = (name, other) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? other : process.argv[at + 1];
};

const SIZES = { 360: PHONE, 1280: LAPTOP };
const LOCALES = { en: "en-GB", de: "de-DE" };
const ROLES = {
  nobody: { starts: ["/sign-in", "/catalogue"] },
  learner: { email: "ana-marin@academy.example" },
  teacher: { email: "sofia-karlsen@academy.example" },
  head: { email: "rafael-duarte@academy.example", scenesOnly: true },
  administrator: { email: "mirela-ionescu@academy.example", starts: ["/"] },
};

const only = flag("only", "").toLowerCase();
const roles = flag("role", Object.keys(ROLES).join(",")).split(",");
const languages = flag("language", "en").split(",");
const address = flag("address", null);

const server = address ? { address, stop: async () => {} } : await startServer("demo");
const browser = await startBrowser();

/** A page of the role, signed in. */
async function come(role, language = "en", size = "1280", scheme = "light") {
  const person = await Person.at(browser, server.address, SIZES[size], { locale: LOCALES[language], colorScheme: scheme });
  const { email } = ROLES[role];
  if (email) await person.signIn(email, flag("password", DEMO_PASSWORD));
  return person.page;
}

/** What to take of each role: pages that were found, then scenes. */
async function list() {
  const scenes = address ? [] : await prepare(come);
  const all = [];
  const known = new Map();
  for (const role of roles) {
    const { starts, scenesOnly } = ROLES[role];
    const page = await come(role);
    const found = scenesOnly ? [] : (await crawl(page.context().request, starts ?? ["/"], 400, known)).pages;
    const course = await firstCourse(page);
    await page.context().close();
    const pages = found.map(({ where, shape }) => ({ role, where, title: `${role} ${shape}` }));
    const made = scenes.filter((scene) => scene.role === role).map(({ name, where, act }) =>
      ({ role, where: where.replace("course:", course ?? "/courses"), title: `${role}: ${name}`, act }));
    all.push(...pages, ...made);
  }
  return all.filter(({ title, where }) => !only || `${title} ${where}`.toLowerCase().includes(only));
}

/** A course of the person: one that they may change, where there is one. */
async function firstCourse(page) {
  await page.goto("/courses");
  const links = await page.locator("main a[href^='/courses/']").evaluateAll((found) => found.map((link) => link.getAttribute("href")));
  const courses = links.filter((href) => /^\/courses\/[0-9a-f-]{36}$/.test(href));
  for (const course of courses) {
    if ((await page.request.get(`${course}/edit`)).ok()) return course;
  }
  return courses[0];
}

async function take(page, target, number, group) {
  const answer = await page.goto(target.where);
  await page.waitForFunction(() => !document.querySelector(":not(:defined), [data-math]:not([data-drawn])"));
  if (target.act) await target.act(page);
  // Nothing looks as if somebody were pointing at it.
  await page.mouse.move(0, 0);
  const name = target.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/-$/, "");
  const file = `${group}-${String(number).padStart(3, "0")}-${name.slice(0, 60)}.png`;
  await page.screenshot({ path: path.join(out, file), fullPage: true });
  const status = answer.status();
  if (status >= 500) console.log(`${status} ${target.where} as ${target.role}`);
  return { file, group, status, title: target.title, where: target.where };
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const targets = await list();
const shots = [];
for (const language of languages) {
  for (const size of flag("size", "360,1280").split(",")) {
    for (const scheme of flag("scheme", "light,dark").split(",")) {
      const group = `${size}-${scheme}${language === "en" ? "" : `-${language}`}`;
      for (const role of roles) {
        const page = await come(role, language, size, scheme);
        for (const [number, target] of targets.entries()) {
          if (target.role !== role || (target.act && language !== "en")) continue;
          shots.push(await take(page, target, number + 1, group).catch((error) => {
            console.log(`${target.title}: ${error.message.split("\n")[0]}`);
            return null;
          }));
        }
        await page.context().close();
      }
    }
  }
}
const taken = shots.filter(Boolean);
await contactPage(out, taken);
const sheets = await montage(browser, out, taken);
console.log(`${taken.length} pictures and ${sheets.length} sheets in ${path.relative(process.cwd(), out)}; open index.html there`);
await browser.close();
await server.stop();
