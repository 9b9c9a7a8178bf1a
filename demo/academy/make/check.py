"""Checks the content of the demo academy against its README. Prints every fault and ends with 1 if there is one.

    python3 demo/academy/make/check.py
"""

import re
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ACADEMY = Path(__file__).resolve().parent.parent
FAULTS = []
SIZE_MAX = 3_000_000
KINDS = {"page", "file", "video", "link", "heading", "assignment", "quiz"}
COMPLETIONS = {"view", "mark", "submit", "grade", "none"}
TAKES = {"text", "files", "address", "paper"}
PERSON_ROLES = {"administrator", "manager", "teacher", "assistant", "learner", "observer", "author"}
COURSE_ROLES = {"teacher", "assistant", "author", "learner", "observer"}
STATES = {"active", "invited", "concluded", "waiting"}
DEMOS = {"administrator", "manager", "teacher", "author", "learner"}
KEYS = {
    "institution": {"name", "short", "zone", "locale", "motto"},
    "unit": {"key", "name", "parent"},
    "term": {"key", "name", "starts_days", "ends_days"},
    "person": {"key", "title", "given", "family", "email", "unit", "pronouns", "about", "demo", "roles"},
    "course": {"title", "code", "unit", "term", "hue", "language", "listing", "cover", "summary", "starts_days", "ends_days",
               "sections", "joining", "teachers", "about", "module", "rubric", "grading"},
    "module": {"key", "title", "published", "unlock_days", "prerequisites", "requirement", "sequential", "item"},
    "item": {"kind", "slug", "title", "indent", "file", "poster", "captions", "url", "minutes", "completion", "due_days",
             "conditions", "published", "assignment", "group"},
    "assignment": {"points", "takes", "file_types", "attempts", "rubric"},
    "work": {"person", "text", "address", "begun_days", "mark"},
    "mark": {"days", "by", "points", "levels", "comment", "draft"},
    "quiz": {"folder", "settings", "question", "tries"},
    "question": {"title", "tags", "points", "spare", "text", "feedback", "given", "task"},
    "enrolment": {"person", "role", "section", "progress", "next", "last_done_days", "last_seen_days", "state"},
}


def fault(where, what):
    FAULTS.append(f"{where}: {what}")


def load(path):
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        fault(path.relative_to(ACADEMY), error)
        return {}


def known_keys(where, kind, table, needed=()):
    for key in table.keys() - KEYS[kind]:
        fault(where, f"unknown key {key}")
    for key in needed:
        if key not in table:
            fault(where, f"{key} is missing")


def unique(where, keys):
    for key in {key for key in keys if keys.count(key) > 1}:
        fault(where, f"{key} occurs twice")
    for key in keys:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
            fault(where, f"{key} is not a key of small letters, digits and hyphens")


def check_academy():
    academy = load(ACADEMY / "academy.toml")
    known_keys("institution", "institution", academy.get("institution", {}), KEYS["institution"])
    units = [unit["key"] for unit in academy.get("unit", [])]
    unique("units", units)
    for i, unit in enumerate(academy.get("unit", [])):
        known_keys(f"unit {unit['key']}", "unit", unit, ("name",))
        if "parent" in unit and unit["parent"] not in units[:i]:
            fault(f"unit {unit['key']}", "its parent does not stand before it")
    terms = [term["key"] for term in academy.get("term", [])]
    unique("terms", terms)
    for term in academy.get("term", []):
        known_keys(f"term {term['key']}", "term", term, KEYS["term"])
        if term["ends_days"] <= term["starts_days"]:
            fault(f"term {term['key']}", "ends before it starts")
    return set(units), set(terms)


