"""The audit page in a real browser, which checks for itself: seal, proofs, every leaf."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from browsing import barriers, let_in, listened, page
from desk import Desk, aside, copied, opened, served
from playwright.sync_api import Browser, Page, Route, expect
from sealed_log import WITNESS, texts_of

from domain.values import Role, private
from events_store import merkle, note, proofs, tiles
from events_store.checkpoint import Checkpoint, base64_of, format_checkpoint
from events_store.key_folder import KeyFolder
from events_store.keys import Kind, Signer, VerifierKey, generate
from events_store.proofs import from_leaves, prove_consistency, root_at, subtrees
from events_store.sqlite import SCHEMA
from workflow import commands as asked

pytest_plugins = ["browsers"]
expect.set_options(timeout=20_000)  # a browser that hashes may share its machine
ORIGIN = "so-dien-hinh.example/thu"
GOOD, BAD = "Đã kiểm trong trình duyệt này", "Không khớp"
Tampering = Callable[[bytes], bytes]


def sealed_at(original: Path, folder: Path) -> Desk:
    """Return a desk of one's own with a key and a seal."""
    at = aside(opened, copied(original, folder))
    keys: KeyFolder = at.parts.sealer.keys
    keys.create(ORIGIN)
    aside(lambda _: at.parts.sealer.seal(at.parts.ledger.db), folder)
    return at


@pytest.fixture(scope="module")
def sealed(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return sealed_at(original, tmp_path_factory.mktemp("sealed"))


@pytest.fixture(scope="module")
def address(sealed: Desk) -> Iterator[str]:
    with served(sealed.app) as address:
        yield address


@pytest.fixture
def own(original: Path, tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    at = sealed_at(original, tmp_path)
    with served(at.app) as address:
        yield at, address


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """Yield a tab in which an auditor has signed in."""
    tab = page(browser, address)
    let_in(tab, Role.AUDITOR)
    tab.goto("/log/checkpoint")  # little to draw, and modules can be imported from there
    yield tab
    tab.context.close()


def key(at: Desk) -> VerifierKey:
    return at.parts.sealer.keys.verifiers()[-1]


def look(tab: Page) -> str:
    """Open the audit page; return what it says of the seal once it has looked."""
    tab.goto("/audit")
    looking = re.compile("Chưa kiểm trong|Đang")
    expect(tab.locator("#seal-badge")).not_to_have_text(looking, timeout=20_000)
    return tab.locator("#seal-checks").inner_text()


def give(tab: Page, key: str = "", seal: str = "") -> None:
    """Check with a key and a seal that the auditor keeps."""
    tab.wait_for_load_state("load")
    if not tab.get_by_label("Khóa kiểm tra").is_visible():
        tab.get_by_text("Kiểm với khóa hoặc niêm phong bạn tự giữ").click()
    tab.get_by_label("Khóa kiểm tra").fill(key)
    tab.get_by_label("Niêm phong cũ").fill(seal)
    tab.get_by_role("button", name="Kiểm", exact=True).click()


def whole(tab: Page) -> str:
    """Check every leaf; return what was found."""
    tab.goto("/audit")
    tab.locator("#whole-start").click()
    found = tab.locator("#whole-checks li")
    expect(found).to_have_count(1, timeout=30_000)
    return found.inner_text()


def test_the_seal_is_checked_and_remembered(browser: Browser, own: tuple[Desk, str]) -> None:
    desk, address = own
    tab = page(browser, address)
    heard = listened(tab)
    let_in(tab, Role.AUDITOR)
    assert f"Chữ ký đúng, theo khóa {ORIGIN}." in look(tab)
    expect(tab.locator("#seal-badge")).to_have_text(GOOD)
    expect(tab.locator("#seal-key")).to_have_text(str(key(desk)))
    size = desk.parts.ledger.size()
    assert "Trình duyệt này thấy sổ lần đầu" in tab.locator("#seal-checks").inner_text()
    assert "Đúng niêm phong mà trình duyệt này đã thấy lần trước" in look(tab)

    def grown(_: Path) -> None:
        subject = desk.parts.ledger.of_kind("candidate")[0].subject
        desk.submit(asked.AttachEvidence(private("Giấy khen")), Role.REVIEWER, subject)
        desk.parts.sealer.seal(desk.parts.ledger.db)

    aside(grown, desk.folder)
    seen = f"{size:,}".replace(",", ".")
    assert f"Nối tiếp niêm phong {seen} mục mà trình duyệt này đã thấy" in look(tab)
    expect(tab.locator("#seal-size")).to_have_text(
        f"{desk.parts.ledger.size():,}".replace(",", ".")
    )
    assert heard == []
    tab.context.close()


def test_a_foreign_key_is_refused_and_the_own_key_is_kept(sealed: Desk, tab: Page) -> None:
    look(tab)
    foreign = generate(ORIGIN).verifier
    give(tab, str(foreign))
    expect(tab.locator("#seal-badge")).to_have_text(BAD)
    expect(tab.locator("#seal-checks")).to_contain_text("không ký niêm phong đang xem: không nhận")
    assert "không nhận" in look(tab)  # kept in this browser
    tab.get_by_text("Kiểm với khóa hoặc niêm phong bạn tự giữ").click()
    tab.get_by_role("button", name="Bỏ, dùng khóa của máy chủ").click()
    expect(tab.locator("#seal-badge")).to_have_text(GOOD)
    tab.get_by_label("Khóa kiểm tra").fill(str(key(sealed)))
    tab.get_by_role("button", name="Kiểm", exact=True).click()
    expect(tab.locator("#seal-checks")).to_contain_text("Đây là khóa bạn tự giữ.")


@pytest.mark.parametrize("text", ["x", "a+00000000+AAAA", f"{ORIGIN}+00000000+{'A' * 43}="])
def test_what_is_no_key_is_said_to_be_none(tab: Page, text: str) -> None:
    look(tab)
    give(tab, text)
    expect(tab.locator("#seal-checks")).to_contain_text("Đây không phải khóa kiểm tra")
    expect(tab.locator("#seal-badge")).to_have_text("Chưa kiểm được ở đây")


def checkpoint(at: Desk, size: int, root: bytes | None = None, by: Signer | None = None) -> str:
    """Return a signed checkpoint of a desk's log when it had a size, or with another root."""

    def made(_: Path) -> str:
        leaves = [row[0] for row in at.parts.ledger.db.execute("SELECT leaf FROM entries")]
        top = root or merkle.root(merkle.extend(0, b"", leaves[:size])[1])
        signer = by or at.parts.sealer.keys.signer()
        assert signer
        return note.sign(format_checkpoint(Checkpoint(ORIGIN, size, top)), [signer]).decode()

    return aside(made, at.folder)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1000, 3072])
