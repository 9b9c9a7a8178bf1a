// What the crawl does not come upon: states that somebody has to make first, and such as stand behind a press.
import { cartridge } from "../../tests/browser/cartridge.mjs";

const LONG = "Donaudampfschifffahrtsgesellschaftskapitänsanwärterprüfung und ihre Geschichte seit der Gründung der ersten Gesellschaft: eine Einführung mit Übungen";
const csv = (text) => ({ name: "people-of-the-autumn-term.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);
const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" }).first();
const courseOf = (page) => /\/courses\/[0-9a-f-]{36}/.exec(page.url())[0];
const open = (selector) => (page) => page.evaluate((what) => document.querySelectorAll(what).forEach((part) => { part.open = true; }), selector);

/** Makes things in the academy. Answers pages to take: `{ name, role, where, act }`; `act` is done on the page. */
export async function prepare(people) {
  const [administrator, head, learner] = await Promise.all(["administrator", "head", "learner"].map((role) => people(role)));
  const scenes = [...await courses(head), ...await lists(administrator), ...await more(learner)];
  await Promise.all([administrator, head, learner].map((page) => page.context().close()));
  return scenes;
}

async function courses(page) {
  const make = async (title) => {
    await page.goto("/courses/new");
    await page.getByLabel("Title").fill(title);
    await press(page, button(page, "Create the course"));
    return courseOf(page);
  };
  const look = async (where, file) => {
    await page.goto(where);
    await page.locator("input[type=file]").setInputFiles(file);
    await press(page, button(page, "Look into it"));
    return new URL(page.url()).pathname;
  };
  const empty = await make("An empty course");
  const long = await make(LONG);
  await page.goto(`${long}/edit`);
  await page.getByLabel("New module").fill(`Modul 1: ${LONG}`);
  await press(page, button(page, "Add a module"));
  await page.locator("summary", { hasText: "Add an item" }).click();
  await page.getByLabel("Title").fill(LONG);
  await press(page, button(page, "Add"));
  const editor = new URL(page.url()).pathname;
  await page.getByLabel("Text", { exact: true }).fill("# One\n\n$$\\sum_{n=1}^{\\infty} \\frac{1}{n^2} = \\frac{\\pi^2}{6}$$\n\n> [!WARNING]\n> Mind the step.\n");
  await press(page, button(page, "Save"));
  const looked = await look("/courses/import", cartridge());
  const done = await look("/courses/import", cartridge());
  await page.goto(done);
  await press(page, button(page, "Import"));
  await page.getByText("It is done").waitFor();
  await look("/courses/import", { name: "holiday.zip", mimeType: "application/zip", buffer: Buffer.from("this is no zip") }).catch(() => {});
  const head = "head";
  return [
    ...["", "/edit", "/people", "/progress", "/dates", "/about"].map((tail) => ({ name: `empty course ${tail}`, role: head, where: empty + tail })),
    ...["", "/edit", "/dates", "/settings"].map((tail) => ({ name: `long names ${tail}`, role: head, where: long + tail })),
    { name: "long names editor", role: head, where: editor },
    { name: "courses with long names", role: head, where: "/courses" },
    { name: "import dry run", role: head, where: looked },
    { name: "import report", role: head, where: done },
    { name: "import new course", role: head, where: "/courses/import" },
    { name: "import refused", role: head, where: "/courses/import", act: (page) => refuse(page) },
    { name: "new course", role: head, where: "/courses/new" },
    { name: "new course, mistakes", role: head, where: "/courses/new", act: mistakes("Create the course") },
    { name: "copy with dates", role: head, where: "course:/copy", act: copied },
    { name: "outline menu", role: "teacher", where: "course:/edit", act: (page) => page.locator(".edit-items .menu-of summary").first().click() },
    { name: "enrol from list", role: "teacher", where: "course:/people/import", act: enrolments },
    { name: "enrol by hand", role: "teacher", where: "course:/people/add", act: find("an") },
    { name: "nobody found", role: "teacher", where: "course:/people/add", act: find("qqqq") },
  ];
}

async function refuse(page) {
  await page.locator("input[type=file]").setInputFiles({ name: "holiday.zip", mimeType: "application/zip", buffer: Buffer.from("this is no zip") });
  await press(page, button(page, "Look into it"));
}

const mistakes = (name) => async (page) => {
  await page.evaluate(() => document.querySelectorAll("form").forEach((form) => { form.noValidate = true; }));
  await press(page, button(page, name));
};

const find = (text) => async (page) => {
  await page.getByRole("searchbox").fill(text);
  await press(page, button(page, "Search"));
};

async function copied(page) {
  await page.getByLabel("New first day").fill("2031-02-03");
  await page.getByLabel("New last day").fill("2031-05-30");
  await press(page, button(page, "Show where the dates go"));
}

async function enrolments(page) {
  await page.getByLabel("Paste the list").fill("email,role,start\nola-bankole@academy.example,learner,\nnobody@academy.example,learner,\nluka-horvat@academy.example,wizard,\nfreya-mackenzie@academy.example,,soon\n");
  await press(page, button(page, "Check the list"));
}

async function lists(page) {
  const name = "Maximiliane-Franziska Wolkenstein-Trostburg zu Rodenegg und Neuhaus";
  await page.goto("/institution/people/import");
  await page.locator("input[type=file]").setInputFiles(csv(`given,family,email,unit,roles\nZoe,Zacharias,zoe@academy.example,,\nMaximiliane-Franziska,Wolkenstein-Trostburg zu Rodenegg und Neuhaus,maximiliane-franziska.wolkenstein@academy.example,Elmwater School,teacher@Elmwater School\nAna,Marin,ana-marin@academy.example,,\nBad,Line,not-an-address,Nowhere,wizard\n`));
  await press(page, button(page, "See what would happen"));
  const plan = new URL(page.url()).pathname;
  await page.goto("/institution/people/import");
  await page.locator("input[type=file]").setInputFiles(csv(`given,family,email\n${name.split(" ")[0]},${name.split(" ").slice(1).join(" ")},maximiliane-franziska.wolkenstein@academy.example\n`));
  await press(page, button(page, "See what would happen"));
  const report = new URL(page.url()).pathname;
  await press(page, page.locator("#state form button.primary"));
  await page.getByText("This is what became of each line.").waitFor();
  const role = "administrator";
  const explained = "/access/explain?person=ana-marin@academy.example&permission=course.view&place=institution";
  return [
    { name: "people plan", role, where: plan },
    { name: "people report", role, where: report },
    { name: "long name in the list", role, where: "/institution/people?q=wolkenstein" },
    { name: "nobody fits", role, where: "/institution/people?q=qqqq" },
    { name: "access explained", role, where: explained },
    { name: "new person, mistakes", role, where: "/institution/people/new", act: mistakes("Add a person") },
    { name: "gallery", role, where: "/design" },
    { name: "outbox", role, where: "/outbox" },
    { name: "terms", role, where: "/terms" },
    { name: "shortcuts", role, where: "/", act: (page) => page.keyboard.press("?") },
    { name: "account menu", role, where: "/", act: open("details.who") },
  ];
}

async function more(page) {
  await page.goto("/courses");
  return [
    { name: "not allowed", role: "learner", where: "/institution/settings" },
    { name: "not there", role: "learner", where: "/courses/00000000-0000-7000-8000-000000000000" },
    { name: "catalogue, nothing found", role: "learner", where: "/catalogue?q=qqqq" },
    { name: "sign-in, wrong", role: "nobody", where: "/sign-in", act: async (page) => {
      await page.locator("input[name=email]").fill("ana-marin@academy.example");
      await page.locator("input[name=password]").fill("not this one");
      await press(page, page.locator("form button").first());
    } },
    { name: "nothing there, signed out", role: "nobody", where: "/no-such-page" },
    { name: "errors", role: "nobody", where: "/help/errors" },
    { name: "reset", role: "nobody", where: "/reset" },
    { name: "sign-up", role: "nobody", where: "/sign-up" },
  ];
}
