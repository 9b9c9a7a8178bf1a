// Finds the pages of the product by following links, so that a page that is new tomorrow is looked at without anybody
// having to name it here.

/** An address without what differs from row to row: ids, numbers, and what is asked for. */
export function shape(where) {
  const url = new URL(where, "http://stoa");
  const plain = (text) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, "{id}").replace(/(?<=\/)\d+(?=$|\/)/g, "{n}");
  const query = [...url.searchParams.keys()].sort();
  return plain(decodeURI(url.pathname)) + (query.length ? `?${query.join("&")}` : "");
}

/** What a page is made of: every element that it has, by name and class. Two pages of one shape that are made of the
 * same look the same, however different their words are. */
function parts(html) {
  const body = html.slice(html.indexOf("<main"));
  const found = new Set();
  for (const [, name, attributes] of body.matchAll(/<([a-z][a-z0-9-]*)((?:\s+[^<>]*?)?)\/?>/g)) {
    const classes = (/\sclass="([^"]*)"/.exec(attributes)?.[1] ?? "").replace(/\bhue-\d\b/g, "").split(/\s+/).filter(Boolean).sort();
    const kind = /\stype="([^"]*)"/.exec(attributes)?.[1] ?? "";
    found.add(`${name}.${classes.join(".")}:${kind}`);
  }
  return found;
}

const unescape = (text) => text.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replaceAll("&quot;", '"').replaceAll("&#34;", '"');

/**
 * Follows links from `starts`, and answers those pages that show something which no page of the same shape before them
 * showed, and the links that led nowhere. `limit` pages are fetched at the most.
 * @param {import("playwright-core").APIRequestContext} request with the session of the person who looks
 */
export async function crawl(request, starts = ["/"], limit = 300, known = new Map()) {
  const seen = new Set(starts);
  const asked = new Set();
  const queue = starts.map((where) => ({ where, from: null }));
  const pages = [];
  const broken = [];
  let fetched = 0;
  while (queue.length && fetched < limit) {
    const { where, from } = queue.shift();
    fetched += 1;
    const answer = await request.get(where, { failOnStatusCode: false });
    // A page that is linked must be there; one that the reader may not open must not be linked.
    if (answer.status() >= (from ? 400 : 500)) broken.push(`${answer.status()} at ${where}, to which ${from} leads`);
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    const html = await answer.text();
    const here = new URL(answer.url());
    const name = shape(here.pathname + here.search);
    const before = known.get(name) ?? new Set();
    const now = parts(html);
    const isNew = [...now].some((part) => !before.has(part));
    known.set(name, new Set([...before, ...now]));
    if (isNew) pages.push({ where: here.pathname + here.search, shape: name });
    for (const [, href] of html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)) {
      const url = new URL(unescape(href), here);
      url.hash = "";
      const next = url.pathname + url.search;
      if (url.origin !== here.origin || seen.has(next)) continue;
      if (/\/files\/|\/export$|[?&]download\b|^\/assets\//.test(next)) continue;
      seen.add(next);
      // The first of each shape comes first, so that the limit cuts off repetitions and not pages.
      const kind = shape(next);
      if (asked.has(kind)) queue.push({ where: next, from: where });
      else queue.unshift({ where: next, from: where });
      asked.add(kind);
    }
  }
  return { pages, broken };
}
