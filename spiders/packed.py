"""Packed answers, read as Scrapy does, except that a gzip stream which breaks off is an answer that was cut off.

Scrapy gives what stands before the break, and half an article would be stored as a whole one.
"""

import zlib

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError


class WholePackets(HttpCompressionMiddleware):
    """Scrapy's decompression, which refuses gzip without its end."""

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        data: bytes = super(WholePackets, WholePackets)._decode(body, encoding, max_size)
        if encoding in (b"gzip", b"x-gzip") and body and not _is_whole(body, len(data)):
            raise ResponseDataLossError("the gzip stream breaks off")
        return data


def _is_whole(body: bytes, size: int) -> bool:
    """A stream ends with the size of what it holds; where that differs (several streams, padding), it is read again."""
    if int.from_bytes(body[-4:], "little") == size & 0xFFFFFFFF:
        return True
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacker.decompress(body)
    except zlib.error:
        return False
    return unpacker.eof
