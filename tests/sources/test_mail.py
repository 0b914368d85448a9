"""E-mails."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from samples import page, read_bytes, the_item


def mail(**headers: str) -> EmailMessage:
    """A message with the usual headers."""
    message = EmailMessage()
    message["From"] = "Harbour Post Bulletin <bulletin@harbour.example>"
    message["To"] = "desk@example.org"
    message["Subject"] = "Two missiles — what we know"
    message["Date"] = "Mon, 24 Jul 2023 09:30:00 +0900"
    for name, value in headers.items():
        message[name] = value
    return message


def test_plain_text(tmp_path: Path) -> None:
    message = mail()
    message.set_content("Two missiles fell — into the sea.\n")
    item = the_item(tmp_path, "a.eml", message.as_bytes())
    assert (item.title, item.outlet, item.published) == (
        "Two missiles — what we know",
        "Harbour Post Bulletin",
        "Mon, 24 Jul 2023 09:30:00 +0900",
    )
    assert item.text == "Two missiles fell — into the sea.\n"
    assert item.raw == message.as_bytes()


def test_html_alone(tmp_path: Path) -> None:
    message = mail()
    message.set_content(page(), subtype="html")
    assert "Japan's coast guard told ships" in the_item(tmp_path, "a.eml", message.as_bytes()).text


def test_plain_part_goes_first_and_attachments_are_named(tmp_path: Path) -> None:
    message = mail()
    message.set_content("Plain words.\n")
    message.add_alternative("<p>Marked words.</p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="map.pdf")
    items, problems = read_bytes(tmp_path, "a.eml", message.as_bytes())
    assert [item.text for item in items] == ["Plain words.\n"]
    assert "map.pdf" in problems[0].why


def test_a_text_that_begins_with_rows_is_no_mail(tmp_path: Path) -> None:
    item = the_item(tmp_path, "a.txt", "Date: 2023-07-24\nSource: Echo\n\nTwo missiles fell.\n")
    assert item.media == "text/plain"
