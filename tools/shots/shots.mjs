#!/usr/bin/env node
// Pictures of every page, as each demo role, at 360 and 1280 px, light and dark, and a contact sheet of them.
//
//   node tools/shots/shots.mjs [--only TEXT] [--role learner,teacher] [--address URL]
//
// The pictures land in tools/shots/out, which is not kept. Without --address it starts `stoa demo` itself.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startServer, startBrowser } from "../../tests/browser/stoa.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "out");
const flag = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : process.argv[at + 1];
};

const SIZES = [{ name: "360", width: 360, height: 780 }, { name: "1280", width: 1280, height: 860 }];
const SCHEMES = ["light", "dark"];
const PASSWORD = "stoa-demo-2026";
const ROLES = {
  nobody: { pages: ["/sign-in", "/reset", "/sign-up", "/no-such-page"] },
  learner: { email: "ana-marin@academy.example", pages: ["/", "/courses", "/catalogue", "/me", "course:", "course:/dates", "course:/people", "course:/about", "item:0", "item:2", "item:5"] },
  teacher: { email: "sofia-karlsen@academy.example", pages: ["/", "/courses", "course:", "course:/edit", "course:/dates", "course:/progress", "course:/people", "course:/settings", "course:/import", "/courses/new"] },
  administrator: { email: "mirela-ionescu@academy.example", pages: ["/", "/institution", "/institution/people", "/institution/people/new", "/institution/people/import", "/institution/units", "/institution/roles", "/institution/settings", "/institution/jobs", "/terms", "/design"] },
};

async function resolve(page, where) {
  if (!where.startsWith("course:") && !where.startsWith("item:")) return where;
  await page.goto("/courses");
  const course = await page.locator("main a[href^='/courses/']").evaluateAll((links) =>
    links.map((a) => a.getAttribute("href")).find((href) => /^\/courses\/[0-9a-f-]{36}$/.test(href)));
  if (!course) return null;
  if (where.startsWith("course:")) return course + where.slice(7);
  await page.goto(course);
  const items = await page.locator("main a[href*='/items/']").evaluateAll((links) => [...new Set(links.map((a) => a.getAttribute("href")))]);
  return items[Number(where.slice(5))] ?? null;
}

const only = flag("only");
const roles = flag("role")?.split(",") ?? Object.keys(ROLES);
const server = flag("address") ? { address: flag("address"), stop: async () => {} } : await startServer("demo");
const browser = await startBrowser();
await mkdir(out, { recursive: true });
const taken = [];
for (const role of roles) {
  const { email, pages } = ROLES[role];
  for (const scheme of SCHEMES) {
    for (const size of SIZES) {
      const context = await browser.newContext({ viewport: size, baseURL: server.address, colorScheme: scheme, timezoneId: "Europe/Berlin", locale: "en-GB" });
      const page = await context.newPage();
      if (email) {
        await page.goto("/sign-in");
        await page.getByLabel("E-mail").fill(email);
        await page.getByLabel("Password", { exact: true }).fill(flag("password") ?? PASSWORD);
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.waitForLoadState("load");
      }
      for (const where of pages.filter((page) => !only || page.includes(only))) {
        const url = await resolve(page, where);
        if (!url) { console.log(`${role}: nothing at ${where}`); continue; }
        const answer = await page.goto(url);
        const name = `${role}-${where.replace(/[^a-z0-9]+/gi, "_").replace(/^_|_$/g, "") || "today"}-${size.name}-${scheme}.png`;
        await page.screenshot({ path: path.join(out, name), fullPage: true });
        taken.push({ name, url, status: answer.status() });
        if (answer.status() >= 500) console.log(`${answer.status()} ${url} as ${role}`);
      }
      await context.close();
    }
  }
}
const figures = taken.map(({ name, url, status }) => `<figure><a href="${name}"><img src="${name}" loading="lazy" alt=""></a><figcaption>${name}<br>${status} ${url}</figcaption></figure>`);
await writeFile(path.join(out, "index.html"), `<!doctype html><meta charset="utf-8"><title>Contact sheet</title>
<style>body{font:13px system-ui;display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:16px;margin:16px}figure{margin:0}img{width:100%;height:320px;object-fit:cover;object-position:top;border:1px solid #aaa}</style>
${figures.join("\n")}\n`);
console.log(`${taken.length} pictures in ${path.relative(process.cwd(), out)}; open index.html there`);
await browser.close();
await server.stop();