def check_people(units):
    people = load(ACADEMY / "people.toml").get("person", [])
    keys = [person["key"] for person in people]
    unique("people", keys)
    for person in people:
        where = f"person {person['key']}"
        known_keys(where, "person", person, ("given", "family", "email", "unit", "roles"))
        if person["unit"] not in units:
            fault(where, f"no unit {person['unit']}")
        if person["email"] != f"{person['key']}@academy.example":
            fault(where, "the address does not follow from the key")
        for role in person["roles"]:
            at = role["at"]
            if role["role"] not in PERSON_ROLES or not (at == "institution" or at.removeprefix("unit:") in units):
                fault(where, f"bad role {role}")
    demos = [person["demo"] for person in people if "demo" in person]
    if sorted(demos) != sorted(DEMOS):
        fault("people", f"demo sign-ins are {demos}")
    return set(keys)


def conditions(where, tree, slugs):
    if set(tree) == {"op", "items"} and tree["op"] in ("all", "any") and tree["items"]:
        for item in tree["items"]:
            conditions(where, item, slugs)
    elif set(tree) == {"done"} and tree["done"] in slugs:
        pass
    elif set(tree) != {"after_days"} or not isinstance(tree["after_days"], int):
        fault(where, f"bad condition {tree}")


def check_item(course, where, item, slugs):
    known_keys(where, "item", item, ("kind", "slug", "title", "minutes", "completion", "published"))
    if item["kind"] not in KINDS or item["completion"] not in COMPLETIONS:
        fault(where, "unknown kind or completion")
    body = course / "pages" / f"{item['slug']}.md"
    if item["kind"] in ("page", "video", "assignment") and not body.is_file():
        fault(where, f"{body.name} is missing")
    if ("file" in item) != (item["kind"] in ("file", "video")) or ("url" in item) != (item["kind"] == "link"):
        fault(where, "file or url does not fit the kind")
    files = [item.get("file"), item.get("poster")] + [caption["file"] for caption in item.get("captions", [])]
    for name in filter(None, files):
        if not (course / name).is_file():
            fault(where, f"{name} is missing")
    if item["kind"] == "video" and not item.get("captions"):
        fault(where, "a video without captions")
    if "conditions" in item:
        conditions(where, item["conditions"], slugs)
    is_made = item["kind"] in ("assignment", "quiz")
    if ("assignment" in item) != (item["kind"] == "assignment") or (item["completion"] in ("submit", "grade")) > is_made:
        fault(where, "assignment or completion does not fit the kind")
    if item["kind"] == "quiz" and not (course / "quiz" / f"{item['slug']}.toml").is_file():
        fault(where, "its questions are missing")
    return set(filter(None, files))


def check_work(course, given, people):
    """What was handed in, by people of the course, for its assignments."""
    rubrics = {rubric["key"]: [len(one["level"]) for one in rubric["criterion"]] for rubric in given.get("rubric", [])}
    groups = {group["key"] for group in given.get("grading", {}).get("group", [])}
    learners = {row["person"] for row in given["rows"] if row["role"] == "learner"}
    items = {item["slug"]: item for module in given["module"] for item in module["item"]}
    for slug, item in items.items():
        where, asked = f"{course.name}: {slug}", item.get("assignment", {})
        known_keys(where, "assignment", asked, ("takes",) if asked else ())
        if not set(asked.get("takes", [])) <= TAKES or asked.get("rubric", None) not in {None, *rubrics}:
            fault(where, "takes something unknown, or no such rubric")
        if item.get("group") not in {None, *groups}:
            fault(where, f"no group {item['group']}")
    for path in sorted(course.glob("work/*.toml")):
        where, item = path.relative_to(ACADEMY), items.get(path.stem, {})
        if "assignment" not in item:
            fault(where, "belongs to no assignment")
            continue
        works = load(path).get("work", [])
        unique(where, [work["person"] for work in works])
        for work in works:
            known_keys(where, "work", work, ("person", "text"))
            mark = work.get("mark", {})
            known_keys(f"{where}: {work['person']}", "mark", mark, ("days",) if mark else ())
            if work["person"] not in learners or mark.get("by", given["teachers"][0]) not in people:
                fault(where, f"{work['person']} or who marked is not known")
            levels, counts = mark.get("levels", []), rubrics.get(item["assignment"].get("rubric"), [])
            if levels and (len(levels) != len(counts) or any(level >= count for level, count in zip(levels, counts))):
                fault(where, f"{work['person']}: levels that the rubric does not have")
    for column in given.get("grading", {}).get("column", []):
        strangers = set(column["grades"]) - learners
        if column["group"] not in groups or strangers:
            fault(course.name, f"column {column['title']}: no such group, or {strangers}")


