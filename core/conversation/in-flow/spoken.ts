/** Turns of phrase that count in more than one place while a flow is under way. */

/** The matter is not wanted any more. */
export const DROPS =
  /不用了|不必了|算了|不要了|不约了|不約了|不修了|不订了|不訂了|先不|免了|唔使|唔要|唔整|作罢|作罷|never ?mind|forget (?:it|about)|no thanks|don'?t bother|drop it|not any ?more|stop this/i;

/** It is to go on. */
export const GOES_ON =
  /先(?:约|約|修|派|安排|来修|來修|来人|來人)|(?:还是|還是|那就)(?:先)?(?:约|約|修|派)|接着办|接著辦|继续吧|繼續吧|继续办|繼續辦|\b(?:go on|carry on|let'?s continue|continue (?:with|please))\b/i;
