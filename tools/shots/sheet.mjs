// Contact sheets: many pictures on one, so that looking is cheap.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** An HTML page of all pictures, to be opened in a browser. */
export async function page(out, shots) {
  const figures = shots.map(({ file, title, where, status }) =>
    `<figure><a href="${file}"><img src="${file}" loading="lazy" alt=""></a><figcaption>${escape(title)}<br>${status} ${escape(where)}</figcaption></figure>`);
  await writeFile(path.join(out, "index.html"), `<!doctype html><meta charset="utf-8"><title>Contact sheet</title>
<style>body{font:13px system-ui;display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:16px;margin:16px}figure{margin:0;overflow-wrap:anywhere}img{width:100%;height:320px;object-fit:cover;object-position:top;border:1px solid #aaa}</style>
${figures.join("\n")}\n`);
}

/** Pictures of pictures: `sheet-1280-light-01.png` and so on. Each shows the upper part of its pages. */
export async function montage(browser, out, shots) {
  const groups = Map.groupBy ? Map.groupBy(shots, ({ group }) => group) : group(shots);
  const files = [];
  for (const [name, members] of groups) {
    const narrow = name.startsWith("360");
    const [columns, rows, width, height] = narrow ? [6, 2, 200, 470] : [3, 2, 400, 470];
    for (let from = 0; from < members.length; from += columns * rows) {
      const part = members.slice(from, from + columns * rows);
      const tiles = await Promise.all(part.map(async ({ file, title }) => {
        const data = (await readFile(path.join(out, file))).toString("base64");
        return `<figure><figcaption>${escape(title)}</figcaption><div><img src="data:image/png;base64,${data}"></div></figure>`;
      }));
      const sheet = await browser.newPage({ viewport: { width: columns * (width + 6), height: 400 } });
      await sheet.setContent(`<style>body{margin:0;background:#888;display:grid;grid-template-columns:repeat(${columns},${width}px);gap:6px;padding:3px}
figure{margin:0}figcaption{font:11px/16px system-ui;color:#fff;background:#333;height:16px;overflow:hidden;padding-inline:4px}
div{height:${height}px;overflow:hidden;background:#ccc}img{width:100%;display:block}</style>${tiles.join("")}`);
      const file = `sheet-${name}-${String(files.length + 1).padStart(2, "0")}.png`;
      await sheet.screenshot({ path: path.join(out, file), fullPage: true });
      await sheet.close();
      files.push(file);
    }
  }
  return files;
}

function group(shots) {
  const groups = new Map();
  for (const shot of shots) groups.set(shot.group, [...(groups.get(shot.group) ?? []), shot]);
  return groups;
}
