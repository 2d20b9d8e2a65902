"""``targets check``: schema, rules, weights; all findings in one run; never writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from target_registry.cli import output
from target_registry.cli.comparing import as_of_option, one_revision, reviewed
from target_registry.cli.context import Context, registry_path, rev_option
from target_registry.cli.options import option
from target_registry.cli.paths import with_folders
from target_registry.documents import MORE
from target_registry.inventory import ROOT
from target_registry.language import Speech
from target_registry.model import Finding, Level, Message
from target_registry.reports import FORMATS
from target_registry.sources import EnvironmentFault


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "check",
        help=say(
            "Check the registry: the form of every file, the rules between them, the weights. "
            "All findings are reported in one run; of a file that can't be read as YAML, why it can't, and the rest once "
            "that is mended. Nothing is ever written.\n\n"
            "With PATHs, only what was found in these files or folders is reported; the whole registry is "
            "read all the same.\n\n"
            "Exit code 1 if there is an error; with --strict also if there is a warning."
        ),
    )
    @click.argument("paths", metavar="[" + say("PATH") + "]...", nargs=-1)
    @option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="text",
        help=say("For people, programs, GitHub annotations, GitLab code quality, or code scanning."),
    )
    @option("--strict", is_flag=True, help=say("Let warnings fail the check."))
    @option(
        "--base",
        metavar=say("REV"),
        help=say("Check also what approval needs of the changes since this revision: adjustment records above all."),
    )
    @as_of_option(say)
    @rev_option(say)
    @click.pass_obj
    def check(
        context: Context,
        paths: tuple[str, ...],
        form: str,
        strict: bool,
        base: str | None,
        as_of: date | None,
        rev: str | None,
    ) -> int:
        from target_registry import reports

        if base is not None:
            one_revision(
                base,
                lambda one, other: Message(
                    "--base takes one revision, and {range} names two; write --base {base} --rev {head}",
                    range=base,
                    base=one,
                    head=other,
                ),
            )
        chosen = [registry_path(path, context.root, context.base, must_exist=rev is None) for path in paths]
        checked = context.check(rev, may_be_empty=base is not None)
        findings = checked.findings
        if base is not None:
            with reviewed(context, base, rev, as_of=as_of, only_mine=True) as review:
                findings = _together(findings, review.located())
                if not checked.plans and not review.plans:
                    context.complain_of_nothing(rev)
        if chosen:
            known = {*checked.listed.paths(), *(finding.where.path for finding in findings)}
            everything, findings = findings, _within(findings, chosen, known)
            _tell_of_others(say, everything, findings)
        report = reports.Report(
            reports.listed(findings), checked.plans, checked.targets, context.repository_prefix(), checked.waivers
        )
        text = reports.load(form).render(report, say, context.style if form == "text" else reports.plain)
        if form == "text":
            output.write(text)
        else:
            output.write_bytes(text.encode("utf-8", "backslashreplace"))
        worst = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
        return int(any(finding.level in worst for finding in findings))

    return check


def _together(found: Sequence[Finding], lacking: Sequence[Finding]) -> list[Finding]:
    """All findings in order; what approval says of half an approval a rule doesn't say once more."""
    from target_registry.approvals import approved_revision_missing
    from target_registry.rules import approval_half_stated

    said = {finding.where for finding in lacking if finding.code == approved_revision_missing.CODE}
    rest = [f for f in found if f.code != approval_half_stated.CODE or f.where not in said]
    return sorted([*rest, *lacking], key=lambda f: (f.where.path, f.line, f.column, f.code))


def _tell_of_others(say: Speech, everything: Sequence[Finding], shown: Sequence[Finding]) -> None:
    """What is asked about some files may be right, and the whole wrong: a plan's total, say."""
    left = sum(finding.level is Level.ERROR for finding in everything)
    left -= sum(finding.level is Level.ERROR for finding in shown)
    if left:
        output.complain(
            say.tell(Message("errors in other files: {count}; a check without paths lists them", count=left))
        )


def _within(findings: Sequence[Finding], chosen: Sequence[str], known: set[str]) -> list[Finding]:
    wanted = frozenset(chosen)
    held = {"."}.union(*map(with_folders, known))
    for path in chosen:
        if path not in held:
            message = Message("{path} is none of the registry's files, which lie below targets/", path=path)
            raise EnvironmentFault(message)
    # That the check didn't look at everything is said of these, too: they may be what it didn't look at.
    return [
        f
        for f in findings
        if (f.code == MORE and f.where.path == ROOT) or not wanted.isdisjoint(with_folders(f.where.path))
    ]
