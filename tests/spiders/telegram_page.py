"""Pages in the structure of Telegram's public channel previews, with posts of invented channels."""

from html import escape


def post(
    channel: str,
    number: int,
    text: str = "",
    at: str = "2026-03-04T09:15:30+00:00",
    *,
    forward: tuple[str, str] | None = None,
    reply: int | None = None,
    preview: str = "",
    is_edited: bool = False,
    author: str = "",
) -> str:
    """One post; `text` is HTML, `forward` the name and address that it was forwarded from."""
    parts = []
    if forward:
        name = f'<a class="tgme_widget_message_forwarded_from_name" href="{forward[1]}"><span>{forward[0]}</span></a>'
        parts.append(f'<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;{name}</div>')
    if reply:
        parts.append(
            f'<a class="tgme_widget_message_reply" href="https://t.me/{channel}/{reply}">'
            '<div class="tgme_widget_message_text js-message_reply_text">Ranija objava</div></a>'
        )
    if text:
        parts.append(f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>')
    else:
        parts.append('<a class="tgme_widget_message_photo_wrap" href="https://t.me/x/1?single"></a>')
    if preview:
        parts.append(
            f'<a class="tgme_widget_message_link_preview" href="{preview}">'
            '<div class="link_preview_title">Naslov na sajtu</div></a>'
        )
    signed = f'<span class="tgme_widget_message_from_author" dir="auto">{author}</span>' if author else ""
    date = (
        f'{"edited " if is_edited else ""}<a class="tgme_widget_message_date" href="https://t.me/{channel}/{number}">'
        f'<time datetime="{at}" class="time">09:15</time></a>'
    )
    parts.append(
        f'<div class="tgme_widget_message_footer">{signed}<span class="tgme_widget_message_meta">{date}</span></div>'
    )
    return (
        f'<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message '
        f'js-widget_message" data-post="{channel}/{number}">'
        f'<div class="tgme_widget_message_bubble">{"".join(parts)}</div></div></div>'
    )


def service(channel: str, number: int) -> str:
    """Something that the channel says of itself."""
    return (
        f'<div class="tgme_widget_message service_message js-widget_message" data-post="{channel}/{number}">'
        '<div class="tgme_widget_message_text js-message_text">Channel created</div></div>'
    )


def preview_page(channel: str, *posts: str, before: int | None = None) -> str:
    """The page of a channel; `before` is the number that the link to older posts carries."""
    older = f"/s/{channel}?before={before}"
    head = f'<link rel="prev" href="{older}">' if before else ""
    more = f'<a href="{older}" class="tme_messages_more js-messages_more" data-before="{before}"></a>' if before else ""
    return (
        f"<!DOCTYPE html><html><head><title>{escape(channel)} – Telegram</title>{head}</head><body>"
        f'<div class="tgme_channel_info"><div class="tgme_channel_info_header_title">Kanal</div></div>'
        f'<section class="tgme_channel_history">{more}{"".join(posts)}</section></body></html>'
    )


NO_PREVIEW = (
    '<html><body><div class="tgme_page"><div class="tgme_page_title">Kanal</div>'
    '<a class="tgme_action_button_new" href="tg://resolve?domain=kompas">View in Telegram</a></div></body></html>'
)
"""What Telegram shows of a channel that has no public preview."""
