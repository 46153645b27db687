/**
 * What a link or a QR code carries of the thing it hangs on: `product-<id>`, `serial-<number>`, `plate-<number>`,
 * `order-<number>`, several joined by `~`. Short and plain, because platforms take few characters.
 */

export const SCENE_FACTS = ["product", "serial", "plate", "order"] as const;
export type SceneFact = (typeof SCENE_FACTS)[number];

/** @returns the facts in the order in which they stand; none when it is no scene of ours */
export function parseScene(scene: string): readonly (readonly [SceneFact, string])[] {
  return scene.split("~").flatMap((part) => {
    const match = /^(product|serial|plate|order)[-_:=](.{1,60})$/i.exec(part.trim());
    return match ? [[match[1]!.toLowerCase() as SceneFact, match[2]!] as const] : [];
  });
}

/** @throws RangeError when a fact is empty, too long, or holds the mark between facts */
export function sceneOf(facts: Readonly<Partial<Record<SceneFact, string>>>): string {
  return SCENE_FACTS.flatMap((fact) => {
    const value = facts[fact]?.trim();
    if (value === undefined) return [];
    if (value === "" || value.includes("~") || [...value].length > 60)
      throw new RangeError(`${fact} "${value}" can't stand in a link; wanted 1 to 60 characters without ~`);
    return [`${fact}-${value}`];
  }).join("~");
}
