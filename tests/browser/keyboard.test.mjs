// Everything by keyboard alone: signing in, getting around, an outline, menus, dialogs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DEMO_PASSWORD, LAPTOP, Person, journey, startBrowser, startServer } from "./stoa.mjs";

let server;
let browser;
before(async () => { [server, browser] = await Promise.all([startServer("demo"), startBrowser()]); });
after(async () => { await browser?.close(); await server?.stop(); });

const isFocused = (locator) => locator.evaluate((part) => part === document.activeElement);

/** Presses Tab until this has the focus. Whatever has it on the way must show it. */
async function tabTo(page, locator, most = 120) {
  await locator.waitFor({ state: "attached" });
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const part = document.activeElement;
      const style = getComputedStyle(part);
      const box = part.getBoundingClientRect();
      return { isBody: part === document.body, html: part.outerHTML.slice(0, 120), outline: style.outlineStyle, width: box.width, height: box.height };
    });
    assert.ok(here.isBody || (here.outline !== "none" && here.width > 0 && here.height > 0), `no visible focus on ${here.html}`);
    if (await isFocused(locator)) return;
  }
  assert.fail(`Tab does not reach ${locator}`);
}

/** Presses a key that leads to another page. */
const leads = (person, key) => person.leads(() => person.page.keyboard.press(key));

test("signing in, the skip link, shortcuts and search", async () => {
  const sofia = await Person.at(browser, server.address, LAPTOP);
  await journey("keyboard around", sofia, async (page) => {
    await sofia.goto("/sign-in");
    await tabTo(page, page.getByLabel("E-mail address"));
    await page.keyboard.type("sofia-karlsen@academy.example");
    await tabTo(page, page.getByLabel("Password", { exact: true }));
    await page.keyboard.type("not the password");
    await leads(sofia, "Enter");
    await sofia.sees("Address or password is not right.");
    await tabTo(page, page.getByLabel("Password", { exact: true }));
    await page.keyboard.type(DEMO_PASSWORD);
    await leads(sofia, "Enter");
    assert.equal(new URL(page.url()).pathname, "/");

    await tabTo(page, sofia.link("Skip to the content"), 1);
    await page.keyboard.press("Enter");
    assert.ok(await isFocused(page.locator("main")), "the skip link leads into the page");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null), "the next stop is in the page");

    await page.keyboard.press("g");
    await leads(sofia, "c");
    assert.equal(new URL(page.url()).pathname, "/courses");
    const here = page.getByRole("main").getByRole("link").first();
    await tabTo(page, here);
    const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await page.keyboard.press("?");
    await shortcuts.waitFor();
    await sofia.check();
    await page.keyboard.press("Escape");
    await shortcuts.waitFor({ state: "hidden" });
    assert.ok(await isFocused(here), "the focus is back where it was");

    await sofia.goto("/catalogue");
    await page.keyboard.press("/");
    assert.ok(await isFocused(page.getByRole("searchbox")), "/ leads to the search");
    await page.keyboard.type("g c ?");
    assert.equal(await page.getByRole("searchbox").inputValue(), "g c ?", "who types gets letters");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("marine");
    await leads(sofia, "Enter");
    await tabTo(page, sofia.link("Marine ecology"));
    await leads(sofia, "Enter");

    // Whoever presses keys by mistake switches them off.
    await page.keyboard.press("?");
    await tabTo(page, page.getByLabel("Single keys work, without Ctrl"));
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    assert.equal(await shortcuts.isVisible(), false);
  });
  await sofia.close();
});

test("an outline is edited without a pointer", async () => {
  const rafael = await Person.at(browser, server.address, LAPTOP);
  await rafael.signIn("rafael-duarte@academy.example");
  await journey("keyboard outline", rafael, async (page) => {
    await rafael.goto("/courses/new");
    await page.keyboard.type("A course by keyboard");
    await leads(rafael, "Enter");
    const title = page.getByLabel("New module");
    for (const name of ["First", "Second"]) {
      await tabTo(page, title);
      await page.keyboard.type(name);
      await leads(rafael, "Enter");
    }
    const second = page.locator("[data-kind=module]").nth(1);
    await tabTo(page, second.locator("summary", { hasText: "Add an item" }));
    await page.keyboard.press("Enter");
    await tabTo(page, second.getByLabel("Title"));
    await page.keyboard.type("A page of words");
    await leads(rafael, "Enter");
    const area = page.getByLabel("Text", { exact: true });
    await tabTo(page, area);
    await page.keyboard.type("One ");
    await page.keyboard.press("Control+b");
    await page.keyboard.type("bold");
    await leads(rafael, "Control+s");
    await page.locator("article strong", { hasText: "bold" }).waitFor().catch(async () => {
      assert.fail(`the page says: ${await page.locator("article").innerText()}`);
    });

    await rafael.follow("Edit", page.getByRole("navigation", { name: "Course" }));
    const grip = rafael.button("Move Second");
    await tabTo(page, grip);
    const saved = page.waitForResponse((answer) => answer.url().endsWith("/moves"));
    for (const key of ["Space", "ArrowUp", "Space"]) await page.keyboard.press(key);
    assert.ok((await saved).ok());
    assert.ok(await isFocused(grip), "the grip keeps the focus");
    assert.equal(await page.locator("[data-kind=module]").first().getAttribute("data-title"), "Second");

    const menu = page.locator("summary", { hasText: "More on A page of words" });
    await tabTo(page, menu);
    await page.keyboard.press("Enter");
    await rafael.check();
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest(".menu") !== null), "the menu is the next stop");
    await page.keyboard.press("Escape");
    assert.ok(await isFocused(menu), "Escape closes the menu and leads back to its button");
    assert.equal(await page.locator("details.menu-of[open]").count(), 0);
  });
  await rafael.close();
});

test("a dialog takes the focus and gives it back", async () => {
  const mirela = await Person.at(browser, server.address, LAPTOP);
  await mirela.signIn("mirela-ionescu@academy.example");
  await journey("keyboard dialog", mirela, async (page) => {
    await mirela.goto("/design");
    const asks = page.locator("button[data-confirm]").first();
    await asks.focus();
    await page.keyboard.press("Enter");
    const dialog = page.locator("dialog:modal");
    await dialog.waitFor();
    await mirela.check();
    assert.ok(await page.evaluate(() => document.activeElement.closest("dialog:modal") !== null), "the focus is in the dialog");
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog:modal") !== null), "and stays in it");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.ok(await isFocused(asks), "the focus is back on the button");
  });
  await mirela.close();
});
