/** Work in words: the customer's, and ours. */
import type { TurnContext } from "../conversation/context.ts";
import { nameIn } from "../profile/model.ts";
import { comma } from "../wording/format.ts";
import { faultsFor, type WorkWish } from "./work.ts";

/** Words of trouble that are in no list: kept as they are, so that nobody is asked twice what is wrong. */
export const TROUBLE =
  /坏了|壞了|打不着|打不著|没反应|沒反應|有问题|有問題|出问题|出問題|异响|異響|卡住|裂了|裂开|裂開|碎了|破了|松了|鬆了|生锈|生鏽|发霉|發霉|起雾|起霧|不[能会會]?[转轉动動吸热熱冷亮响響通走出进進排启啟开開关關]|松动|鬆動|晃|歪了|异味|異味|很吵|噪音|漏|\b(?:won'?t|doesn'?t|not working|broken|stopped working|loose|wobbl\w*|crack\w*|stuck|jammed|nois[ey]\w*|rattl\w*|squeak\w*|smell\w*|scratch\w*|leak\w*|bent|dripping|tripping)\b/i;

export function workText(turn: TurnContext, wish: WorkWish, product: string | null): string {
  const names = [
    ...faultsFor(turn.model, product, wish).map((fault) => nameIn(fault, turn.lang)),
    ...wish.services.map((ids) =>
      nameIn(
        turn.model.service(
          ids.find((id) => product !== null && turn.model.covers(turn.model.service(id)?.products ?? [], product)) ?? ids[0]!,
        ),
        turn.lang,
      ),
    ),
  ].filter(Boolean);
  // Kindred faults may go by one name.
  return names.length > 0 ? [...new Set(names)].join(comma(turn.lang)) : (wish.note ?? "");
}
