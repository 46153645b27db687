/** Makes what a customer attaches small enough to send. */
import { t } from "./i18n.js";

/** 48 KiB of base64. */
const MOST_BYTES = 36_864;
/** Widths and qualities tried in turn until a picture fits. */
const STEPS = [
  [1280, 0.7],
  [960, 0.6],
  [720, 0.55],
  [540, 0.5],
  [400, 0.45],
];

/** `{kind, name, mime, data}` of a chosen file. */
export async function mediaPayload(file) {
  const kind = file.type.startsWith("image/")
    ? "photo"
    : file.type.startsWith("audio/")
      ? "voice"
      : file.type.startsWith("video/")
        ? "video"
        : "file";
  const blob = kind === "photo" && file.size > MOST_BYTES ? await shrink(file) : file;
  if (blob.size > MOST_BYTES) throw new Error(t("media.too_large"));
  const name = file.name.slice(0, 200);
  return { kind, ...(name ? { name } : {}), mime: blob.type || "application/octet-stream", data: await base64(blob) };
}

async function shrink(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    throw new Error(t("media.unreadable"));
  }
  for (const [width, quality] of STEPS) {
    const scale = Math.min(1, width / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (blob && blob.size <= MOST_BYTES) return blob;
  }
  throw new Error(t("media.too_large"));
}

async function base64(blob) {
  let text = "";
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}
