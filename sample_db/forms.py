"""Made-up forms: what a unit hands in for its tasks and for its year, by how well it works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from assessor.domain.assignment import Assignment
from assessor.domain.rules.checklist import Checklist
from assessor.domain.rules.judgement import Judgement
from assessor.domain.rules.levels import Levels
from assessor.domain.scheme import Indicator, Scheme, Scope
from assessor.domain.submission import DONE, Blank, Evidence, FigureValue, Submission, SubmissionState
from assessor.domain.unit import Unit
from assessor.domain.year import Year
from sample_db.county_figures import county_figures
from sample_db.dice import Dice
from sample_db.member_figures import member_figures
from sample_db.task_data import TASKS
from sample_db.unit_data import COLLECTING, UNITS

RETURN_REASONS = (
    "完成量与佐证材料的数量不一致，请核对后重报（示例）",
    "缺少活动照片或签到册，请补充（示例）",
    "把上年度的活动计入了本年度，请更正（示例）",
    "完成量的计量单位与任务分解不一致，请更正（示例）",
)


@dataclass(frozen=True)
class Writer:
    """Who fills in: a unit in a year."""

    unit: Unit
    year: Year
    quality: int
    """0-100, this year."""
    scheme: Scheme

    @property
    def collecting(self) -> bool:
        return not self.year.collection_closed

    @property
    def is_behind(self) -> bool:
        """Not all of its forms of the year being collected are in."""
        return self.collecting and self.unit.code in COLLECTING

    def dice(self, *words: str | int) -> Dice:
        return Dice(self.year.year, self.unit.code, *words)


def collected_until(year: Year) -> date:
    """The day that the sample's last year stands at: a week before its deadline."""
    return year.deadline - timedelta(days=7)


def quality_in(unit: str, year: int) -> int:
    sample = UNITS[unit]
    quality = sample.quality + sample.trend[year - 2022] + Dice(year, unit, "quality").between(-4, 4)
    return max(20, min(98, quality))


def task_forms(writer: Writer, assignment: Assignment) -> tuple[Submission, ...]:
    """The form's revisions, oldest first; none where the unit has not handed it in."""
    dice = writer.dice(assignment.task, "form")
    if assignment.not_applicable or not _is_handed_in(writer, dice):
        return ()
    first = _hand_in(writer, dice, assignment.deadline or writer.year.deadline)
    task = TASKS[assignment.task]
    figures = _task_figures(writer, assignment, dice)
    done = figures[DONE]
    form = Submission(
        unit=writer.unit.code,
        task=assignment.task,
        revision=1,
        state=_state(writer, dice),
        first_submitted_on=first,
        submitted_on=first,
        figures=figures,
        note=f"全年完成{task.deed} {done} {task.measure}。" if isinstance(done, Decimal) else "",
        evidence=_task_evidence(writer, task.proofs, figures, dice),
    )
    return _with_returns(writer, form, dice)