def check_quizzes(course, given):
    """Questions, and the tries of people who take the course: a digit for each question."""
    learners = {row["person"] for row in given["rows"] if row["role"] == "learner"}
    quizzes = {item["slug"] for module in given["module"] for item in module["item"] if item["kind"] == "quiz"}
    for path in sorted(course.glob("quiz/*.toml")):
        where, quiz = path.relative_to(ACADEMY), load(path)
        known_keys(where, "quiz", quiz, ("folder", "question", "tries"))
        if path.stem not in quizzes or not set(quiz["tries"]) <= learners:
            fault(where, f"belongs to no quiz, or {set(quiz['tries']) - learners} do not take the course")
        for question in quiz["question"]:
            known_keys(where, "question", question, ("title", "text", "given", "task"))
        counts = [len(question["given"]) for question in quiz["question"]]
        for person, tries in quiz["tries"].items():
            for answers in tries:
                fits = all(digit == "-" or int(digit) < count for digit, count in zip(answers, counts))
                if len(answers) != len(counts) or not fits:
                    fault(where, f"{person}: {answers} does not fit the questions")


def check_page(course, path, slugs):
    where, text = path.relative_to(ACADEMY), path.read_text(encoding="utf-8")
    used = set()
    for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)", text):
        used.add(target)
        if not (course / target).is_file():
            fault(where, f"{target} is missing")
        if len(alt) < 15:
            fault(where, f"{target} has no description worth the name")
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)", text):
        if target.startswith("page:") and target[5:] not in slugs:
            fault(where, f"no item {target[5:]}")
        elif not target.startswith(("page:", "https://", "files/")):
            fault(where, f"odd link {target}")
        elif target.startswith("files/"):
            used.add(target)
            if not (course / target).is_file():
                fault(where, f"{target} is missing")
    check_markdown(where, text)
    return used


def check_markdown(where, text):
    for kind in re.findall(r"^> \[!(\w+)\]", text, re.M):
        if kind not in ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"):
            fault(where, f"unknown callout {kind}")
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.M)]
    for before, level in zip([1] + levels, levels):
        if level < 2 or level > before + 1:
            fault(where, f"a heading of level {level} after level {before}")
    plain = re.sub(r"\$\$.*?\$\$", "", text, flags=re.S)
    if text.count("$$") % 2 or any(line.replace(r"\$", "").count("$") % 2 for line in plain.split("\n")):
        fault(where, "a dollar sign without its partner")
    words = len(text.split())
    if not 200 <= words <= 950:
        fault(where, f"{words} words")
    for block in re.findall(r"(?:^\|.*\n?)+", text, re.M):
        rows = block.strip().split("\n")
        if len({row.count("|") for row in rows}) != 1 or not re.fullmatch(r"[|\s:-]+", rows[1]):
            fault(where, f"an uneven table: {rows[0]}")


def check_picture(path):
    where, text = path.relative_to(ACADEMY), path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    for name in ("title", "desc"):
        found = root.find(f"{{http://www.w3.org/2000/svg}}{name}")
        if found is None or not found.text:
            fault(where, f"no {name}")
    if re.search(r"<script|<style|\shref=|xlink|\sstyle=|\son\w+=|<image|<foreignObject", text):
        fault(where, "a script, style or reference")


