// A small Common Cartridge as another system would write it, made on the fly: two modules, pages that lead to each
// other, a picture, a download, a link, and a quiz, for which there is no kind yet.
const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});
const crc32 = (bytes) => (bytes.reduce((crc, byte) => crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** A zip archive that stores its entries as they are. */
function zip(entries) {
  const locals = [];
  const central = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const title = Buffer.from(name);
    const bytes = Buffer.from(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(bytes.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, title, bytes]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, tail, title]));
    locals.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listed, end]);
}

const page = (title, body) => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`;

const FILES = {
  "wiki/high.html": page("High water", '<h2>Twice a day</h2><p>The sea comes up to the wall. See <a href="low.html">low water</a>.</p><p><img src="../img/tide.svg" alt="A curve that rises and falls twice"></p><script>alert(1)</script>'),
  "wiki/low.html": page("Low water", "<p>The sea goes out as far as the <strong>pier</strong>.</p>"),
  "wiki/moon.html": page("The moon pulls", "<p>And the sun helps a little.</p>"),
  "img/tide.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><path d="M0 30q25-50 50 0t50 0 50 0 50 0" fill="none" stroke="#06c" stroke-width="3"/></svg>',
  "docs/table.txt": "05:40 high\n11:52 low\n",
  "quiz/quiz.xml": '<?xml version="1.0"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="q1" title="Do you know the tide?"><section ident="s1"/></assessment></questestinterop>',
  "links/noaa.xml": '<?xml version="1.0"?><webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>Tide tables</title><url href="https://tides.example/tables"/></webLink>',
};

const item = (id, title, ref, children = "") => `<item identifier="${id}"${ref ? ` identifierref="${ref}"` : ""}><title>${title}</title>${children}</item>`;
const resource = (id, type, href) => `<resource identifier="${id}" type="${type}" href="${href}"><file href="${href}"/></resource>`;

const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="tides" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
<lomimscc:lom><lomimscc:general><lomimscc:title><lomimscc:string language="en">Tides for beginners</lomimscc:string></lomimscc:title></lomimscc:general></lomimscc:lom></metadata>
<organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">
${item("m1", "What one sees", "", item("i1", "High water", "r1") + item("i2", "Low water", "r2") + item("i3", "A table to print", "r3"))}
${item("m2", "Why it is so", "", item("i4", "The moon pulls", "r4") + item("i5", "Tide tables", "r5") + item("i6", "Do you know the tide?", "r6"))}
</item></organization></organizations>
<resources>
${resource("r1", "webcontent", "wiki/high.html")}
${resource("r2", "webcontent", "wiki/low.html")}
${resource("r3", "webcontent", "docs/table.txt")}
${resource("r4", "webcontent", "wiki/moon.html")}
${resource("r5", "imswl_xmlv1p1", "links/noaa.xml")}
${resource("r6", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "quiz/quiz.xml")}
${resource("r7", "webcontent", "img/tide.svg")}
</resources></manifest>`;

/** The package, as a file to hand in. */
export const cartridge = () =>
  ({ name: "tides.imscc", mimeType: "application/octet-stream", buffer: zip({ "imsmanifest.xml": MANIFEST, ...FILES }) });
