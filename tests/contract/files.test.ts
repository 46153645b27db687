import type { Media } from "../../core/spine/events.ts";
import { openSlackPlace } from "../adapters/slack/support.ts";
import { openPlace } from "../adapters/telegram/support.ts";
import { openWecomPlace } from "../adapters/wecom/support.ts";
import { filesContract } from "./files.ts";

const photo = (ref: string): Media => ({ kind: "photo", ref, name: null, mime: "image/jpeg" });

/** The media of the first entry that has some. */
async function sent(place: { entries(): Promise<readonly { readonly event: object }[]> }): Promise<Media> {
  const found = (await place.entries()).find(({ event }) => "media" in event)!;
  return (found.event as { readonly media: Media }).media;
}

filesContract("telegram", async () => {
  const place = await openPlace();
  await place.telegram.customer(4_001).photo();
  return {
    source: place.connection.files,
    photo: await sent(place),
    gone: photo("telegram-file:nobody-has-it"),
    secrets: [place.telegram.token, place.telegram.token.split(":")[1]!, place.telegram.url],
    breakOff: () => place.telegram.faults.next("file", { kind: "reset" }),
    dispose: () => place.dispose(),
  };
});

filesContract("slack", async () => {
  const place = await openSlackPlace();
  await place.slack.customer("U0WANG").photo();
  return {
    source: place.connection.files,
    photo: await sent(place),
    gone: photo("slack:F0NOBODY"),
    secrets: [place.slack.botToken, place.slack.url],
    breakOff: () => place.slack.faults.next("files.info", { kind: "http", status: 503 }),
    dispose: () => place.close(),
  };
});

filesContract("wecom", async () => {
  const place = await openWecomPlace();
  await place.platform.customer("wmWang").send("image");
  await place.read();
  return {
    source: place.connection.files,
    photo: await sent(place),
    gone: photo("wecom:MEDIAgone"),
    secrets: [place.platform.company.secret, place.platform.url],
    breakOff: () => place.platform.faults.next("media/get", "reset_before"),
    dispose: () => place.close(),
  };
});