def check_modules(course, modules, slugs):
    keys = [module["key"] for module in modules]
    unique(f"{course.name}: modules", keys)
    used = set()
    for i, module in enumerate(modules):
        where = f"{course.name}: module {module['key']}"
        known_keys(where, "module", module, ("title", "published", "requirement", "sequential", "item"))
        if not re.fullmatch(r"all|any|[1-9]\d*", module["requirement"]):
            fault(where, "bad requirement")
        if not set(module.get("prerequisites", [])) <= set(keys[:i]):
            fault(where, "a prerequisite that does not come before it")
        for item in module["item"]:
            used |= check_item(course, f"{course.name}: {item['slug']}", item, slugs)
    return used


def check_enrolments(course, given, people, slugs):
    sections = {section["key"] for section in given["sections"]}
    persons = [row["person"] for row in given.get("rows", [])]
    for person in {person for person in persons if persons.count(person) > 1} | (set(persons) & set(given["teachers"])):
        fault(course.name, f"{person} is enrolled twice")
    for row in given.get("rows", []):
        where = f"{course.name}: enrolment {row['person']}"
        known_keys(where, "enrolment", row, ("role", "state"))
        if row["person"] not in people or row["role"] not in COURSE_ROLES or row["state"] not in STATES:
            fault(where, "unknown person, role or state")
        if row.get("section") not in sections | {None}:
            fault(where, "unknown section")
        if row["role"] == "learner" and ("progress" in row) == ("next" in row):
            fault(where, "one of progress and next")
        if "next" in row and row["next"] not in slugs:
            fault(where, f"no item {row['next']}")
        if not 0 <= row.get("progress", 0) <= 100 or row.get("last_seen_days", 0) > 0:
            fault(where, "a number out of bounds")


def check_course(course, units, terms, people):
    given = load(course / "course.toml")
    if not given:
        return
    given["rows"] = given.pop("enrolment", [])
    where = course.name
    known_keys(where, "course", {key: value for key, value in given.items() if key != "rows"}, KEYS["course"] - {"cover", "listing", "rubric", "grading"})
    joining = given["joining"]
    if joining["self"] not in ("open", "key", "closed") or (joining["self"] == "key") != ("key" in joining):
        fault(where, "bad joining")
    if given["unit"] not in units or given["term"] not in terms or not 1 <= given["hue"] <= 8:
        fault(where, "unknown unit, term or hue")
    for person in set(given["teachers"]) - people:
        fault(where, f"no person {person}")
    items = [item for module in given["module"] for item in module["item"]]
    slugs = [item["slug"] for item in items]
    unique(f"{where}: items", slugs)
    used = check_modules(course, given["module"], set(slugs)) | {given.get("cover")}
    check_enrolments(course, given, people, set(slugs))
    check_work(course, given, people)
    check_quizzes(course, given)
    for path in sorted((course / "pages").glob("*.md")):
        used |= check_page(course, path, set(slugs))
        if path.stem not in slugs:
            fault(path.relative_to(ACADEMY), "belongs to no item")
    for path in sorted((course / "files").iterdir()):
        if f"files/{path.name}" not in used:
            fault(path.relative_to(ACADEMY), "is used nowhere")
        if path.suffix == ".svg":
            check_picture(path)
    kinds = {kind: sum(item["kind"] == kind for item in items) for kind in sorted(KINDS)}
    learners = sum(row["role"] == "learner" for row in given["rows"])
    print(f"{where}: {len(given['module'])} modules, {len(items)} items {kinds}, {learners} learners")


def main():
    units, terms = check_academy()
    people = check_people(units)
    for course in sorted((ACADEMY / "courses").iterdir()):
        check_course(course, units, terms, people)
    size = sum(path.stat().st_size for path in ACADEMY.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    print(f"{len(people)} people, {size:,} bytes in all")
    if size > SIZE_MAX:
        fault("academy", f"larger than {SIZE_MAX:,} bytes")
    print("\n".join(FAULTS) or "no faults")
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
