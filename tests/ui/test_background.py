"""Work off the UI thread: its outcome arrives in the UI thread, once, and a fault is not lost."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from assessor.errors import InputError
from assessor.ui.background import Background, Lane
from assessor.work import Work


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.stop()


def test_the_result_arrives_in_the_ui_thread(background: Background, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    job = background.run("算", lambda work: threading.current_thread().name, lane=Lane.DRAWING)
    job.done.connect(lambda result: seen.append((result, threading.current_thread() is threading.main_thread())))
    with qtbot.waitSignal(job.finished):
        pass
    assert seen == [("drawing", True)]


def test_progress_arrives_in_order(background: Background, qtbot: QtBot) -> None:
    def steps(work: Work) -> None:
        for number in (1, 2, 3):
            work.step(number / 4, f"第{number}步")

    texts: list[str] = []
    job = background.run("算", steps, lane=Lane.DRAWING)
    job.progressed.connect(lambda _fraction, text: texts.append(text))
    with qtbot.waitSignal(job.finished):
        pass
    assert texts == ["算", "第1步", "第2步", "第3步"]


def test_a_users_error_is_handed_over_and_not_raised(background: Background, qtbot: QtBot) -> None:
    def fail(work: Work) -> None:
        raise InputError("评分超出范围")

    job = background.run("算", fail, lane=Lane.DRAWING)
    with qtbot.waitSignal(job.failed) as caught:
        pass
    assert isinstance(caught.args[0], InputError)


def test_a_cancelled_job_stops_at_its_next_step_and_says_only_that(background: Background, qtbot: QtBot) -> None:
    begun = threading.Event()
    goes_on = threading.Event()

    def work_long(work: Work) -> str:
        begun.set()
        goes_on.wait(5)
        work.step(0.5, "一半")
        return "完"

    job = background.run("算", work_long, lane=Lane.DRAWING)
    results: list[object] = []
    job.done.connect(results.append)
    assert begun.wait(5)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
        goes_on.set()
    assert results == []


def test_jobs_of_one_lane_run_one_after_another(background: Background, qtbot: QtBot) -> None:
    order: list[int] = []
    jobs = [background.run("算", lambda work, n=number: order.append(n), lane=Lane.DRAWING) for number in range(5)]
    with qtbot.waitSignal(jobs[-1].finished):
        pass
    assert order == [0, 1, 2, 3, 4]


def test_a_fault_of_the_program_reaches_the_last_resort(background: Background, qtbot: QtBot) -> None:
    def broken(work: Work) -> None:
        raise ZeroDivisionError("坏了")

    with qtbot.captureExceptions() as raised:
        job = background.run("算", broken, lane=Lane.DRAWING)
        with qtbot.waitSignal(job.finished):
            pass
        qtbot.wait(1)
    assert [kind for kind, _problem, _trace in raised] == [ZeroDivisionError]
    assert not background.is_busy


def test_a_worker_lets_the_window_have_its_turn_soon(background: Background, qtbot: QtBot) -> None:
    """With Python's own 5 ms a handler that calls Qt twenty times would wait a tenth of a second."""
    job = background.run("算", lambda work: sys.getswitchinterval(), lane=Lane.DRAWING)
    with qtbot.waitSignal(job.done) as done:
        pass
    assert done.args is not None
    assert done.args[0] <= 0.001
