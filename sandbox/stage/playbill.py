"""Scenes that people play by themselves, and the one that is on now: played, paused, hurried, stopped."""

import asyncio
import math
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sandbox.bots import Bot
from sandbox.models.users import Json
from sandbox.stage.places import Refused
from sandbox.world import World

SPEEDS = (0.5, 1.0, 4.0, 20.0)


class CutShort(Exception):
    """A scene can't go on; the message says why, in a sentence."""


class Pace:
    """How fast a scene goes and how far it has come."""

    def __init__(self, world: World, *, speed: float = 1.0) -> None:
        self.speed = speed
        self.is_paused = False
        self.says = ""
        self.done = 0
        self.of = 0
        self.watch: Json | None = None
        self._world = world
        self._stirred = asyncio.Event()

    async def beat(self, seconds: float = 1.0) -> None:
        """Let some time pass, less at a higher speed; a pause holds it up."""
        left = 0.0 if math.isinf(self.speed) else seconds
        loop = asyncio.get_running_loop()
        while self.is_paused or left > 0:
            self._stirred.clear()
            speed, was_paused, began = self.speed, self.is_paused, loop.time()
            with suppress(TimeoutError):
                async with asyncio.timeout(None if was_paused else left / speed):
                    await self._stirred.wait()
            if not was_paused:
                left -= (loop.time() - began) * speed

    def tell(self, says: str, *, done: int | None = None, of: int | None = None) -> None:
        """Say what happens now, and perhaps how many steps of how many are done."""
        self.says = says
        self.done = self.done if done is None else done
        self.of = self.of if of is None else of
        self._world.changes.notify("scene", self)

    def show(self, person_id: int, chat: str, message_id: int | None = None) -> None:
        """Name the window in which the scene is best watched, and perhaps a message to look at there."""
        self.watch = {"person": person_id, "chat": chat, "message": message_id}
        self._world.changes.notify("scene", self)

    def change(self, *, speed: float | None = None, is_paused: bool | None = None) -> None:
        """Hurry, slow down, hold or go on."""
        self.speed = self.speed if speed is None else speed
        self.is_paused = self.is_paused if is_paused is None else is_paused
        self._stirred.set()
        self._world.changes.notify("scene", self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Something that people play; `play` returns how it ended, or raises CutShort."""

    name: str
    title: str
    promise: str
    play: Callable[[World, Bot, Pace], Awaitable[str]]


@dataclass(kw_only=True, slots=True)
class Playbill:
    """The scenes on offer and the one that was started last."""

    world: World
    scenes: dict[str, Scene] = field(default_factory=dict)
    current: Scene | None = None
    pace: Pace | None = None
    outcome: str | None = None
    is_cut_short: bool = False
    _task: "asyncio.Task[None] | None" = None

    def offer(self, scenes: Sequence[Scene]) -> None:
        """Put scenes on offer."""
        self.scenes |= {scene.name: scene for scene in scenes}

    @property
    def is_on(self) -> bool:
        """Whether a scene is being played."""
        return self._task is not None and not self._task.done()

    def play(self, name: str, *, speed: float = 1.0) -> None:
        """Start a scene; raises Refused."""
        scene = self.scenes.get(name)
        if scene is None:
            raise Refused(f"There is no scene “{name}”.")
        if self.is_on:
            raise Refused("One scene is on already: stop it first.")
        bot = next(iter(self.world.bots.values()), None)
        if bot is None:
            raise Refused("There is no bot here yet, and a scene needs one.")
        self.current, self.pace = scene, Pace(self.world, speed=_speed(speed))
        self.outcome, self.is_cut_short = None, False
        self._task = asyncio.create_task(self._run(scene, bot, self.pace))

    def steer(self, *, speed: float | None = None, is_paused: bool | None = None) -> None:
        """Change the pace of the scene that is on; raises Refused."""
        if self.pace is None or not self.is_on:
            raise Refused("No scene is on.")
        self.pace.change(speed=None if speed is None else _speed(speed), is_paused=is_paused)

    async def stop(self) -> None:
        """End the scene that is on, if any; what people did stays done."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._end("Stopped. What people did stays done.")

    def to_json(self) -> Json:
        """Return what is on offer and what is on, as the page reads it."""
        offered = [
            {"name": scene.name, "title": scene.title, "promise": scene.promise}
            for scene in self.scenes.values()
        ]
        return {"scenes": offered, "speeds": SPEEDS, "on": self._on()}

    def _on(self) -> Json | None:
        if self.current is None or self.pace is None:
            return None
        pace = self.pace
        return {
            "name": self.current.name,
            "is_running": self.is_on and self.outcome is None,
            "is_paused": pace.is_paused,
            "is_cut_short": self.is_cut_short,
            "speed": pace.speed,
            "says": pace.says,
            "done": pace.done,
            "of": pace.of,
            "outcome": self.outcome,
            "watch": pace.watch,
        }

    async def _run(self, scene: Scene, bot: Bot, pace: Pace) -> None:
        try:
            outcome = await scene.play(self.world, bot, pace)
        except (CutShort, AssertionError) as reason:
            # Somebody at the page may have changed what the scene relies on: the people API says what.
            self._end(re.sub(r"<([^<>]*)>", r"\1", str(reason)), is_cut_short=True)
        else:
            self._end(outcome)

    def _end(self, outcome: str, *, is_cut_short: bool = False) -> None:
        self.outcome, self.is_cut_short = outcome, is_cut_short
        self.world.changes.notify("scene", self.pace)


def offer_scenes(world: World, scenes: Sequence[Scene]) -> None:
    """Offer scenes on the page of this world; without a page nobody sees them."""
    world.changes.notify("scenes", tuple(scenes))


async def direct(playbill: Playbill, fields: Json) -> None:
    """Do what the page asks: play a scene by name, pause, resume, change the speed, stop; raises Refused."""
    speed, wish = fields.get("speed"), fields.get("do")
    if speed is not None and (isinstance(speed, bool) or not isinstance(speed, int | float)):
        raise Refused("“speed” must be a number.")
    if wish == "play":
        playbill.play(str(fields.get("name")), speed=1.0 if speed is None else float(speed))
    elif wish in ("pause", "resume"):
        playbill.steer(is_paused=wish == "pause")
    elif wish == "speed" and speed is not None:
        playbill.steer(speed=float(speed))
    elif wish == "stop":
        await playbill.stop()
    else:
        raise Refused(f"A scene can't be asked to {wish!r}.")


def _speed(speed: float) -> float:
    if speed not in SPEEDS:
        raise Refused(f"A scene goes at one of these speeds: {', '.join(f'{one:g}' for one in SPEEDS)}.")
    return speed
