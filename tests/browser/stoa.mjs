// What every journey needs: a server of its own, a browser, and a page that is checked wherever it goes.
import { spawn } from "node:child_process";
import { mkdtemp, mkdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
export const fixtures = path.resolve(root, "../shared/fixtures");
const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const PHONE = { width: 360, height: 780 };
export const LAPTOP = { width: 1280, height: 860 };
/** The password of everybody in the demo academy. */
export const DEMO_PASSWORD = "stoa-demo-2026";

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts `stoa COMMAND` on an empty data folder; answers its address and how to stop it. */
export async function startServer(command = "demo", settings = {}) {
  const binary = process.env.STOA_BINARY ?? path.join(root, "target/debug/stoa");
  const data = await mkdtemp(path.join(tmpdir(), "stoa-browser-"));
  const port = await freePort();
  const env = { ...process.env, STOA_DEVELOPMENT: "true", STOA_LOG: "warn" };
  for (const [name, value] of Object.entries(settings)) env[`STOA_${name.toUpperCase()}`] = value;
  const server = spawn(binary, [command, "--data", data, "--listen", `127.0.0.1:${port}`], { env, cwd: root });
  let said = "";
  server.stdout.on("data", (text) => { said += text; });
  server.stderr.on("data", (text) => { said += text; });
  const address = `http://127.0.0.1:${port}`;
  const ended = new Promise((done) => server.once("exit", done));
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${address}/readyz`).catch(() => null);
    if (answer?.ok) break;
    if (server.exitCode !== null || tries > 1200) throw new Error(`the server did not start:\n${said}`);
    await new Promise((next) => setTimeout(next, 100));
  }
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  return { address, data, stop, output: () => said };
}

export async function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

/** What axe holds each page against: WCAG 2.2 at levels A and AA, and what is good practice beyond. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** A person at a screen. Every page that they come to is held against axe, the console and the width of the screen. */
export class Person {
  constructor(page, address) {
    this.page = page;
    this.address = address;
    this.trouble = [];
    page.on("pageerror", (error) => this.trouble.push(`script: ${error.message}`));
    page.on("console", (message) => {
      // A page that is not there, a form that is not right yet, and a network that a journey has cut are no errors of the
      // page; the browser reports them all.
      if (message.type() === "error" && !/status of 4(04|22)|ERR_INTERNET_DISCONNECTED/.test(message.text())) this.trouble.push(`console: ${message.text()}`);
    });
  }

  static async at(browser, address, viewport = LAPTOP, options = {}) {
    const context = await browser.newContext({
      viewport, baseURL: address, locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce", ...options,
    });
    context.setDefaultTimeout(20_000);
    return new Person(await context.newPage(), address);
  }

  async signIn(email, password = DEMO_PASSWORD) {
    await this.page.goto("/sign-in");
    await this.page.locator("input[name=email]").fill(email);
    await this.page.locator("input[name=password]").fill(password);
    await this.page.locator("form[action='/sign-in'] button").click();
    await this.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  }

  async goto(where) {
    const answer = await this.page.goto(where);
    await this.check();
    return answer;
  }

  /** Does what leads to another page, and looks at that page once it is there. */
  async leads(act) {
    // Waits longer than the act itself may, so that the act's own error is the one that is told.
    await Promise.all([this.page.waitForEvent("load", { timeout: 30_000 }), act()]);
    await this.check();
  }

  button(name, within = this.page) { return within.getByRole("button", { name, exact: typeof name === "string" }); }
  link(name, within = this.page) { return within.getByRole("link", { name, exact: typeof name === "string" }); }

  /** Presses a button that sends a form. */
  press(name, within) { return this.leads(() => this.button(name, within).click()); }

  follow(name, within) { return this.leads(() => this.link(name, within).first().click()); }

  /** Waits until the text stands on the page, and is shown. */
  sees(text, within = this.page.locator("body")) {
    return within.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Fills fields by their labels: `{ "E-mail address": "ana@example.org" }`. */
  async fill(fields, within = this.page) {
    for (const [label, value] of Object.entries(fields)) await within.getByLabel(label, { exact: true }).fill(value);
  }

  /** Zero axe violations, no script error, nothing wider than the screen. */
  async check() {
    const found = await this.look();
    if (found.length) throw new Error(`${this.where()} at ${this.page.viewportSize().width} px:\n  ${found.join("\n  ")}`);
  }

  where() { return this.page.url().replace(this.address, ""); }

  /** What is wrong with the page as it is now, in lines. */
  async look(rules = RULES) {
    await this.page.waitForLoadState("load");
    // What scripts add comes after the load: elements of our own, formulas.
    await this.page.waitForFunction(() => !document.querySelector(":not(:defined), [data-math]:not([data-drawn])"));
    // The strict policy forbids scripts that a page did not bring, so axe comes in through the debugger.
    await this.page.evaluate(await axeSource);
    const violations = await this.page.evaluate(async (runOnly) => {
      // A style that has just changed is there after two frames.
      for (let frame = 0; frame < 2; frame += 1) await new Promise((next) => requestAnimationFrame(next));
      return (await window.axe.run(document, { runOnly, resultTypes: ["violations"] })).violations;
    }, rules);
    const lines = violations.flatMap((violation) =>
      violation.nodes.slice(0, 3).map((node) => `${violation.id}: ${node.html.slice(0, 160)} (${node.failureSummary?.split("\n")[1]?.trim()})`));
    return [...lines, ...await this.wider(), ...this.trouble.splice(0)];
  }

  /** What sticks out at the side of the screen. */
  async wider() {
    const over = await this.page.evaluate(() => {
      const page = document.documentElement;
      if (page.scrollWidth <= page.clientWidth) return null;
      const out = [...document.querySelectorAll("body *")].filter((part) => part.getBoundingClientRect().right > page.clientWidth + 0.5);
      return `${page.scrollWidth - page.clientWidth} px: ${out.slice(-2).map((part) => part.outerHTML.slice(0, 120)).join(" and ")}`;
    });
    return over ? [`the page is wider than the screen by ${over}`] : [];
  }

  async close() {
    await this.page.context().close();
  }
}

/** Runs a journey; a failure leaves a picture in tests/browser/out. */
export async function journey(name, person, steps) {
  try {
    await steps(person.page);
  } catch (error) {
    const out = path.join(here, "out");
    await mkdir(out, { recursive: true });
    await person.page.screenshot({ path: path.join(out, `${name.replace(/\W+/g, "-")}.png`), fullPage: true }).catch(() => {});
    throw error;
  }
}
