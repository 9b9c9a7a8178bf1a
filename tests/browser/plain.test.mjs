// The main forms without scripts: what htmx and the custom elements make easier is possible without them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, Person, journey, startBrowser, startServer } from "./stoa.mjs";

let server;
let browser;
before(async () => { [server, browser] = await Promise.all([startServer("demo"), startBrowser()]); });
after(async () => { await browser?.close(); await server?.stop(); });

/** Does what leads to another page, without a look at it: axe is a script. */
const leads = (page, act) => Promise.all([page.waitForEvent("load"), act()]);
const press = (page, name, within = page) => leads(page, () => within.getByRole("button", { name, exact: typeof name === "string" }).first().click());

async function comes(email) {
  const person = await Person.at(browser, server.address, PHONE, { javaScriptEnabled: false });
  await person.signIn(email);
  return person;
}

test("a teacher makes, fills and publishes a course without scripts, and a learner takes it", async () => {
  const rafael = await comes("rafael-duarte@academy.example");
  let course;
  await journey("plain teacher", rafael, async (page) => {
    await page.goto("/courses/new");
    await page.getByLabel("Title").fill("Knots without scripts");
    await press(page, "Create the course");
    course = /\/courses\/[0-9a-f-]{36}/.exec(page.url())[0];
    await page.goto(`${course}/edit`);
    await page.getByLabel("New module").fill("Rope");
    await press(page, "Add a module");
    for (const [kind, title] of [["Page", "A bowline"], ["Link", "A rope maker"]]) {
      await page.goto(`${course}/edit`);
      const module = page.locator("[data-kind=module]");
      await module.locator("summary", { hasText: "Add an item" }).click();
      await module.getByLabel("Kind").selectOption({ label: kind });
      await module.getByLabel("Title").fill(title);
      await press(page, "Add", module);
      if (kind === "Page") await page.getByLabel("Text", { exact: true }).fill("The rabbit comes **out of the hole**.");
      else await page.getByLabel("Address").fill("https://rope.example/");
      await press(page, "Save");
    }
    await page.goto(`${course}/edit`);
    await press(page, /^Publish (all|1 draft)/);
    await page.goto(`${course}/settings`);
    await page.getByLabel("For everyone who is signed in").check();
    await page.getByLabel("They ask, and staff decide").check();
    await press(page, "Save");
    await press(page, "Publish", page.locator("#publication"));
    await rafael.sees("The course is visible to its learners.");
  });

  const ola = await comes("ola-bankole@academy.example");
  await journey("plain learner", ola, async (page) => {
    await page.goto("/catalogue?q=knots");
    await leads(page, () => page.getByRole("link", { name: "Knots without scripts" }).click());
    await page.getByLabel("A word to those who decide").fill("I like rope.");
    await press(page, "Ask for a place");
    await ola.sees("You have asked for a place");
  });

  await journey("plain teacher lets in", rafael, async (page) => {
    await page.goto(`${course}/people?state=requested`);
    await page.getByRole("checkbox", { name: /Ola Bankole/ }).check();
    await page.getByLabel("With those marked").selectOption({ value: "activate" });
    await press(page, "Apply");
    await rafael.sees("1 enrolment is active.");
    await press(page, "Undo");
    await rafael.sees("Undone for 1 enrolment.");
    await page.goto(`${course}/people?state=requested`);
    await page.getByRole("checkbox", { name: /Ola Bankole/ }).check();
    await page.getByLabel("With those marked").selectOption({ value: "activate" });
    await press(page, "Apply");
  });

  await journey("plain learner learns", ola, async (page) => {
    await page.goto(course);
    await leads(page, () => page.getByRole("link", { name: "Start" }).click());
    assert.match(await page.getByRole("article").innerText(), /out of the hole/);
    await leads(page, () => page.getByRole("link", { name: "Next A rope maker" }).click());
    await leads(page, () => page.getByRole("link", { name: "Back to the outline" }).click());
    await ola.sees("You have done everything in this course.");
    await page.goto("/me");
    await page.getByLabel("Dark", { exact: true }).check();
    await press(page, "Save", page.locator("form[action='/me/appearance']"));
    await ola.sees("Saved.");
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    await page.locator("details.who summary").click();
    await press(page, "Sign out");
    assert.match(page.url(), /sign-in/);
  });
  await Promise.all([rafael.close(), ola.close()]);
});

test("an administrator takes lists over without scripts", async () => {
  const mirela = await comes("mirela-ionescu@academy.example");
  await journey("plain lists", mirela, async (page) => {
    const list = (rows) => ({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(`given,email\n${rows}`) });
    await page.goto("/institution/people/import");
    await page.getByLabel("File", { exact: true }).setInputFiles(list("Zoe,zoe@academy.example\n"));
    await press(page, "See what would happen");
    await press(page, "Import 1 person");
    await mirela.sees("This is what became of each line.");
    await page.goto("/institution/people?q=zoe");
    await mirela.sees("zoe@academy.example");
  });
  await mirela.close();
});
