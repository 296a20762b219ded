"""Hands at a window: by keys alone where a test says so. Each text, key chord or click counts as one interaction."""

from typing import Any

from tests.browser.windows import Window

MOST_TABS = 90
FOCUS = """async () => {
  await Promise.all(document.getAnimations().map((one) => one instanceof CSSTransition && one.finished.catch(() => 0)));
  const element = document.activeElement;
  if (element === document.body) return {what: "nothing", isSeen: false, isCovered: false};
  const shown = element.classList.contains("visually-hidden") ? element.labels[0] : element;
  const style = getComputedStyle(shown);
  const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const ring = /0px 0px 0px [1-9]/.test(style.boxShadow);
  const frame = shown.getClientRects()[0];
  const x = Math.min(Math.max(frame.x + frame.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(frame.y + frame.height / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    what: `${element.localName} ${element.id || element.name || element.className || element.textContent.trim()}`,
    isSeen: outline || ring || !element.matches(":focus"),  // inside a date: the browser's button, which scripts miss
    isCovered: !top || !(shown.contains(top) || top.contains(shown)),
    by: `${top?.localName} ${top?.className} at ${x} ${y}`,
  };
}"""
IS_AT = "selector => document.activeElement.matches(selector)"


class Hands:
    """Does one thing after another in a window, and counts."""

    def __init__(self, window: Window) -> None:
        self.window, self.page, self.count = window, window.page, 0
        self.page.emulate_media(reduced_motion="reduce")  # a ring that fades in is not yet seen

    def keys(self, *strokes: str) -> None:
        """Type texts and press keys where the focus is: `<Tab>` is a key, `天河路` a text."""
        for stroke in strokes:
            if stroke.startswith("<"):
                self.page.keyboard.press(stroke.strip("<>"))
            else:
                self.page.keyboard.insert_text(stroke)
            self.count += 1

    def click(self, selector: str, **where: float) -> None:
        """Click on the first such element, at its middle or at a position in pixels."""
        self.page.locator(selector).first.click(position=where or None)
        self.count += 1

    def to(self, selector: str, key: str = "<Tab>") -> None:
        """Press Tab (or Shift+Tab) until this has the focus; everything on the way shows that it has it."""
        passed = []
        for _press in range(MOST_TABS):
            if self.page.evaluate(IS_AT, selector):
                return
            self.keys(key)
            passed.append(self.focus())
        raise AssertionError(f"{selector} is not reached from {self.window.path} by {key}: {passed}")

    def enter(self, selector: str, key: str = "<Tab>") -> None:
        """Go to a link or a button by Tab and press Enter."""
        self.to(selector, key)
        self.keys("<Enter>")

    def focus(self) -> str:
        """What has the focus. Raises AssertionError when a person could not see that it has it."""
        found: dict[str, Any] = self.page.evaluate(FOCUS)
        if found["what"] != "nothing":
            assert found["isSeen"], f"{self.window.path}: the focus on {found['what']} cannot be seen"
            assert not found["isCovered"], f"{self.window.path}: {found['what']} has the focus under {found['by']}"
        return str(found["what"])
