// An administrator opens an empty Stoa, sets the institution up, and brings in people and enrolments from lists.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LAPTOP, Person, journey, startBrowser, startServer } from "./stoa.mjs";

const PASSWORD = "lantern over the harbour";
const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

let server;
let browser;
before(async () => { [server, browser] = await Promise.all([startServer("serve"), startBrowser()]); });
after(async () => { await browser?.close(); await server?.stop(); });

test("an administrator sets up an institution and enrols people from a list", async () => {
  const ada = await Person.at(browser, server.address, LAPTOP);
  await journey("first run", ada, async (page) => {
    await setUp(ada);
    await settings(ada);
    await units(ada);
    await people(ada);
    await term(ada);
    const course = await newCourse(ada);
    await enrolments(ada, course);
    await page.goto("/");
    await ada.sees("You run this place");
  });
  await ada.close();
});

/** The first visit asks for the code that the server printed, and makes the administrator. */
async function setUp(ada) {
  const { page } = ada;
  await ada.goto("/");
  assert.equal(new URL(page.url()).pathname, "/first-run", "an empty server leads to its set-up");
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(server.output())?.[0];
  assert.ok(code, `the server printed no code:\n${server.output()}`);
  assert.equal(await page.getByLabel("Time zone").inputValue(), "Europe/Berlin", "the browser's zone is proposed");
  await ada.fill({
    "Set-up code": "AAAA-BBBB-CCCC", "Name of the institution": "Harbour School", "Given name": "Ada",
    "E-mail address": "ada@harbour.example", "New password": PASSWORD, "New password, again": PASSWORD,
  });
  await ada.press("Begin");
  await ada.sees("This is not the set-up code.");
  assert.equal(await page.getByLabel("Name of the institution").inputValue(), "Harbour School", "what was typed is kept");
  await ada.fill({ "Set-up code": code, "New password": PASSWORD, "New password, again": PASSWORD });
  await ada.press("Begin");
  await ada.sees("Everything is ready.");
  const again = await page.request.get("/first-run", { maxRedirects: 0 });
  assert.notEqual(again.status(), 200, "the set-up is open only once");
}

async function settings(ada) {
  await ada.follow("Institution", ada.page.getByRole("navigation", { name: "Main" }));
  await ada.follow("Settings");
  await ada.page.getByLabel("Anyone with an address of the domains below").check();
  await ada.fill({ "Domains of e-mail addresses (optional)": "harbour example" });
  await ada.press("Save settings");
  await ada.sees("is no domain");
  await ada.fill({ "Domains of e-mail addresses (optional)": "harbour.example" });
  await ada.press("Save settings");
  await ada.sees("The settings are saved.");
}

async function units(ada) {
  for (const [name, parent] of [["Faculty of Letters", null], ["History", "Faculty of Letters"]]) {
    await ada.goto("/institution/units");
    await ada.fill({ Name: name });
    if (parent) await ada.page.getByLabel("Part of").selectOption({ label: parent });
    await ada.press("Add a unit");
    await ada.sees(`${name} is added.`);
  }
  await ada.goto("/institution/units");
  assert.ok(await ada.link("History").count(), "the tree shows the unit");
}

/** A list of people: looked at first, then taken over; the same list again changes only what is different in it. */
async function people(ada) {
  const { page } = ada;
  const take = async (list) => {
    await ada.goto("/institution/people/import");
    await page.getByLabel("File", { exact: true }).setInputFiles(list);
    await ada.press("See what would happen");
    await ada.sees("Nothing has been changed yet.");
  };
  const tabs = page.getByRole("navigation", { name: "Outcomes" });
  const head = "given,family,email,external_id,unit,roles\n";
  await take(csv("people.csv", `${head}Bea,Blum,bea@harbour.example,S1,History,teacher@History\nCem,Çelik,cem@harbour.example,S2,History,\nDan,Doe,no-address,S3,History,\nEla,Eck,ela@harbour.example,S4,Alchemy,\n`));
  assert.match(await tabs.innerText(), /New\s*2[\s\S]*Refused\s*2/);
  await ada.sees("This is no e-mail address.");
  await ada.sees("There is no unit “Alchemy”.");
  await ada.press("Import 2 people");
  await ada.sees("This is what became of each line.");
  await ada.check();
  await take(csv("people.csv", `${head}Bea,Blum-Otte,bea@harbour.example,S1,History,teacher@History\nCem,Çelik,cem@harbour.example,S2,History,\nEla,Eck,ela@harbour.example,S4,,\n`));
  assert.match(await tabs.innerText(), /New\s*1[\s\S]*Changed\s*1[\s\S]*As they were\s*1/);
  await ada.press("Import 2 people");
  await ada.sees("This is what became of each line.");
  await ada.goto("/institution/people?q=Blum");
  await ada.sees("Bea Blum-Otte");
  assert.equal(await page.locator("tbody tr").count(), 1, "nobody is doubled");
}

async function term(ada) {
  await ada.goto("/institution");
  await ada.follow("Terms");
  await ada.fill({ Name: "Autumn", "First day": "2026-09-01", "Last day": "2026-08-01" });
  await ada.press("Add");
  await ada.sees("The end must come after the beginning.");
  await ada.fill({ "Last day": "2026-12-20" });
  await ada.press("Add");
  await ada.sees("Autumn has been added.");
}

async function newCourse(ada) {
  const { page } = ada;
  await ada.goto("/");
  await ada.follow(/^New course/);
  await ada.fill({ Title: "The history of tides" });
  await page.getByLabel("Unit").selectOption({ label: "Faculty of Letters / History" });
  await page.getByLabel("Term").selectOption({ label: "Autumn" });
  await ada.press("Create the course");
  await ada.sees("The history of tides has been created.");
  return /\/courses\/[0-9a-f-]{36}/.exec(page.url())[0];
}

/** Enrolments from a list: what cannot be is told line by line, and a second run finds everything as it is. */
async function enrolments(ada, course) {
  const { page } = ada;
  const list = "email,role,section,start,end\nbea@harbour.example,teacher,,,\ncem@harbour.example,learner,,,\nnobody@harbour.example,learner,,,\nela@harbour.example,wizard,,,\nela@harbour.example,learner,,2026-13-01,\n";
  await ada.goto(`${course}/people/import`);
  await page.getByLabel("Or choose a file").setInputFiles(csv("enrolments.csv", list));
  await ada.press("Check the list");
  for (const told of ["2 to enrol", "3 left out", "No account with this address or id", "No such role", "The start is no day"]) await ada.sees(told);
  await ada.sees("Nothing has been done yet.");
  await ada.press("Enrol these people");
  await ada.sees("Done. The lines that were left out are below.");
  await ada.sees("2 enrolled");
  await ada.goto(`${course}/people/import`);
  await ada.fill({ "Paste the list (optional)": list });
  await ada.press("Check the list");
  await ada.sees("2 as they are");
  await ada.sees("There is nothing to do");
  await ada.goto(`${course}/people`);
  assert.equal(await page.locator("tbody tr").count(), 2);
  await ada.sees("Cem Çelik");
}