def test_an_older_seal_that_was_kept_is_continued(sealed: Desk, tab: Page, size: int) -> None:
    look(tab)
    give(tab, seal=checkpoint(sealed, size))
    words = f"Nối tiếp niêm phong {size:,} mục bạn đưa vào".replace(",", ".")
    expect(tab.locator("#seal-checks")).to_contain_text(words)
    expect(tab.locator("#seal-badge")).to_have_text(GOOD)


def test_an_older_seal_that_is_not_continued_shows_a_rewritten_log(
    sealed: Desk, tab: Page
) -> None:
    look(tab)
    give(tab, seal=checkpoint(sealed, 1000, bytes(32)))
    words = "Sổ bị viết lại: 1.000 mục đầu không còn như đã niêm phong."
    expect(tab.locator("#seal-checks")).to_contain_text(words)
    expect(tab.locator("#seal-badge")).to_have_text(BAD)


def test_a_log_that_is_shorter_than_before_is_noticed(sealed: Desk, tab: Page) -> None:
    look(tab)
    seen = {"note": checkpoint(sealed, 9_000, bytes(32)), "key": str(key(sealed))}
    tab.evaluate("seen => localStorage.setItem('audit-seen', JSON.stringify(seen))", seen)
    assert "Sổ ngắn lại: đã niêm phong 9.000 mục, nay còn" in look(tab)
    expect(tab.locator("#seal-badge")).to_have_text(BAD)
    assert "9000" in tab.evaluate("localStorage.getItem('audit-seen')")  # not forgotten