def unit_forms(writer: Writer) -> tuple[Submission, ...]:
    """The unit's own yearly form, with its revisions."""
    dice = writer.dice("year")
    if writer.is_behind:
        return ()
    quality = writer.quality
    code, year = writer.unit.code, writer.year.year
    is_member = writer.unit.group == "member"
    figures = member_figures(code, quality, dice) if is_member else county_figures(code, year, quality, dice)
    if dice.happens(10 if writer.collecting else (95 - quality) // 2):
        figures = _with_gap(figures, dice)
    first = _hand_in(writer, dice, writer.year.deadline)
    form = Submission(
        unit=code,
        task=None,
        revision=1,
        state=_state(writer, dice),
        first_submitted_on=first,
        submitted_on=first,
        figures=figures,
        note=f"填报人：{UNITS[code].contact}（示例）",
        evidence=tuple(_unit_evidence(writer, figures, dice)),
    )
    return _with_returns(writer, form, dice)


def _is_handed_in(writer: Writer, dice: Dice) -> bool:
    if writer.is_behind:
        return dice.happens(COLLECTING[writer.unit.code])
    return writer.collecting or not dice.happens((100 - writer.quality) // 4)


def _state(writer: Writer, dice: Dice) -> SubmissionState:
    if writer.collecting and dice.happens(45):
        return SubmissionState.SUBMITTED
    return SubmissionState.ACCEPTED


def _hand_in(writer: Writer, dice: Dice, deadline: date) -> date:
    year = writer.year
    late = dice.happens((100 - writer.quality) // 2 + 2)
    if writer.collecting:
        day = deadline + timedelta(days=dice.between(1, 4)) if late else deadline - timedelta(days=dice.between(8, 26))
        return min(day, collected_until(year))
    return deadline + timedelta(days=dice.between(1, 6)) if late else deadline - timedelta(days=dice.between(0, 18))


def _task_figures(writer: Writer, assignment: Assignment, dice: Dice) -> dict[str, FigureValue]:
    # The plan's own numbers are watched more closely than the others.
    push = 14 if TASKS[assignment.task].by_unit else 0
    share = dice.between(writer.quality - 18 + push, writer.quality + 24 + push)
    target = int(assignment.target or 0)
    done = max(0, (target * share + 50) // 100)
    figures: dict[str, FigureValue] = {DONE: Decimal(done)}
    chances = {"process_proof": writer.quality + 8, "result_proof": writer.quality + 4}
    figures |= {code: Decimal(int(dice.happens(chance))) for code, chance in chances.items()}
    if not writer.collecting and dice.happens((92 - writer.quality) // 4):
        figures[DONE] = Blank.EMPTY
    return figures


def _with_gap(figures: dict[str, FigureValue], dice: Dice) -> dict[str, FigureValue]:
    """One figure left empty."""
    codes = sorted(figures)
    return {**figures, codes[dice.between(0, len(codes) - 1)]: Blank.EMPTY}


def _with_returns(writer: Writer, form: Submission, dice: Dice) -> tuple[Submission, ...]:
    """Some forms are sent back once, and come again corrected, but not all of them."""
    if not dice.happens((100 - writer.quality) // 3 + 4):
        return (form,)
    reason = RETURN_REASONS[dice.between(0, len(RETURN_REASONS) - 1)]
    returned = replace(form, state=SubmissionState.RETURNED, return_reason=reason)
    is_forgotten = form.task is not None and not writer.collecting and dice.happens(16)
    if writer.is_behind or is_forgotten:
        return (returned,)
    later = form.submitted_on + timedelta(days=dice.between(2, 5))
    if writer.collecting:
        later = min(later, collected_until(writer.year))
    return returned, replace(form, revision=2, submitted_on=later)


def _task_evidence(
    writer: Writer, proofs: tuple[str, ...], figures: dict[str, FigureValue], dice: Dice
) -> tuple[Evidence, ...]:
    met = [figures["process_proof"] == 1, figures["result_proof"] == 1]
    days = [date(writer.year.year, dice.between(2, 10), dice.between(1, 28)) for _ in proofs]
    kept = [(title, day) for title, day, is_met in zip(proofs, days, met, strict=True) if is_met]
    return tuple(Evidence(f"{title}（示例）", day, "2.3") for title, day in kept)


def _unit_evidence(writer: Writer, figures: dict[str, FigureValue], dice: Dice) -> Iterator[Evidence]:
    """The first proof that the scheme names: of every checklist whose first point is met, and of nearly all else."""
    for indicator in writer.scheme.indicators:
        rule = indicator.rule
        if indicator.scope is not Scope.UNIT or not indicator.proof:
            continue
        if isinstance(rule, Checklist):
            is_there, days = figures.get(rule.figures()[0]) == 1, dice
        else:
            days = writer.dice(indicator.code, "proof")
            is_there = _is_proven_by_units(indicator) and not days.happens(3)
        if is_there:
            day = date(writer.year.year, days.between(2, 11), days.between(1, 28))
            yield Evidence(f"{indicator.proof.split('、')[0]}（示例）", day, indicator.code)


def _is_proven_by_units(indicator: Indicator) -> bool:
    return bool(indicator.rule.figures()) or isinstance(indicator.rule, Judgement | Levels)
