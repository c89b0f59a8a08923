// Opens ZIP archives in the browser: what is in them goes up file by file, however large the whole is. What cannot be
// opened here is left to the server, which says why.
(() => {
  "use strict";
  const END = 0x06054b50, ENTRY = 0x02014b50, LONGEST_END = 65557, STORED = 0, DEFLATED = 8, CLOSED = 1, UTF8 = 0x800;
  const { limits } = window.TryOn;
  const TYPES = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", webp: "image/webp", bmp: "image/bmp", csv: "text/csv" };
  const read = async (file, from, to) => new DataView(await file.slice(from, to).arrayBuffer());
  const nameOf = (bytes, flags) => {
    if (flags & UTF8) return new TextDecoder().decode(bytes);
    try { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch { return new TextDecoder("gb18030").decode(bytes); }
  };

  const entriesOf = async (file) => {
    const tail = await read(file, Math.max(0, file.size - LONGEST_END), file.size);
    let at = tail.byteLength - 22;
    while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
    if (at < 0) throw new Error("no archive");
    const [count, size, begin] = [tail.getUint16(at + 10, true), tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
    const list = await read(file, begin, begin + size), found = [];
    for (let from = 0, n = 0; n < count; n += 1) {
      if (list.getUint32(from, true) !== ENTRY) throw new Error("broken archive");
      const [flags, method, packed, whole] = [list.getUint16(from + 8, true), list.getUint16(from + 10, true), list.getUint32(from + 20, true), list.getUint32(from + 24, true)];
      const [length, extra, remark, place] = [list.getUint16(from + 28, true), list.getUint16(from + 30, true), list.getUint16(from + 32, true), list.getUint32(from + 42, true)];
      const path = nameOf(new Uint8Array(list.buffer, list.byteOffset + from + 46, length), flags);
      found.push({ flags, method, packed, whole, place, path, name: path.split(/[\\/]/).pop() });
      from += 46 + length + extra + remark;
    }
    return found;
  };
  const isBeside = ({ path, name }) => !name || name.startsWith(".") || path.includes("__MACOSX/") || /^(thumbs\.db|desktop\.ini|manifest\.json)$/i.test(name);
  // No more is unpacked than a file may have, whatever the archive says of itself.
  const unpacked = async (stream) => {
    const parts = [], reader = stream.getReader();
    for (let size = 0; size <= limits.bytes;) {
      const { done, value } = await reader.read();
      if (done) return parts;
      parts.push(value);
      size += value.length;
    }
    await reader.cancel();
    return parts;
  };
  const taken = async (file, entry) => {
    if (entry.flags & CLOSED || ![STORED, DEFLATED].includes(entry.method) || entry.packed === 0xffffffff) throw new Error("cannot be opened here");
    const head = await read(file, entry.place, entry.place + 30);
    const begin = entry.place + 30 + head.getUint16(26, true) + head.getUint16(28, true), inside = file.slice(begin, begin + entry.packed);
    const stream = entry.method === DEFLATED ? inside.stream().pipeThrough(new DecompressionStream("deflate-raw")) : inside.stream();
    const made = new File(await unpacked(stream), entry.name, { type: TYPES[entry.name.split(".").pop().toLowerCase()] ?? "image/unknown" });
    return Object.assign(made, { within: entry.path });
  };

  // Beyond as many as fit only names come out, so that what is left out can be said; of all that lies in it pictures
  // come first.
  const SHUT = "application/x-left-shut";
  const isShut = (file) => file.type === SHUT;
  const LIST = /\.[ct]sv$/i, PICTURE = /\.(jpe?g|png|webp|bmp|hei[cf]|avif|tiff?|gif)$/i;
  const rank = ({ name }) => LIST.test(name) ? 0 : PICTURE.test(name) ? 1 : 2;
  const opened = async (file) => {
    try {
      const found = [], inside = (await entriesOf(file)).filter((one) => !isBeside(one)).sort((one, other) => rank(one) - rank(other));
      const fits = inside.filter(({ name }) => LIST.test(name)).length + limits.garments;
      for (const [at, entry] of inside.entries()) found.push(at < fits ? await taken(file, entry) : new File([], entry.name, { type: SHUT }));
      return found.length ? found : [file];
    } catch { return [file]; }
  };
  window.TryOn.unzip = { is: (file) => /\.zip$/i.test(file.name), isBeside, isShut, opened };
})();
