"""The process that reads web pages, Word documents and PDFs: bytes in, text out, one at a time.

Run by sandbox.py. It gives itself a limit of memory, may write no file, and is ended from outside
when it takes too long.
"""

import json
import resource
import sys
from typing import BinaryIO

from bot.errors import ReportError
from bot.ingest.formats.extracted import Extracted
from bot.ingest.formats.kinds import Format
from bot.ingest.formats.page import read_page
from bot.ingest.formats.plain import decode_page
from bot.ingest.formats.sheets import read_pdf
from bot.ingest.formats.word import read_word

TOO_LARGE = "读取时用的内存超过 500 MB，不像一份年度报告；请检查文件，或另存为 .txt 后再放进来"


def read(form: Format, data: bytes) -> Extracted:
    """The text of a file of a format that is no plain text; ReportError says why not."""
    if form is Format.WORD:
        return read_word(data)
    if form is Format.PDF:
        return read_pdf(data)
    return read_page(decode_page(data)[0])


def answer(form: Format, data: bytes) -> dict[str, object]:
    """What the other side is told: the text, or the reason why there is none."""
    try:
        got = read(form, data)
    except ReportError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_LARGE, "last": True}
    except RecursionError:
        return {"error": "文件的内部结构嵌套过深，不予读取；请另存后再放进来"}
    except Exception as error:  # a library's own fault must not end the others' work
        return {
            "error": f"文件读不出来（{type(error).__name__}）；请重新导出，或另存为 .txt",
            "last": True,
        }
    return {"text": got.text, "titles": got.titles, "details": got.details}


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the other side closes."""
    while head := requests.readline(100):
        form, size = head.split()
        told = answer(Format(form.decode()), requests.read(int(size)))
        body = json.dumps(told).encode()
        answers.write(b"%d\n" % len(body) + body)
        answers.flush()
        if told.get("last"):
            return


def main() -> None:
    """Take the limits, then serve on standard input and output."""
    limit = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
