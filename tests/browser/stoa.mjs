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

/** A person at a screen. Every page that they come to is held against axe, the console and the width of the screen. */
export class Person {
  constructor(page, address) {
    this.page = page;
    this.address = address;
    this.trouble = [];
    page.on("pageerror", (error) => this.trouble.push(`script: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !/status of 4(04|22)/.test(message.text())) this.trouble.push(`console: ${message.text()}`);
    });
  }

  static async at(browser, address, viewport = LAPTOP, options = {}) {
    const context = await browser.newContext({ viewport, baseURL: address, locale: "en-GB", timezoneId: "Europe/Berlin", ...options });
    return new Person(await context.newPage(), address);
  }

  async signIn(email, password) {
    await this.page.goto("/sign-in");
    await this.page.getByLabel("E-mail").fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  }

  async goto(where) {
    const answer = await this.page.goto(where);
    await this.check();
    return answer;
  }

  /** Zero axe violations, no script error, nothing wider than the screen. */
  async check() {
    await this.page.waitForLoadState("load");
    // The strict policy forbids scripts that a page did not bring, so axe comes in through the debugger.
    await this.page.evaluate(await axeSource);
    const found = await this.page.evaluate(() =>
      window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    const lines = found.violations.flatMap((violation) =>
      violation.nodes.slice(0, 3).map((node) => `${violation.id}: ${node.html.slice(0, 160)} (${node.failureSummary?.split("\n")[1]?.trim()})`));
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) lines.push(`the page is ${wide} px wider than the screen`);
    const url = this.page.url().replace(this.address, "");
    const all = [...lines, ...this.trouble.splice(0)];
    if (all.length) throw new Error(`${url} at ${this.page.viewportSize().width} px:\n  ${all.join("\n  ")}`);
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
