"""Every kind of page as a reader opens it: from a host's root, from a folder of a host, from disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open, hosted, published
from tests.driver import PROJECT, entry, lay_down, site

pytestmark = pytest.mark.browser

# One of each template, as the golden site "everything" has them.
EVERYTHING = PROJECT / "tests/golden/everything/content"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the site as `repo/`, made for that address."""
    files = {str(path.relative_to(EVERYTHING)): path.read_bytes() for path in EVERYTHING.rglob("*") if path.is_file()}
    folder = tmp_path_factory.mktemp("host")
    made = site(files, look="real", base_url="https://example.org/repo/").files
    published(folder / "repo", made)
    return folder


@pytest.fixture(scope="module")
def host(built: Path) -> Iterator[str]:
    with hosted(built) as address:
        yield address


def pages(built: Path) -> list[str]:
    """The fullest page of each folder, and every page at the top; of the entries also the fullest card."""
    folder = built / "repo"
    top = sorted(path.name for path in folder.glob("*.html"))
    found = sorted(folder.glob("*/*.html"))
    inner = {
        (path.parent, ".embed." in path.name): path for path in sorted(found, key=lambda path: path.stat().st_size)
    }
    return [*top, *(str(path.relative_to(folder)) for path in inner.values())]


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "dark"),
        (1280, "light"),
        pytest.param(360, "light", marks=pytest.mark.slow),
        pytest.param(1280, "dark", marks=pytest.mark.slow),
    ],
)
def test_no_page_keeps_anybody_out(
    opened: Open, built: Path, host: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Axe finds no fault in any kind of page; nothing is blocked, missing, or asked of another host."""
    found = {}
    for path in pages(built):
        page = opened(f"{host}/repo/{path}", width, scheme)
        faults = Axe().run(page).response["violations"]
        found[path] = [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults]
        page.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_axe_sees_a_fault_below_the_fold(opened: Open, host: str) -> None:
    """The check above can fail: a picture without words, planted at the end of a long page, is found."""
    page = opened(f"{host}/repo/timeline.html")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert "image-alt" in [fault["id"] for fault in Axe().run(page).response["violations"]]


# What is too small to be hit, by WCAG 2.2, 2.5.8: under 24 units, not in a line of text, and so close to another target
# that circles of 24 units around the middles of both would touch (or its circle that other target).
TOO_SMALL = """() => {
  const seen = x => x.checkVisibility({ visibilityProperty: true }) && x.getClientRects().length;
  const all = [...document.querySelectorAll("a[href], button, summary, select, input, label:has(input)")];
  const targets = all.filter(seen).filter(x => !(x.matches("input") && x.closest("label"))).map(x => {
    const box = x.getBoundingClientRect();
    const mid = [box.x + box.width / 2, box.y + box.height / 2];
    return { x, box, mid, small: Math.min(box.width, box.height) < 23.99 };
  });
  const inLine = ({ x }) => getComputedStyle(x).display === "inline"
    && x.parentElement.textContent.trim().length > x.textContent.trim().length;
  const beyond = (at, from, to) => Math.max(from - at, 0, at - to);
  const apart = ({ mid: [x, y] }, { small, mid, box }) => small ? Math.hypot(x - mid[0], y - mid[1])
    : Math.hypot(beyond(x, box.left, box.right), beyond(y, box.top, box.bottom)) + 12;
  const other = (a, b) => !a.x.contains(b.x) && !b.x.contains(a.x);
  return targets
    .filter(a => a.small && !inLine(a) && targets.some(b => other(a, b) && apart(a, b) < 24))
    .map(({ x, box }) => `${Math.round(box.width)} by ${Math.round(box.height)}: ${x.outerHTML.slice(0, 90)}`);
}"""


def test_every_page_fits_the_smallest_phone(opened: Open, built: Path, host: str) -> None:
    """At 320 pixels no page scrolls sideways, and whatever can be hit is large enough or apart from the next."""
    found = {}
    for path in pages(built):
        page = opened(f"{host}/repo/{path}", 320)
        wide = page.evaluate("document.documentElement.scrollWidth") - 320
        if wide > 0 or page.evaluate(TOO_SMALL):
            found[path] = (wide, page.evaluate(TOO_SMALL))
        page.close()
    assert found == {}


@pytest.mark.parametrize("path", ["evidence.html", "spans.html", "control.html"])
def test_tables_fit_between_phone_and_desktop(opened: Open, host: str, path: str) -> None:
    """A wide table neither sticks out of the page nor has it scroll sideways at any width of a tablet."""
    page = opened(f"{host}/repo/{path}", 736)
    for width in (736, 768, 850, 928, 929, 992):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("path", ["spans.html", "control.html", "series/area.html"])
def test_a_long_name_does_not_widen_a_table(opened: Open, host: str, path: str) -> None:
    """A name that is one word of 80 letters is broken in the tables of figures, on a tablet and on a desktop."""
    page = opened(f"{host}/repo/{path}")
    page.locator(".data tbody tr:first-child > *").evaluate_all("all => all.forEach(x => x.append('w'.repeat(80)))")
    for width in (768, 992, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_long_word_is_broken(opened: Open, host: str) -> None:
    """An address that stands for a title, as that of a source without one does, makes no page scroll sideways."""
    page = opened(f"{host}/repo/sources.html", 320)
    page.evaluate("document.querySelector('.index-item a').textContent = 'https://example.org/' + 'a'.repeat(80)")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_long_words_and_code_do_not_widen_a_page(opened: Open, tmp_path: Path) -> None:
    """Words of 80 letters, in a table, in code and in the name of who is harmed, leave the page as wide as a phone."""
    long = "w" * 80
    text = f"One [@s].\n\n| side | men |\n| ---- | --- |\n| {long} | {long} |\n\n    {long} {long}\n"
    harmed = f"casualties: [{{harm: killed, group: {long}, min: 1, by: army}}]"
    files = {
        "actors.yaml": f"- {{id: army, name: {long}}}",
        "phases/rise.md": f"---\nlabel: {long}\nfrom: 2014\nto: ..\ncolour: navy\nshape: square\n---\nText.",
        "sources/s.yaml": "s: {title: A, url: https://a.example, issued: 2014, perspective: independent}",
        "entries/a.md": entry(f"phase: rise\ndate_display: before {long}\n{harmed}", body=text),
    }
    made = site(files, look="real")
    assert made.report.ok, made.messages
    page = opened((lay_down(tmp_path, made.files) / "print.html").as_uri(), 320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for path in ("entries/a.html", "entries/a.embed.html"):
        page.goto((tmp_path / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_wide_table_of_a_text_is_scrolled_with_the_keys(opened: Open, host: str) -> None:
    """A table too wide for a phone scrolls by itself, and who has no mouse reaches it and moves it (axe agrees)."""
    page = opened(f"{host}/repo/entries/raid.html", 320)
    page.locator(".prose td").first.evaluate(
        "cell => { cell.textContent = 'word'.repeat(40); cell.style.minWidth = '60rem'; }"
    )
    part = page.locator(".prose .scroller")
    assert part.evaluate("part => part.scrollWidth > part.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    part.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    assert Axe().run(page).response["violations"] == []


def test_the_kind_of_change_shown_stays_in_the_address(opened: Open, tmp_path: Path) -> None:
    """What is chosen on the page of corrections outlives a reload and is taken back by the back button."""
    revisions = (
        "revisions: [{date: 2026-01-02, kind: correction, summary: A}, {date: 2026-01-03, kind: update, summary: B}]"
    )
    made = site({"entries/a.md": entry(revisions)}, look="real")
    assert made.report.ok, made.messages
    with hosted(lay_down(tmp_path, made.files)) as address:
        page = opened(f"{address}/corrections.html")
        shown = page.locator(".amendment:visible .what")
        assert shown.all_inner_texts() == ["B", "A"]
        page.get_by_label("Correction").check()
        assert page.url.endswith("?kind=correction")
        page.reload()
        assert shown.all_inner_texts() == ["A"]
        page.go_back()
        page.wait_for_function("() => document.querySelector('#show_all').checked")
        assert shown.all_inner_texts() == ["B", "A"]


@pytest.mark.parametrize(("path", "after"), [("entries/raid.html", ".role"), ("years/2014.html", ".card .where")])
def test_a_point_begins_no_line(opened: Open, host: str, path: str, after: str) -> None:
    """However long the name of an actor or a date is, the point after it stands in the line where it ends."""
    page = opened(f"{host}/repo/{path}", 320)
    apart = page.evaluate(
        """(after) => Array.from({length: 20}, (_, n) => {
      const part = document.querySelector(after), before = part.previousElementSibling;
      before.textContent = "Name ".repeat(9) + "n".repeat(n);
      return part.getClientRects()[0].bottom - [...before.getClientRects()].pop().bottom;
    }).filter((gap) => Math.abs(gap) > 8)""",
        after,
    )
    assert apart == []


@pytest.mark.parametrize("path", ["index.html", "map.html", "entries/raid.html", "spans.html", "timeline.html"])
def test_letters_twice_as_large_fit_a_phone(opened: Open, host: str, path: str) -> None:
    """Who reads with letters of 200 % need not scroll sideways on a phone (WCAG 1.4.4)."""
    page = opened(f"{host}/repo/{path}", 390, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% }")
    page.locator(".weights .tag").evaluate_all("all => all.forEach(e => e.append(' or three more words'))")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_name_of_the_site_keeps_its_words_whole(opened: Open, host: str) -> None:
    """With letters of 200 % on a phone the name in the masthead stands in its own line, not letter by letter."""
    page = opened(f"{host}/repo/timeline.html", 390, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% }")
    page.locator(".site-name").evaluate("name => { name.textContent = 'The group known as a sourced chronology' }")
    assert page.locator(".site-name").bounding_box()["width"] > 280  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [992, 1024, 1280])
def test_the_search_stands_beside_the_menu(opened: Open, host: str, width: int) -> None:
    """Where the menu is not behind a button, the field of the search stands in its row, and takes none of its own."""
    page = opened(f"{host}/repo/timeline.html", width)
    middles = page.eval_on_selector_all(
        ".menu ul, .menu .seek",
        "all => all.map(x => x.getBoundingClientRect()).map(box => (box.top + box.bottom) / 2)",
    )
    assert len(middles) == 2
    assert abs(middles[0] - middles[1]) < 8


def test_without_colours_the_menu_tells_where_one_is(opened: Open, host: str) -> None:
    """In forced colours only the link to the page itself is underlined by its edge."""
    page = opened(f"{host}/repo/timeline.html", forced_colors="active")
    edges = page.eval_on_selector_all(
        ".menu a", "all => all.map(x => [x.hasAttribute('aria-current'), getComputedStyle(x).borderBlockEndColor])"
    )
    marked, others = {edge for here, edge in edges if here}, {edge for here, edge in edges if not here}
    assert len(marked) == len(others) == 1
    assert marked != others


def test_the_years_at_a_glance_are_printed(opened: Open, host: str) -> None:
    """On paper the heading "Entries in each year" has its bars below it, and not the list that stands in on phones."""
    page = opened(f"{host}/repo/index.html", 673)
    page.emulate_media(media="print")
    assert page.locator(".tempo .bars").is_visible()
    assert page.locator(".tempo .year-list").is_hidden()


def test_small_targets_are_found(opened: Open, host: str) -> None:
    """The check above can fail: of two buttons of 20 by 20, one beside the other, both are too small."""
    page = opened(f"{host}/repo/about.html", 320)
    page.evaluate(
        "document.querySelector('main').innerHTML = '<p><button></button><button></button></p>';"
        "for (const b of document.querySelectorAll('main button')) { Object.assign(b.style, "
        "{ width: '20px', height: '20px', minHeight: 0, padding: 0, margin: 0, border: 0 }); }"
    )
    assert len(page.evaluate(TOO_SMALL)) == 2


@pytest.mark.parametrize("path", ["index.html", "timeline.html", "map.html", "entries/raid.html"])
def test_scripts_add_no_text(opened: Open, host: str, path: str) -> None:
    """Every word that can be read with scripts can be read without them, but those on the controls that need them."""
    texts = """() => {
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
      while (walk.nextNode()) {
        if (walk.currentNode.parentElement.checkVisibility()) { found.push(walk.currentNode.data); }
      }
      return found.join(" ").toLowerCase().match(/[\\p{L}\\p{N}’-]+/gu);
    }"""
    without = opened(f"{host}/repo/{path}", java_script_enabled=False)
    plain = without.locator("body").inner_text()
    controls = " ".join(without.locator("[hidden], details:not([open])").all_text_contents())
    said = re.findall(r'data-[a-z-]+="([^"]*)"', without.content())  # the words that scripts have to say
    known = " ".join([plain, controls, *said]).lower()
    scripted = opened(f"{host}/repo/{path}").evaluate(texts)
    assert [word for word in scripted if word not in known] == []


def test_the_site_reads_from_disk_without_scripts(opened: Open, built: Path) -> None:
    """Opened as a file and with scripts off, the first entry of the timeline can be read and its link followed."""
    page = opened((built / "repo/timeline.html").as_uri(), java_script_enabled=False)
    first = page.locator("article h4 a, article h3 a").first
    title = first.inner_text()
    first.click()
    assert page.locator("h1").inner_text() == title


# -- Other ways of reading


def test_an_entry_on_paper_has_no_ways_elsewhere(opened: Open, host: str) -> None:
    """Paper is not spent on code to embed an entry, on files of its citation, and on what to follow next."""
    page = opened(f"{host}/repo/entries/raid.html")
    parts = page.locator(".steps, .threads, .share, .cite-this > .small").all()
    assert {part.is_visible() for part in parts} == {True}
    page.emulate_media(media="print")
    assert {part.is_visible() for part in parts} == {False}


KINDS = ("index.html", "timeline.html", "entries/raid.html", "map.html", "search.html", "print.html")

# What serves to move about on a screen, and means nothing on paper.
FOR_SCREENS = (
    ".minimap, .levels, .facets, .picked, .steps, .threads, .turn, .jump, .actions, .copy, .permalink, .onward,"
    " .share, .cite-this > .small, .on-screen, .ways, .map-help, form, summary, button, input, select, [hidden],"
    " template, title, [aria-hidden=true], .n1, .n2"
)


@pytest.mark.parametrize("path", KINDS)
def test_on_paper(opened: Open, host: str, path: str) -> None:
    """In print everything that is read is there, folded parts too, nothing sticks, and the ground is white."""
    page = opened(f"{host}/repo/{path}", scheme="dark")
    page.emulate_media(media="print")
    hidden = page.evaluate(
        """(screens) => [...document.querySelectorAll("main *")]
            .filter((x) => !x.closest(screens) && [...x.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .filter((x) => !x.checkVisibility()).map((x) => x.outerHTML.slice(0, 80))""",
        FOR_SCREENS,
    )
    assert "\n".join(hidden) == ""
    stuck = page.evaluate(
        """[...document.querySelectorAll("*")].filter((x) => x.checkVisibility())
            .filter((x) => /sticky|fixed/.test(getComputedStyle(x).position)).map((x) => x.outerHTML.slice(0, 80))"""
    )
    assert stuck == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("wish", "moving"), [("reduce", False), ("no-preference", True)])
def test_motion(opened: Open, host: str, wish: Literal["reduce", "no-preference"], moving: bool) -> None:
    """Nothing moves for those who have asked for it; for others the line of reading does."""
    page = opened(f"{host}/repo/timeline.html", reduced_motion=wish)
    assert (page.evaluate("document.getAnimations().length") > 0) is moving


@pytest.mark.parametrize("path", KINDS)
def test_forced_colours(opened: Open, host: str, path: str) -> None:
    """With the reader's own colours every sign can be told from the ground."""
    page = opened(f"{host}/repo/{path}", forced_colors="active")
    unseen = """[...document.querySelectorAll('.shape, .grade-sign > *, .icon')].filter((x) => {
        const style = getComputedStyle(x), ground = getComputedStyle(document.body).backgroundColor;
        return [style.fill, style.stroke].every((colour) => colour === 'none' || colour === ground);
    }).map((x) => x.outerHTML)"""
    assert page.evaluate(unseen) == []


@pytest.mark.parametrize("path", KINDS)
def test_from_right_to_left(opened: Open, host: str, path: str) -> None:
    """In a language that is written from right to left every page fits a phone, and lists stand at the right."""
    page = opened(f"{host}/repo/{path}", 360)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    places = page.evaluate(
        """[...document.querySelectorAll("main :is(.card, .line) .shape")]
            .filter((x) => x.checkVisibility({ contentVisibilityAuto: true }))
            .map((x) => x.getBoundingClientRect().x)"""
    )
    assert all(place > 180 for place in places)


@pytest.mark.parametrize("path", KINDS)
def test_by_keyboard_alone(opened: Open, host: str, path: str) -> None:
    """Tab begins at the way to the content, goes through everything once, always seen, and comes out at the end."""
    page = opened(f"{host}/repo/{path}")
    page.wait_for_load_state("networkidle")
    walked = []
    for _ in range(600):
        page.keyboard.press("Tab")
        step = page.evaluate(
            """() => {
                const x = document.activeElement, box = x.getBoundingClientRect(), style = getComputedStyle(x);
                x.walked = (x.walked || 0) + 1;
                const ringed = style.outlineStyle !== "none" || x.matches(".bar, .map-mark a, svg a");
                const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
                return { end: x === document.body, html: x.outerHTML.slice(0, 99),
                    seen: ringed && inside, times: x.walked };
            }"""
        )
        if step["end"]:
            break
        walked.append(step)
    assert step["end"]
    assert 'class="skip"' in walked[0]["html"]
    assert [step["html"] for step in walked if not step["seen"] or step["times"] > 1] == []


def test_the_way_to_the_content(opened: Open, host: str) -> None:
    """Enter on the first link moves the focus past the frame: the next Tab is inside of the list of entries."""
    page = opened(f"{host}/repo/timeline.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.chronicle') !== null")
