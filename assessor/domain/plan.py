"""A plan (实施方案): sections, tasks, who is responsible, targets, schedule and the units' registry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from assessor.domain.target import Target
from assessor.domain.unit import Group, Succession, Unit


class SectionKind(Enum):
    ACTION = "action"
    PROJECT = "project"

    @property
    def label(self) -> str:
        return {"action": "提升行动", "project": "重点工程"}[self.value]


class Role(Enum):
    """Part of a unit in a task: lead (牵头部门) where it leads the task's section, else participant (责任单位)."""

    LEAD = "lead"
    PARTICIPANT = "participant"

    @property
    def label(self) -> str:
        return {"lead": "牵头", "participant": "责任"}[self.value]


@dataclass(frozen=True)
class Task:
    code: str
    """E.g. ``A1.6``: section code, dot, number within the section."""
    section: str
    number: int
    title: str
    summary: str
    units: tuple[str, ...]
    """Codes of the responsible units, in the plan's order, each once."""


@dataclass(frozen=True)
class Section:
    code: str
    """``A1``..``A5`` for actions, ``P1``..``P5`` for projects in the shipped plan."""
    kind: SectionKind
    title: str
    leads: tuple[str, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class ScheduleItem:
    first_year: int
    last_year: int
    title: str
    text: str


@dataclass(frozen=True)
class Requirement:
    """What the plan asks of every unit of a group, without a numbered task (e.g. of each county)."""

    group: str
    title: str
    text: str


@dataclass(frozen=True)
class Plan:
    code: str
    title: str
    document_number: str
    issued: str
    """ISO date."""
    city: str
    office: str
    """Who assesses and signs, e.g. 宜春市全民科学素质工作领导小组办公室."""
    addressee: str
    """To whom the assessment report is made out, e.g. 市全民科学素质工作领导小组."""
    first_year: int
    last_year: int
    groups: tuple[Group, ...]
    units: tuple[Unit, ...]
    """The registry, in its printed order: the order among equals."""
    sections: tuple[Section, ...]
    targets: tuple[Target, ...]
    schedule: tuple[ScheduleItem, ...]
    requirements: tuple[Requirement, ...] = ()
    successions: tuple[Succession, ...] = ()
    """By year; which unit took over from which."""

    @cached_property
    def unit_by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def section_by_code(self) -> dict[str, Section]:
        return {section.code: section for section in self.sections}

    @cached_property
    def task_by_code(self) -> dict[str, Task]:
        return {task.code: task for section in self.sections for task in section.tasks}

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(self.task_by_code.values())

    def role(self, task: Task, unit: str) -> Role:
        return Role.LEAD if unit in self.section_by_code[task.section].leads else Role.PARTICIPANT