def test_a_seal_with_a_false_signature_is_refused(tab: Page) -> None:
    def forge(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("\n3", "\n4", 1))

    tab.route("**/log/checkpoint", forge)
    assert f"Chữ ký mang tên {ORIGIN} là giả." in look(tab)
    expect(tab.locator("#seal-badge")).to_have_text(BAD)


def test_who_else_has_signed_is_named_with_the_time(tab: Page) -> None:
    def cosign(route: Route) -> None:
        answer = route.fetch()
        text = note.split(answer.body())[0]
        line = note.line(text, WITNESS, 1_784_000_000)
        route.fulfill(response=answer, body=note.add(answer.body(), [line]))

    tab.route("**/log/checkpoint", cosign)
    assert re.search(r"witness.example đồng ký lúc .*2026; chưa kiểm vì chưa có khóa", look(tab))
    expect(tab.locator("#seal-badge")).to_have_text(GOOD)


def test_without_web_cryptography_the_page_says_so_calmly(browser: Browser, address: str) -> None:
    tab = page(browser, address)
    hidden = "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })"
    tab.add_init_script(hidden)
    let_in(tab, Role.AUDITOR)
    assert "Trình duyệt chỉ kiểm được khi mở trang bằng HTTPS" in look(tab)
    expect(tab.locator("#seal-badge")).to_have_text("Chưa kiểm được ở đây")
    expect(tab.get_by_text("exemplar verify", exact=False).first).to_be_attached()
    tab.context.close()


def test_the_whole_log_is_read_and_leads_to_the_seal(sealed: Desk, tab: Page) -> None:
    size = f"{sealed.parts.ledger.size():,}".replace(",", ".")
    assert f"{size} mục, gốc khớp niêm phong." in whole(tab)
    expect(tab.locator("#whole-badge")).to_have_text(GOOD)
    expect(tab.locator("#whole-counts")).to_contain_text("Phát hiện480")


def flipped(at: int) -> Tampering:
    """Return what flips one bit of a byte, counted from the end if negative."""

    def flip(data: bytes) -> bytes:
        changed = bytearray(data)
        changed[at] ^= 1
        return bytes(changed)

    return flip


@pytest.mark.parametrize(
    ("where", "change", "found"),
    [
        (
            "tile/entries/003",
            flipped(2 + 30),
            "Mục #768: nội dung công khai không khớp băm của lá",
        ),
        ("tile/0/003", flipped(32 * 5), "Mục #773: nội dung công khai không khớp băm của lá"),
        ("tile/1/000.p/14", flipped(32 * 4), "Từ mục #1.024 đến #1.279: băm không khớp tầng trên"),
        ("tile/entries/002", lambda data: data[:-1], "Không đọc được tile/entries/002"),
    ],
    ids=["text", "hash", "tree", "cut"],
)
def test_a_flipped_bit_in_what_is_served_is_found_where_it_is(
    tab: Page, where: str, change: Tampering, found: str
) -> None:
    def tamper(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=change(answer.body()))

    tab.context.route(f"**/log/{where}", tamper)
    assert found in whole(tab)
    expect(tab.locator("#whole-badge")).to_have_text(BAD)


def test_a_leaf_replaced_with_all_above_it_does_not_lead_to_the_seal(tab: Page) -> None:
    """The last block is partial, so nothing but the root tells."""

    def swapped(hashes: bool) -> Callable[[Route], None]:
        def swap(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=_reversed(answer.body(), hashes=hashes))

        return swap

    tab.context.route("**/log/tile/entries/014.p/*", swapped(False))
    tab.context.route("**/log/tile/0/014.p/*", swapped(True))
    assert "không dẫn đến gốc đã niêm phong" in whole(tab)


def _reversed(data: bytes, *, hashes: bool) -> bytes:
    if hashes:
        return b"".join(tiles.hashes_of(data)[::-1])
    return tiles.pack(tiles.unpack(data)[::-1])


