/** Builds the understanding of a business: its vocabulary, the shipped wordings and the shop's own, the stored model. */
import { join } from "node:path";
import type { Profile } from "../core/profile/schema.ts";
import type { Understander } from "../core/understanding/index.ts";
import { loadUnderstander } from "../core/understanding/load.ts";
import { loadProfile, SHIPPED_PROFILES, shopWordings } from "./profiles.ts";

/**
 * @param name profile as set; `null` = no business in particular: the vocabularies of all shipped ones together
 * @param dataDir where the trained model is kept; `null` = not kept
 */
export function understanderFor(name: string | null, profile: Profile | null, dataDir: string | null): Promise<Understander> {
  const profiles = profile ? [profile] : SHIPPED_PROFILES.map((one) => loadProfile(one, "en"));
  const own = name === null ? null : shopWordings(name);
  return loadUnderstander({
    profiles,
    modelDir: dataDir === null ? null : join(dataDir, "models"),
    shopCorpusDirs: own === null ? [] : [own],
  });
}
