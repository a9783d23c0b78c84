"""`verify`: whether a printed digest is of a seal of this workbook, and whether that year is still as it was sealed."""

from __future__ import annotations

import argparse

from assessor.cli.console import say
from assessor.cli.opening import add_password, opened
from assessor.cli.verb import Verb, file_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_name, metavar="工作簿", help="工作簿文件（.assess）")
    add_password(parser)
    parser.add_argument("digest", nargs="+", metavar="校验码", help="报告上印的校验码，或其前 16 位；可以带空格")


def run(options: argparse.Namespace) -> int:
    """0 where the digest is of a seal that holds and the year is as it was sealed, else 1."""
    from assessor.workbook.seal_verify import verify_digest
    from assessor.workbook.workbook import Check

    # A file that would be refused as damaged is just what one wants to verify.
    with opened(options, read_only=True, check=Check.NONE) as workbook:
        verdict = verify_digest(workbook, " ".join(options.digest))
    for sentence in verdict.sentences:
        say(sentence)
    for difference in verdict.examination.differences if verdict.examination else ():
        say(f"- {difference.sentence}")
    return 0 if verdict.is_good else 1


VERB = Verb("verify", "核验报告上印的定稿校验码", add_arguments, run)