def test_each_step_of_a_proof_is_checked(tab: Page) -> None:
    for position in (0, 1234, 3700):
        tab.goto(f"/audit/entries/{position}")
        expect(tab.locator("#proof-badge")).to_have_text(GOOD)
        steps = tab.locator(".chain > .need")
        expect(tab.locator(".chain > .need.met")).to_have_count(steps.count())
        assert steps.count() >= 12


def test_an_entry_changed_in_the_database_is_shown_to_be(
    browser: Browser, own: tuple[Desk, str]
) -> None:
    desk, address = own
    with closing(sqlite3.connect(desk.folder / "exemplar.db")) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE entries SET recorded_at = recorded_at + 1 WHERE position = 1234")
        db.commit()
        db.executescript(SCHEMA)
    tab = page(browser, address)
    let_in(tab, Role.AUDITOR)
    tab.goto("/audit/entries/1234")
    expect(tab.locator("#proof-badge")).to_have_text(BAD)
    expect(tab.locator("#proof-problems")).to_contain_text("Mục #1.234")
    expect(tab.locator("[data-step=leaf]")).to_have_class(re.compile("unmet"))
    assert "Mục #1.234: nội dung công khai không khớp" in whole(tab)
    tab.context.close()


def test_the_slider_goes_through_a_replay(tab: Page) -> None:
    tab.goto("/?state=replicate")
    tab.locator("table.register a").first.click()
    tab.get_by_role("link", name="Phát lại lịch sử").click()
    slider = tab.get_by_label("Bước", exact=True)
    count = int(slider.get_attribute("max") or 0)
    expect(tab.get_by_text(f"Bước {count} / {count}")).to_be_visible()
    slider.focus()
    tab.keyboard.press("Home")
    expect(tab.get_by_text(f"Bước 1 / {count}")).to_be_visible()
    expect(tab.get_by_text("Chưa có trong sổ.").first).to_be_visible()
    tab.keyboard.press("ArrowRight")
    expect(tab.get_by_text(f"Bước 2 / {count}")).to_be_visible()
    expect(tab.locator(".after mark").first).to_contain_text("Phát hiện")
    assert tab.url.endswith("?step=2")
    tab.get_by_role("link", name="Sau", exact=True).click()
    expect(slider).to_have_value("3")
    expect(tab.get_by_role("link", name="Sau", exact=True)).to_be_focused()
    tab.get_by_role("link", name="Cuối").click()
    expect(slider).to_have_value(str(count))


EARLY = """new MutationObserver(() => {
  const range = document.getElementById("step-range");
  if (range && !window.moved) { window.moved = true; range.value = "1"; }
}).observe(document, { childList: true, subtree: true });"""


def test_a_slider_moved_before_its_script_came_is_heard(tab: Page) -> None:
    tab.goto("/?state=replicate")
    tab.locator("table.register a").first.click()
    tab.add_init_script(EARLY)
    tab.get_by_role("link", name="Phát lại lịch sử").click()
    expect(tab.get_by_text(re.compile("Bước 1 / "))).to_be_visible()


def test_everything_is_there_without_scripts(browser: Browser, address: str) -> None:
    tab = page(browser, address, scripts=False)
    let_in(tab, Role.AUDITOR)
    tab.goto("/audit")
    expect(tab.locator("#seal-badge")).to_have_text("Chưa kiểm trong trình duyệt")
    expect(tab.get_by_text("exemplar verify --against")).to_be_visible()
    expect(tab.locator("#whole-start")).to_be_hidden()
    tab.get_by_label("Mọi loại mục").select_option("stage-advanced")
    tab.get_by_role("button", name="Lọc").click()
    tab.get_by_role("link", name="Cũ hơn").click()
    tab.locator("table.log tbody a").first.click()
    expect(tab.locator("#proof-badge")).to_have_text("Chưa kiểm trong trình duyệt")
    tab.get_by_role("link", name="xem trong phát lại").click()
    tab.get_by_role("link", name="Đầu", exact=True).click()
    expect(tab.get_by_text("Bước 1 /")).to_be_visible()
    tab.get_by_role("link", name="Sau", exact=True).click()
    expect(tab.get_by_text("Bước 2 /")).to_be_visible()
    tab.context.close()


