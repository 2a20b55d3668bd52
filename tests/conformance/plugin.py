"""Watches every world of every test, where VOUCH_BOTAPI_SPEC names the description of the Bot API."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from sandbox.conformance.coverage import Coverage
from sandbox.conformance.spec import Spec
from sandbox.conformance.watching import Violation, Watch
from sandbox.dispatch import method_names
from sandbox.world import World
from tests.conformance.required import METHODS_OF_THE_SANDBOX

SPEC = "VOUCH_BOTAPI_SPEC"
NO_SPEC = f"{SPEC} names no description of the Bot API"
_KEY = pytest.StashKey["Suite"]()
_SHOWN = 10
# Tests of the sandbox ask for what it must refuse; what it refused is then no violation.
_MAY_BE_REFUSED = ("tests/sandbox/", "tests/conformance/")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--conformance-report",
        metavar="FILE",
        help="write which methods, parameters and fields of the Bot API the run exercised",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "unwatched(why): the sandbox is made to break the Bot API on purpose")
    config.addinivalue_line("markers", "asks_wrongly(why): Telegram takes it, though the Bot API forbids it")
    path = os.environ.get(SPEC)
    if path:
        suite = Suite(config, Spec.load(Path(path)))
        config.stash[_KEY] = suite
        config.pluginmanager.register(suite, "conformance-suite")


def pytest_unconfigure(config: pytest.Config) -> None:
    suite = config.stash.get(_KEY, None)
    if suite is not None:
        suite.close()


@pytest.fixture(scope="session")
def spec(request: pytest.FixtureRequest) -> Spec:
    """The description of the Bot API; skips where there is none."""
    suite = request.config.stash.get(_KEY, None)
    if suite is None:
        pytest.skip(NO_SPEC)
    return suite.watch.spec


class Suite:
    """One process's watch over its tests, and the sum of all of them in the process that leads the run."""

    def __init__(self, config: pytest.Config, spec: Spec) -> None:
        self.watch = Watch(spec)
        self._config = config
        self._coverage = Coverage()
        self._is_watching = True
        World.greeters.append(self._greet)

    def close(self) -> None:
        """Leave new worlds alone."""
        World.greeters.remove(self._greet)

    # One test

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None]:
        self._is_watching = item.get_closest_marker("unwatched") is None
        yield

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None]:
        try:
            yield
        except BaseException:
            if lines := self._found(item):
                item.add_report_section("call", "conformance", "\n".join(lines))
            raise
        self._fail_if_found(item)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None]:
        # The fixtures go down within: what a bot says last of all counts too.
        yield
        self._fail_if_found(item)

    def _greet(self, world: World) -> None:
        if self._is_watching:
            self.watch.watch(world)

    def _fail_if_found(self, item: pytest.Item) -> None:
        if lines := self._found(item):
            pytest.fail("not as in the Bot API:\n  " + "\n  ".join(lines), pytrace=False)

    def _found(self, item: pytest.Item) -> list[str]:
        found = [each for each in self.watch.take() if not _is_forgiven(each, item)]
        more = [f"… and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
        return [str(each) for each in found[:_SHOWN]] + more

    # The whole run

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        seen = getattr(node, "workeroutput", {}).get("conformance")
        if seen is not None:
            self._coverage.merge(Coverage.from_json(seen))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output = getattr(self._config, "workeroutput", None)
        if output is not None:
            output["conformance"] = self.watch.coverage.to_json()
            return
        self._coverage.merge(self.watch.coverage)
        if self._missing() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self._coverage.accepted:
            return
        spec = self.watch.spec
        terminalreporter.section(f"conformance with {spec.version}")
        for line in self._coverage.summary(spec, methods=_required()):
            terminalreporter.write_line(line)
        if missing := self._missing():
            terminalreporter.write_line(f"never exercised: {', '.join(missing)}", red=True)
        path = self._config.getoption("--conformance-report")
        if path:
            Path(path).write_text("\n".join(self._coverage.report(spec)) + "\n", encoding="utf-8")
            terminalreporter.write_line(f"the whole report is in {path}")

    def _missing(self) -> list[str]:
        """Return which methods a run of everything should have exercised, and did not."""
        return self._coverage.unexercised(_required()) if self._is_everything() else []

    def _is_everything(self) -> bool:
        options = self._config.option
        is_narrowed = options.keyword or options.markexpr or options.deselect or options.collectonly
        is_narrowed = is_narrowed or getattr(options, "lf", False) or getattr(options, "failedfirst", False)
        is_narrowed = is_narrowed or options.ignore or options.ignore_glob
        return self._config.args_source is pytest.Config.ArgsSource.TESTPATHS and not is_narrowed


def _required() -> list[str]:
    return sorted(METHODS_OF_THE_SANDBOX | set(method_names()))


def _is_forgiven(violation: Violation, item: pytest.Item) -> bool:
    if violation.of != "request":
        return False
    is_expected = violation.was_refused and item.nodeid.startswith(_MAY_BE_REFUSED)
    return is_expected or item.get_closest_marker("asks_wrongly") is not None
