// A quiz: answers are kept as they are given, wait for the network where there is none, and end in a receipt; what is
// handed in is marked, and the grade opens and explains itself.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LAPTOP, PHONE, Person, journey, startBrowser, startServer } from "./stoa.mjs";

let server;
let browser;
before(async () => { [server, browser] = await Promise.all([startServer("demo"), startBrowser()]); });
after(async () => { await browser?.close(); await server?.stop(); });

/** Opens a course, and in it an item. */
async function open(person, title) {
  await person.goto("/courses");
  await person.follow("Marine ecology");
  if (title) await person.follow(title);
}

test("answers wait for the network and are there after it is back", async () => {
  const sofia = await Person.at(browser, server.address, PHONE);
  await sofia.signIn("sofia-karlsen@academy.example");
  await journey("quiz without a network", sofia, async (page) => {
    await open(sofia, "Quiz: tides and zones");
    await sofia.press("Try it out");
    const options = page.getByRole("radio");
    await options.nth(0).check();
    await sofia.sees("All saved");
    await page.context().setOffline(true);
    await options.nth(1).check();
    await sofia.sees("kept on this device");
    await page.context().setOffline(false);
    await page.getByText("All saved").waitFor({ timeout: 30_000 });
    await sofia.leads(() => page.reload());
    assert.ok(await options.nth(1).isChecked(), "what was given without a network is there");
    await sofia.goto(`${new URL(page.url()).pathname}/end`);
    await sofia.button("Hand in").click();
    const asked = page.locator("dialog:modal");
    if (await asked.count()) await sofia.leads(() => sofia.button("Hand in", asked).click());
    await sofia.sees("Receipt");
    await sofia.check();
  });
  await sofia.close();
});

test("a grade opens and explains itself", async () => {
  const ana = await Person.at(browser, server.address, LAPTOP);
  await ana.signIn("ana-marin@academy.example");
  await journey("grades", ana, async (page) => {
    await open(ana);
    await ana.follow("Grades");
    await page.getByText("How is this made?").first().click();
    await ana.sees(/Rounded once, to two places/);
    await ana.check();
  });
  await ana.close();
});
