// What a first visit costs: bytes over the wire, and how much of them is script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DEMO_PASSWORD, LAPTOP, PHONE, Person, startBrowser, startServer } from "./stoa.mjs";

const PAGE_BYTES_MAX = 150 * 1024;
const SCRIPT_BYTES_MAX = 40 * 1024;

let server;
let browser;
before(async () => { [server, browser] = await Promise.all([startServer("demo"), startBrowser()]); });
after(async () => { await browser?.close(); await server?.stop(); });

/** Counts what comes over the wire, as the network saw it: compressed, with headers. */
async function weigh(person) {
  const session = await person.page.context().newCDPSession(person.page);
  const kinds = new Map();
  const bytes = {};
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, type, response }) =>
    kinds.set(requestId, { type, url: response.url, encoding: response.headers["content-encoding"] ?? response.headers["Content-Encoding"] }));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind && !kind.url.startsWith("data:")) bytes[kind.type] = (bytes[kind.type] ?? 0) + encodedDataLength;
  });
  return { bytes, kinds };
}

const sum = (bytes, ...types) => types.reduce((total, type) => total + (bytes[type] ?? 0), 0);

test("from sign-in to Today: at most 150 KB, of which 40 KB are scripts", async () => {
  for (const viewport of [PHONE, LAPTOP]) {
    const person = await Person.at(browser, server.address, viewport);
    const { bytes, kinds } = await weigh(person);
    const { page } = person;
    await page.goto("/sign-in", { waitUntil: "networkidle" });
    await page.locator("input[name=email]").fill("ana-marin@academy.example");
    await page.locator("input[name=password]").fill(DEMO_PASSWORD);
    await page.locator("form[action='/sign-in'] button").click();
    await page.waitForURL("**/");
    await page.waitForLoadState("networkidle");
    const all = sum(bytes, "Document", "Stylesheet", "Script", "Font");
    assert.ok(bytes.Document && bytes.Stylesheet && bytes.Script && bytes.Font, `each kind was seen: ${JSON.stringify(bytes)}`);
    assert.ok(all <= PAGE_BYTES_MAX, `${all} bytes: ${JSON.stringify(bytes)}`);
    assert.ok(bytes.Script <= SCRIPT_BYTES_MAX, `${bytes.Script} bytes of script`);
    for (const { type, url, encoding } of kinds.values()) {
      if (["Document", "Stylesheet", "Script"].includes(type)) assert.ok(encoding, `${url} comes compressed`);
    }
    await person.close();
  }
});

test("pages without editor or player carry at most 40 KB of script; what was fetched once is not fetched again", async () => {
  const person = await Person.at(browser, server.address, LAPTOP);
  await person.signIn("sofia-karlsen@academy.example");
  const { page } = person;
  await page.goto("/courses");
  const course = await page.locator("main a[href^='/courses/']").evaluateAll((links) =>
    links.map((link) => link.getAttribute("href")).find((href) => /^\/courses\/[0-9a-f-]{36}$/.test(href)));
  for (const where of ["/", "/courses", course, `${course}/people`, `${course}/edit`, `${course}/dates`, `${course}/settings`, "/me"]) {
    const fresh = await Person.at(browser, server.address, LAPTOP, { storageState: await page.context().storageState() });
    const { bytes } = await weigh(fresh);
    await fresh.page.goto(where, { waitUntil: "networkidle" });
    assert.ok(bytes.Script > 0 && bytes.Script <= SCRIPT_BYTES_MAX, `${where}: ${bytes.Script} bytes of script`);
    const once = sum(bytes, "Stylesheet", "Script", "Font");
    await fresh.page.goto("/courses?show=past", { waitUntil: "networkidle" });
    await fresh.page.goto(where, { waitUntil: "networkidle" });
    assert.equal(sum(bytes, "Stylesheet", "Script", "Font"), once, `${where}: styles, scripts and fonts come from the cache`);
    await fresh.close();
  }
  await person.close();
});
