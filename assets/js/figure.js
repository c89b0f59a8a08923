// Where the figure stands in a picture: what a narrow tile may cut away at its sides, when nothing may be, and which
// ground a tile has where the picture does not fill it.
(() => {
  "use strict";
  const WIDE = 48, HIGH = 64, DIFFERENT = 60, ROWS = 4; // pixels of the measure; sum of three colours' differences; pixels that make a column
  const MARK_FROM = 0.82; // the sandbox writes its mark into the right of a picture: it is shown whole or not at all
  const MARGIN = 0.03;

  const measured = (image) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: WIDE, height: HIGH });
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    brush.drawImage(image, 0, 0, WIDE, HIGH);
    const { data } = brush.getImageData(0, 0, WIDE, HIGH);
    return (x, y) => data.subarray((y * WIDE + x) * 4, (y * WIDE + x) * 4 + 3);
  };
  const between = (one, other) => Math.abs(one[0] - other[0]) + Math.abs(one[1] - other[1]) + Math.abs(one[2] - other[2]);
  // The figure's left and right end, 0 to 1: columns that differ from the ground beside and above it.
  const ends = (pixel) => {
    const ground = (x, y) => [pixel(1, y), pixel(WIDE - 2, y), pixel(x, 1)];
    const off = (x, y) => ground(x, y).every((colour) => between(pixel(x, y), colour) > DIFFERENT);
    const filled = [...Array(WIDE).keys()].filter((x) => [...Array(HIGH).keys()].filter((y) => off(x, y)).length >= ROWS);
    return filled.length ? [filled[0] / WIDE, (filled.at(-1) + 1) / WIDE] : [0, 1];
  };
  const mean = (pixels) => `rgb(${[0, 1, 2].map((i) => Math.round(pixels.reduce((sum, one) => sum + one[i], 0) / pixels.length)).join(" ")})`;
  // The colours of the edges that border on what the picture leaves free.
  const ground = (pixel, upright) => {
    const edge = (last) => mean([...Array(upright ? WIDE : HIGH).keys()].map((i) => (upright ? pixel(i, last ? HIGH - 1 : 0) : pixel(last ? WIDE - 1 : 0, i))));
    return `linear-gradient(${upright ? "" : "90deg, "}${edge(false)} 35%, ${edge(true)} 65%)`;
  };
  const styleOf = ({ clientWidth, clientHeight }, copy, preview) => {
    const { naturalWidth, naturalHeight } = copy, pixel = measured(copy);
    const part = clientWidth / clientHeight / (naturalWidth / naturalHeight); // of the picture's width, that a filled tile shows
    const whole = { objectFit: "contain", background: ground(pixel, part < 1) };
    if (!(part < 1)) return whole;
    const [left, right] = ends(pixel);
    if (right - left + 2 * MARGIN > part) return whole;
    const most = Math.max(right + MARGIN, preview ? MARK_FROM : 1), start = Math.min(Math.max(0, (left + right - part) / 2), Math.max(0, most - part), 1 - part);
    return { objectFit: "cover", objectPosition: `${start / (1 - part) * 100}% 50%` };
  };
  // By a copy: the image itself may be given a larger one in the meantime.
  const looked = async (image, look) => {
    const copy = Object.assign(new Image(), { src: image.src });
    try { await copy.decode(); return look(copy); } catch { return {}; }
  };
  window.TryOn.figure = {
    // How the `img` of a narrow tile is to be fitted, once it has been laid out.
    fitted: (image, preview) => looked(image, (copy) => styleOf(image, copy, preview)),
    // The ground of a garment's photo, into which its edges melt.
    ground: (image) => looked(image, (copy) => ({ background: ground(measured(copy), true) })),
  };
})();
