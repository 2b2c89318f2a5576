// What the pictures need to know of the page.

const VIEW = {
  words(ref) {
    const claim = DATA.claims[ref];
    return claim && `${claim.text} ${claim.quotes.map(([exact]) => exact).join(" ")} ${claim.whose}`;
  },
  choose: select,
  change: (number) => select(sidesOf(number)),
  point,
  added(root) {
    register(root);
    applyFilter();
    remark();
  },
};