def looked_at(tab: Page) -> Iterator[str]:
    """Go through the audit pages; yield what each is called."""
    look(tab)
    tab.locator("#whole-start").click()
    expect(tab.locator("#whole-counts")).to_be_visible()
    for details in tab.locator("main details").all():
        details.evaluate("element => element.open = true")
    yield "log"
    give(tab, "x")
    expect(tab.locator("#seal-badge")).to_have_text("Chưa kiểm được ở đây")
    yield "log with a wrong key"
    tab.evaluate("localStorage.clear()")
    tab.goto("/audit?kind=unit-merged")
    yield "nothing found"
    tab.goto("/audit/entries/2000")
    expect(tab.locator("#proof-badge")).to_have_text(GOOD)
    yield "entry"


def test_nothing_bars_anybody(browser: Browser, address: str) -> None:
    tab = page(browser, address)
    heard = listened(tab)
    let_in(tab, Role.AUDITOR)
    found = {name: barriers(tab) for name in looked_at(tab)}
    assert {name: bars for name, bars in found.items() if bars} == {}
    assert heard == []
    tab.context.close()


TEXTS = texts_of(70)
LEAVES = [merkle.leaf_hash(text) for text in TEXTS]
PROVE = """async ([address, leaves]) => {
  const tree = await import(address + '/static/audit/tree.js');
  const bytes = await import(address + '/static/audit/bytes.js');
  const hashes = leaves.map(bytes.fromBase64);
  const part = (at, wide) => tree.over(hashes.slice(at * wide, (at + 1) * wide));
  const subtree = async (level, index) => part(index, 2 ** level);
  const roots = [];
  for (let size = 0; size <= hashes.length; size++) {
    roots.push(await tree.over(hashes.slice(0, size)));
  }
  const found = [];
  for (let now = 1; now <= hashes.length; now++) for (let old = 1; old < now; old++) {
    const proof = await tree.proveConsistency(subtree, old, now);
    const point = (size) => ({ size, root: roots[size] });
    const wrong = { size: old, root: roots[old - 1] };
    found.push([proof.map(bytes.toBase64),
      await tree.checkConsistency(point(old), point(now), proof),
      await tree.checkConsistency(wrong, point(now), proof)]);
  }
  return found;
}"""


def test_the_browser_proves_consistency_as_we_do(tab: Page, address: str) -> None:
    found = tab.evaluate(PROVE, [address, [base64_of(leaf) for leaf in LEAVES]])
    subtree = subtrees(from_leaves(lambda start, stop: LEAVES[start:stop]))
    pairs = [(old, now) for now in range(1, 71) for old in range(1, now)]
    for (old, now), (told, good, wrong) in zip(pairs, found, strict=True):
        proof = [base64_of(each) for each in prove_consistency(subtree, old, now)]
        assert (old, now, told, good, wrong) == (old, now, proof, True, False)
    assert root_at(subtree, 70) == merkle.root(merkle.extend(0, b"", LEAVES)[1])


def test_the_browser_finds_tiles_where_we_put_them(tab: Page, address: str) -> None:
    asked_for = [(0, 0, 256), (0, 1_234_067, 256), (2, 1000, 1), (1, 999, 255)]
    script = """async ([address, asked]) => {
      const { tilePath } = await import(address + '/static/audit/tree.js');
      return asked.map((each) => tilePath(...each));
    }"""
    told = [tiles.format_path(tiles.Tile(*each)) for each in asked_for]
    assert tab.evaluate(script, [address, asked_for]) == told


def test_the_browser_takes_only_keys_of_the_kind_it_can_check(tab: Page, sealed: Desk) -> None:
    look(tab)
    give(tab, str(generate(ORIGIN, Kind.COSIGNATURE).verifier))
    expect(tab.locator("#seal-checks")).to_contain_text("Đây không phải khóa kiểm tra")
    assert proofs.HEIGHT == 8  # what `tree.js` counts tiles by
