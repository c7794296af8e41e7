"""Files of evidence in a real browser: dropped, chosen, sent, looked at, and kept from others."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from browsing import let_in, listened, page
from enclosed import PDF, png
from playwright.sync_api import Browser, FilePayload, Page, expect

from domain.values import Role

pytest_plugins = ["browsers"]
DROP = """(box, files) => {
  const carried = new DataTransfer();
  for (const [name, data] of files) {
    carried.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
  }
  for (const name of ["dragenter", "dragover", "drop"]) {
    box.dispatchEvent(new DragEvent(name, { cancelable: true, dataTransfer: carried }));
  }
}"""
WATCH = """bar => new MutationObserver(() => { window.sent = bar.value })
  .observe(bar, { attributes: true })"""


def drop(tab: Page, **files: bytes) -> None:
    """Drop files onto the box, as from a folder."""
    told = [[f"{name}.pdf", b64encode(content).decode()] for name, content in files.items()]
    tab.locator("[data-drop]").evaluate(DROP, told)


def choose(tab: Page, *files: tuple[str, str, bytes]) -> None:
    """Choose several files at once."""
    told = [FilePayload(name=name, mimeType=kind, buffer=content) for name, kind, content in files]
    tab.set_input_files("input[type=file]", told)


def test_files_are_brought_refused_by_content_sent_and_looked_at(
    browser: Browser, own: str
) -> None:
    tab = page(browser, own)
    heard = listened(tab)
    let_in(tab, Role.REVIEWER)
    tab.goto("/?state=discover")
    tab.locator("table.register a").first.click()
    expect(tab.locator("ul.path")).to_be_visible()
    home = tab.url
    tab.goto(f"{home}/attach-evidence")
    tab.get_by_label("Mô tả").fill("Giấy khen")
    choose(tab, ("giấy khen.pdf", "application/pdf", PDF), ("ảnh.png", "image/png", png()))
    drop(tab, giả=b"xin chao")
    chosen = tab.locator(".chosen li")
    expect(chosen).to_have_count(3)
    tab.locator("progress").evaluate(WATCH)
    tab.get_by_role("button", name="Ghi vào sổ").click()

    expect(tab.locator(".drop + .invalid-feedback")).to_contain_text("“giả.pdf” không phải PDF")
    expect(tab.get_by_label("Mô tả")).to_have_value("Giấy khen")
    assert tab.evaluate("window.sent") == 100
    expect(chosen).to_have_count(3)  # nothing to choose again
    expect(tab.locator("[data-lost]")).to_be_hidden()
    tab.get_by_role("button", name="Bỏ giả.pdf").click()
    tab.get_by_role("button", name="Ghi vào sổ").click()

    expect(tab.get_by_role("status")).to_contain_text("Đã ghi vào sổ")
    kept = tab.locator("#evidence")
    expect(kept.get_by_text(sha256(PDF).hexdigest()[:16])).to_be_visible()
    with tab.expect_download() as fetched:
        kept.get_by_label("Tải về giấy khen.pdf").click()
    assert fetched.value.path().read_bytes() == PDF
    assert fetched.value.suggested_filename == "giấy khen.pdf"
    kept.get_by_role("link", name="ảnh.png", exact=True).click()
    picture = tab.get_by_role("img", name="Giấy khen")
    expect(picture).to_have_js_property("naturalWidth", 4)
    expect(tab.get_by_text(sha256(png()).hexdigest())).to_be_visible()
    tab.go_back()
    with tab.expect_response(lambda answer: "show=1" in answer.url) as shown:
        kept.get_by_role("link", name="giấy khen.pdf", exact=True).click()
    assert shown.value.status == 200
    expect(tab.locator("iframe")).to_be_visible()
    file = tab.url
    assert heard == []
    tab.context.close()

    other = page(browser, own)
    let_in(other, Role.ADMINISTRATOR)
    other.goto(home)
    expect(other.locator("#evidence")).to_contain_text("giấy khen.pdf")
    expect(other.locator("#evidence a")).to_have_count(0)
    answer = other.goto(f"{file}/file")
    assert answer
    assert answer.status == 403
    expect(other.get_by_role("heading", name="Không được phép")).to_be_visible()
    other.context.close()
